import { Refusal } from '#contract'
import { joinSql, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ChangedMeanwhile } from '#kernel/perform'
import { type Approval, wakeAt } from './approval.model.ts'
import type { SettledHow } from './contract.ts'
import { tasksOf } from './task.model.ts'

type Row = Omit<Approval, 'openedAt' | 'settled'> & {
  openedAt: Date
  settledAt: Date | null
  settledBy: string | null
  settledHow: SettledHow | null
}

const columns = sql`
  id, flows, document, document_id as "documentId", document_number as "documentNumber", move, state, step, steps, facts,
  facts_version as "factsVersion", summary, opened_by as "openedBy", opened_at as "openedAt", settled_at as "settledAt",
  settled_by as "settledBy", settled_how as "settledHow", version`

function approvalOf({ settledAt, settledBy, settledHow, ...row }: Row): Approval {
  const settled =
    settledAt && settledBy && settledHow ? { by: settledBy, at: settledAt.toISOString(), how: settledHow } : null
  return { ...row, openedAt: row.openedAt.toISOString(), settled }
}

export async function findApproval(tx: Tx, id: string): Promise<Approval | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`select ${columns} from approval where id = ${id}::uuid`
  return row && approvalOf(row)
}

/** For somebody who is about to change it: the next one waits until this one has been saved or undone. */
export async function lockApproval(tx: Tx, id: string): Promise<Approval | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`select ${columns} from approval where id = ${id}::uuid for update`
  return row && approvalOf(row)
}

export async function findApprovals(tx: Tx, ids: readonly string[]): Promise<Map<string, Approval>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<
    Row[]
  >`select ${columns} from approval where id in (${joinSql(ids.map((id) => sql`${id}::uuid`))})`
  return new Map(rows.map((row) => [row.id, approvalOf(row)]))
}

/** The approvals of a document, the newest first. */
export async function approvalsOfDocument(tx: Tx, document: string, documentId: string): Promise<Approval[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from approval where document = ${document} and document_id = ${documentId}::uuid order by id desc limit 50`
  return rows.map(approvalOf)
}

export async function insertApproval(tx: Tx, approval: Approval): Promise<void> {
  const { settled } = approval
  const inserted = await tx.$executeRaw`
    insert into approval (id, flows, document, document_id, document_number, move, state, step, steps, facts, facts_version, summary,
                          opened_by, opened_at, settled_at, settled_by, settled_how, wake_at, version)
    values (${approval.id}::uuid, ${JSON.stringify(approval.flows)}::jsonb, ${approval.document}, ${approval.documentId}::uuid,
            ${approval.documentNumber}, ${approval.move}, ${approval.state}, ${approval.step}, ${JSON.stringify(approval.steps)}::jsonb,
            ${JSON.stringify(approval.facts)}::jsonb, ${approval.factsVersion}, ${JSON.stringify(approval.summary)}::jsonb,
            ${approval.openedBy}::uuid, ${approval.openedAt}::timestamptz, ${settled?.at}::timestamptz, ${settled?.by}::uuid, ${settled?.how},
            ${wakeAt(approval)}::timestamptz, ${approval.version})
    on conflict (document, document_id, move) where state = 'open' do nothing`
  if (inserted === 0) throw new Refusal('approval_open', { number: approval.documentNumber })
  await saveTasks(tx, approval, approval.openedAt)
}

/** Saves what an approval has become, if it still is what it was made from, and answers it with its new version. */
export async function saveApproval(tx: Tx, approval: Approval, at: string): Promise<Approval> {
  const { settled } = approval
  const saved = await tx.$executeRaw`
    update approval set state = ${approval.state}, step = ${approval.step}, steps = ${JSON.stringify(approval.steps)}::jsonb,
           facts = ${JSON.stringify(approval.facts)}::jsonb, facts_version = ${approval.factsVersion}, settled_at = ${settled?.at}::timestamptz,
           settled_by = ${settled?.by}::uuid, settled_how = ${settled?.how}, wake_at = ${wakeAt(approval)}::timestamptz, version = version + 1
    where id = ${approval.id}::uuid and version = ${approval.version}`
  if (saved === 0) throw new ChangedMeanwhile()
  await saveTasks(tx, approval, at)
  return { ...approval, version: approval.version + 1 }
}

/** Brings the inbox lines in step with the approval, in one statement: new ones appear, decided ones close, the others end. */
async function saveTasks(tx: Tx, approval: Approval, at: string): Promise<void> {
  const tasks = JSON.stringify(tasksOf(approval).map((task) => ({ id: newId(), ...task })))
  // Withdrawn: nothing came of it. Otherwise somebody else has decided.
  const ended = approval.state === 'withdrawn' ? 'void' : 'passed'
  await tx.$executeRaw`
    with asked as (
      select * from jsonb_to_recordset(${tasks}::jsonb)
        as task(id uuid, step int, "assigneeId" uuid, "insteadOf" uuid, kind text, state text, "dueAt" timestamptz)),
    closed as (
      update approval_task t set state = ${ended}, done_at = ${at}::timestamptz
      where t.approval_id = ${approval.id}::uuid and t.state = 'waiting'
        and not exists (select 1 from asked a where a.step = t.step and a."assigneeId" = t.assignee_id))
    insert into approval_task (id, approval_id, step, assignee_id, instead_of, kind, state, created_at, due_at, done_at)
    select id, ${approval.id}::uuid, step, "assigneeId", "insteadOf", kind, state, ${at}::timestamptz, "dueAt",
           case when state <> 'waiting' then ${at}::timestamptz end
    from asked
    on conflict (approval_id, step, assignee_id) do update
      set state = excluded.state, done_at = excluded.done_at, instead_of = excluded.instead_of
      where approval_task.kind = 'approve' and approval_task.state <> excluded.state`
}

/** Open approvals whose steps name somebody. */
export async function approvalsSeating(tx: Tx, personId: string): Promise<Approval[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from approval where state = 'open' and strpos(steps::text, ${personId}) > 0 order by id`
  return rows.map(approvalOf)
}

