import type { Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { release } from '#server/modules/inventory'
import { activeCustomerFor } from '#server/modules/parties'
import type { QuotationAnswer, sales } from './contract.ts'
import { assertWarehouses, sameLine } from './order-draft.ts'
import { quotationDeeds } from './policy.ts'
import { withUnseen } from './kept-unseen.ts'
import { quotedLine, quotedLines, quotedWith } from './quotation-draft.ts'
import { saveQuotation } from './quotation-store.ts'
import { auditedQuotation, quotationAnswer } from './quotation-view.ts'
import type { Quotation } from './quotation.model.ts'
import { holdQuotationFor } from './see-quotation.ts'

type EditQuotation = Input<(typeof sales)['endpoints']['editQuotation']>

/** Changes a quotation. One that had left draft becomes a new revision, which must be submitted again; what was held for it is free. */
export async function editQuotation(tx: Tx, caller: Caller, input: EditQuotation): Promise<QuotationAnswer> {
  const before = await holdQuotationFor(tx, caller, input, quotationDeeds.edit)
  const document = await documentFor(tx, 'quotation')
  await checkWritten(tx, caller, document, input, 'patch')
  const customer = await activeCustomerFor(tx, caller, input.customerId ?? before.customerId)
  const warehouseId = input.warehouseId ?? before.warehouseId
  await assertWarehouses(tx, caller, warehouseId)
  const wanted = input.lines
    ? withUnseen(caller, document, before.lines, input.lines.map(quotedLine))
    : before.lines.map(sameLine)
  const lines = await quotedLines(tx, caller, customer, wanted)

  const isRevision = before.state !== 'draft'
  if (before.heldUntil) await release(tx, before.id)
  const after: Quotation = quotedWith(
    {
      ...before,
      customerId: customer.id,
      ownerId: customer.ownerId,
      warehouseId,
      state: 'draft' as const,
      revision: before.revision + (isRevision ? 1 : 0),
      validUntil: input.validUntil ?? before.validUntil,
      heldUntil: null,
      note: input.note ?? before.note,
      custom: mergedCustom(before.custom, input.custom),
    },
    lines,
  )
  await saveQuotation(tx, before.state, after)
  const saved = { ...after, version: before.version + 1 }
  await record(tx, caller, document, {
    id: saved.id,
    action: isRevision ? 'revise' : 'edit',
    before: auditedQuotation(before),
    after: auditedQuotation(saved),
  })
  return quotationAnswer(tx, caller, saved)
}
