import { type Sql, sql, type Tx } from '#kernel/db'

/** The lines of the receivables ledger, for whoever makes something of them; those of a receipt with how its money came. */
export const receivableLedger: Sql = sql`
  select e.id, e.customer_id, e.receivable_id, e.kind, e.amount, e.source_document, e.source_id, e.source_number, e.effective_on, e.document_on,
    e.recorded_at, e.by, r.method
  from receivable_entry e left join receipt r on r.id = e.receipt_id`

/** The documents whose ledger lines touch these receivables: what raised them, and the receipts that were set against them. */
export async function sourcesOf(tx: Tx, receivableIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct source_id as id from receivable_entry where receivable_id = any(${[...receivableIds]}::uuid[])`
  return rows.map(({ id }) => id)
}
