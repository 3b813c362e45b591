import type { Day } from '#kernel/days'
import { noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { AsKnownAt } from './contract.ts'
import { dayOf, isLate, unknownFrom } from './known-store.ts'
import { byDocument, documentColumns, movesBalance, type StatementRow } from './statement-store.ts'

/** What took effect until a day and was recorded from a moment on; only of these customers, null: of all. */
type Later = { until: Day; asKnownAt: AsKnownAt; customers: readonly string[] | null }

/** Two ways to the same lines: what took effect after the moment by its day, what took effect before by the index of late lines. */
function laterEntries({ until, asKnownAt, customers }: Later): Sql {
  const moment = unknownFrom(asKnownAt)
  const chosen = sql`effective_on <= ${until}::date and recorded_at >= ${moment} and ${movesBalance}
    ${customers ? sql`and customer_id = any(${[...customers]}::uuid[])` : noSql}`
  return sql`
    select * from receivable_entry where effective_on >= ${dayOf(moment)} and ${chosen}
    union all
    select * from receivable_entry where effective_on < ${dayOf(moment)} and ${isLate} and ${chosen}`
}

/** How much each customer's balance has changed since by what was recorded later. */
export const laterBalances = (tx: Tx, later: Later): Promise<{ customerId: string; amount: string }[]> =>
  tx.$queryRaw`
    select customer_id as "customerId", sum(amount)::text as amount from (${laterEntries(later)}) entry
    group by customer_id having sum(amount) <> 0`

export type LateRow = StatementRow & { customerId: string }

/** What was recorded later, the last first: one line a document, and one document more than the limit. */
export const lateRows = (tx: Tx, later: Later, limit: number, before?: [at: string, id: string]): Promise<LateRow[]> =>
  tx.$queryRaw<LateRow[]>`
    select ${documentColumns}, customer_id as "customerId"
    from (${laterEntries(later)}) entry group by ${byDocument}, customer_id
    having ${before ? sql`(max(recorded_at), min(id::text)) < (${before[0]}::timestamptz, ${before[1]})` : sql`true`}
    order by max(recorded_at) desc, 1 desc limit ${limit + 1}`