export type Conflict = { id: string; documentNumber: string }

/** Approvals in which two people decided differently, or one decided on what the other asked. */
export const decidedByBoth = (tx: Tx, one: string, other: string): Promise<Conflict[]> =>
  tx.$queryRaw<Conflict[]>`
    with decided as (
      select approval_id, assignee_id, state from approval_task
      where kind = 'approve' and state in ('approved', 'rejected', 'returned') and assignee_id in (${one}::uuid, ${other}::uuid))
    select id, document_number as "documentNumber" from approval a
    where exists (
        select from decided x join decided y on y.approval_id = x.approval_id and y.assignee_id <> x.assignee_id and y.state <> x.state
        where x.approval_id = a.id)
      or (a.opened_by in (${one}::uuid, ${other}::uuid) and exists (
        select from decided d where d.approval_id = a.id and d.assignee_id <> a.opened_by))
    order by id limit 10`

/** Whether somebody has ever been asked, or was sent a copy. */
export async function hasTask(tx: Tx, approvalId: string, personId: string): Promise<boolean> {
  return (await tx.approvalTask.count({ where: { approvalId, assigneeId: personId } })) > 0
}

export async function markCopyRead(tx: Tx, approvalId: string, personId: string, at: Date): Promise<void> {
  await tx.approvalTask.updateMany({
    where: { approvalId, assigneeId: personId, kind: 'copy', state: 'waiting' },
    data: { state: 'read', doneAt: at },
  })
}

/** Open approvals for which the clock has something to do. */
export async function wakingApprovals(tx: Tx, at: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`select id from approval where wake_at <= ${at} order by wake_at limit 500`
  return rows.map((row) => row.id)
}

/** The people somebody waits for now, with the stand-ins each approval knows of. */
export async function waitingSeats(
  tx: Tx,
): Promise<{ approvalId: string; assigneeId: string; insteadOf: string | null }[]> {
  return tx.approvalTask.findMany({
    where: { state: 'waiting', kind: 'approve' },
    select: { approvalId: true, assigneeId: true, insteadOf: true },
  })
}
