import type { Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { closeApprovals } from '#server/engines/approvals'
import type { QuotationAnswer, sales } from './contract.ts'
import { quotationDeeds } from './policy.ts'
import { quotationAnswer } from './quotation-view.ts'
import { holdQuotationFor } from './see-quotation.ts'
import { backToDraft } from './settle-quotation.ts'

/** The seller takes a quotation back while it waits for approval. */
export async function withdrawQuotation(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof sales)['endpoints']['withdrawQuotation']>,
): Promise<QuotationAnswer> {
  const before = await holdQuotationFor(tx, caller, input, quotationDeeds.withdraw)
  await closeApprovals(tx, caller, { document: 'quotation', documentId: before.id })
  return quotationAnswer(tx, caller, await backToDraft(tx, caller, before, 'withdraw'))
}
