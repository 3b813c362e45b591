import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import { searchWords } from '#kernel/search'

export type Box = 'waiting' | 'done' | 'mine' | 'copied'
/** A line of an inbox, and the approval it stands for. */
export type InboxLine = { id: string; approvalId: string }
type Which = { q: string | undefined; before: string | undefined; limit: number }

/** The newest line first: ids grow with time, so `before` is the last one of the page before. */
export const inboxLines = (tx: Tx, personId: string, box: Box, which: Which): Promise<InboxLine[]> =>
  box === 'mine' ? openedLines(tx, personId, which) : taskLines(tx, personId, tasksIn[box], which)

const tasksIn: Record<Exclude<Box, 'mine'>, Sql> = {
  waiting: sql`kind = 'approve' and state = 'waiting'`,
  done: sql`kind = 'approve' and state in ('approved', 'rejected', 'returned')`,
  copied: sql`kind = 'copy'`,
}

const openedLines = (tx: Tx, personId: string, { q, before, limit }: Which): Promise<InboxLine[]> =>
  tx.$queryRaw<InboxLine[]>`
    select a.id, a.id as "approvalId" from approval a
    where a.opened_by = ${personId}::uuid ${before ? sql`and a.id < ${before}::uuid` : noSql} ${matching(q)}
    order by a.id desc limit ${limit + 1}`

/** Who was asked in several steps of an approval finds it once, at the last of them. */
const taskLines = (tx: Tx, personId: string, inBox: Sql, { q, before, limit }: Which): Promise<InboxLine[]> =>
  tx.$queryRaw<InboxLine[]>`
    select t.id, t.approval_id as "approvalId"
    from (select id, approval_id from approval_task where assignee_id = ${personId}::uuid and ${inBox}) t
    join approval a on a.id = t.approval_id
    where not exists (select 1 from approval_task where approval_id = t.approval_id and assignee_id = ${personId}::uuid and id > t.id and ${inBox})
      ${before ? sql`and t.id < ${before}::uuid` : noSql} ${matching(q)}
    order by t.id desc limit ${limit + 1}`

/** By number, and by the names of the summary that everybody may read. */
function matching(q: string | undefined): Sql {
  const words = searchWords(q ?? '').map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  const found = words.map(
    (word) => sql`and (a.document_number ilike ${word} or (a.summary -> 'foundBy')::text ilike ${word})`,
  )
  return found.length > 0 ? joinSql(found, ' ') : noSql
}

export const countWaiting = (tx: Tx, personId: string): Promise<number> =>
  tx.approvalTask.count({ where: { assigneeId: personId, kind: 'approve', state: 'waiting' } })
