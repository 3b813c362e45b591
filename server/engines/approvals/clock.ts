import { type Caller, systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Fact, Job } from '#kernel/events'
import { log } from '#kernel/log'
import { ask, perform } from '#kernel/perform'
import { escalationOf, reminderOf } from './announce.ts'
import { type Approval, tick, type Ticked } from './approval.model.ts'
import { lockApproval, waitingSeats, wakingApprovals } from './approval-store.ts'
import { deputiesOf } from './approvers.ts'
import { keep } from './keep.ts'
import { withDeputiesNow } from './with-deputies.ts'

/** Time limits and absences: what comes about without anybody pressing anything. */
export const approvalsJobs: Job[] = [{ name: 'approvals.clock', cron: '* * * * *', run: runClock }]

/** Each approval in a transaction of its own: one that fails is logged, holds up no other, and is tried again next time. */
export async function runClock(caller: Caller): Promise<void> {
  const due = await ask(caller, (tx) => wakingApprovals(tx, caller.at), undefined)
  const absent = await ask(caller, followingAbsences, undefined)
  for (const id of new Set([...due, ...absent]))
    await perform(systemCaller(caller.at), catchUp, { id }).catch((error: unknown) =>
      log.error({ error, approval: id }, 'the clock failed an approval'),
    )
}

/** What time has brought about for one approval since it was last looked at; nothing, when another process was quicker. */
async function catchUp(tx: Tx, caller: Caller, { id }: { id: string }): Promise<void> {
  const before = await lockApproval(tx, id)
  if (!before) return
  const ticked = tick(before, caller.personId, caller.at.toISOString())
  const after = await withDeputiesNow(tx, ticked.approval, caller.at)
  await keep(tx, caller, before, after, told(before, { ...ticked, approval: after }))
}

function told(before: Approval, { approval, did }: Ticked): Fact[] {
  if (did === 'reminded') return [reminderOf(approval, 'clock')]
  return did === 'escalated' ? [escalationOf(before, approval)] : []
}

/** Approvals that wait for somebody whose deputy has come or gone since, and those that were escalated: who stands in there is looked up anew. */
async function followingAbsences(tx: Tx, caller: Caller): Promise<string[]> {
  const seats = await waitingSeats(tx)
  const persons = new Set(seats.map((seat) => seat.insteadOf ?? seat.assigneeId))
  const deputies = await deputiesOf(tx, persons, caller.at)
  const asked = new Set(seats.map((seat) => `${seat.approvalId} ${seat.assigneeId}`))
  return seats
    .filter(({ approvalId, assigneeId, insteadOf }) => {
      if (insteadOf) return deputies.get(insteadOf) !== assigneeId
      const deputy = deputies.get(assigneeId)
      return deputy ? !asked.has(`${approvalId} ${deputy}`) : false
    })
    .map((seat) => seat.approvalId)
}
