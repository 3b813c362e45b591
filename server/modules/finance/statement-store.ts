import type { Tx } from '#kernel/db'
import type { Day } from '#kernel/days'

export type StatementRow = {
  id: string
  on: Day
  kind: string
  sourceDocument: string
  sourceId: string
  sourceNumber: string
  amount: string
}

/** What a customer owed, less advances, when a day began. */
export async function balanceBefore(tx: Tx, customerId: string, day: Day): Promise<string> {
  const [row] = await tx.$queryRaw<{ balance: string }[]>`
    select coalesce(sum(amount), 0)::text as balance
    from receivable_entry where customer_id = ${customerId}::uuid and effective_on < ${day}::date`
  return row?.balance ?? '0'
}

/** What moved the balance in a period: one line a document. An allocation moves nothing, so it has none. */
export const statementRows = (tx: Tx, customerId: string, from: Day, to: Day): Promise<StatementRow[]> =>
  tx.$queryRaw<StatementRow[]>`
    select min(id::text) as id, effective_on::text as "on", kind, source_document as "sourceDocument",
      source_id as "sourceId", source_number as "sourceNumber", sum(amount)::text as amount
    from receivable_entry
    where customer_id = ${customerId}::uuid and effective_on between ${from}::date and ${to}::date
      and kind not in ('allocation', 'release')
    group by effective_on, kind, source_document, source_id, source_number
    order by effective_on, 1`
