import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Fact, publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { saveQuotationMove } from './quotation-store.ts'
import { auditedQuotation } from './quotation-view.ts'
import type { Quotation } from './quotation.model.ts'

/** Saves what a move made of a quotation, writes it down, and tells of it. */
export async function moveQuotation(
  tx: Tx,
  caller: Caller,
  action: string,
  { before, after, facts = [] }: { before: Quotation; after: Quotation; facts?: Fact[] },
): Promise<Quotation> {
  await saveQuotationMove(tx, before.state, after)
  const saved = { ...after, version: before.version + 1 }
  const deed = { id: saved.id, action, before: auditedQuotation(before), after: auditedQuotation(saved) }
  await record(tx, caller, await documentFor(tx, 'quotation'), deed)
  await publish(tx, caller, facts)
  return saved
}

/** What every fact about a quotation tells. */
export const quotationBody = ({ id, number, customerId, ownerId }: Quotation) => ({
  quotationId: id,
  number: number ?? '',
  customerId,
  ownerId,
})
