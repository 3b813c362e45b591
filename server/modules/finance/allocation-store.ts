import { sql, type Sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'

export type AllocationRow = {
  receiptId: string
  receiptNumber: string
  /** It is no money, but what goods of the same order that came back take off. */
  isCredit: boolean
  receivableId: string
  sourceNumber: string
  dueOn: Day
  on: Day
  amount: string
}

/** What of a receipt is set against what; what was given back is not there. */
export const allocationsOfReceipt = (tx: Tx, receiptId: string): Promise<AllocationRow[]> =>
  allocations(tx, sql`entry.receipt_id = ${receiptId}::uuid`)

export const allocationsOfReceivables = (tx: Tx, receivableIds: readonly string[]): Promise<AllocationRow[]> =>
  allocations(tx, sql`entry.receivable_id = any(${[...receivableIds]}::uuid[])`)

const allocations = (tx: Tx, chosen: Sql): Promise<AllocationRow[]> => tx.$queryRaw<AllocationRow[]>`
  select receipt.id as "receiptId", receipt.number as "receiptNumber",
    coalesce(receipt.return_of_id = receivable.order_id, false) as "isCredit", receivable.id as "receivableId",
    receivable.source_number as "sourceNumber", receivable.due_on::text as "dueOn",
    max(entry.effective_on)::text as "on", (-sum(entry.amount))::text as amount
  from receivable_entry entry
  join receipt on receipt.id = entry.receipt_id
  join receivable on receivable.id = entry.receivable_id
  where ${chosen}
  group by receipt.id, receivable.id
  having sum(entry.amount) <> 0
  order by receivable.due_on, receivable.id, receipt.received_on, receipt.id`
