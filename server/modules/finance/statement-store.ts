import { sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import type { AsKnownAt } from './contract.ts'
import { unknownFrom } from './known-store.ts'

export type StatementRow = {
  id: string
  on: Day
  kind: string
  sourceDocument: string
  sourceId: string
  sourceNumber: string
  amount: string
  recordedAt: Date
  documentOn: Day | null
}

/** What a customer owed, less advances, when a day began. */
export async function balanceBefore(tx: Tx, customerId: string, day: Day, asKnownAt?: AsKnownAt): Promise<string> {
  const [row] = await tx.$queryRaw<{ balance: string }[]>`
    select coalesce(sum(amount), 0)::text as balance from receivable_entry
    where customer_id = ${customerId}::uuid and effective_on < ${day}::date and recorded_at < ${unknownFrom(asKnownAt)}`
  return row?.balance ?? '0'
}

/** One line a document; an allocation moves no balance, so it has none. */
export const documentColumns = sql`
  min(id::text) as id, effective_on::text as "on", kind, source_document as "sourceDocument", source_id as "sourceId",
  source_number as "sourceNumber", sum(amount)::text as amount, max(recorded_at) as "recordedAt", document_on::text as "documentOn"`
export const byDocument = sql`effective_on, kind, source_document, source_id, source_number, document_on`
export const movesBalance = sql`kind not in ('allocation', 'release')`

/** What moved the balance in a period. */
export const statementRows = (
  tx: Tx,
  customerId: string,
  from: Day,
  to: Day,
  asKnownAt?: AsKnownAt,
): Promise<StatementRow[]> =>
  tx.$queryRaw<StatementRow[]>`
    select ${documentColumns} from receivable_entry
    where customer_id = ${customerId}::uuid and effective_on between ${from}::date and ${to}::date
      and recorded_at < ${unknownFrom(asKnownAt)} and ${movesBalance}
    group by ${byDocument} order by effective_on, 1`
