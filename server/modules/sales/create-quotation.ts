import { type Input, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { activeCustomerFor } from '#server/modules/parties'
import type { QuotationAnswer, sales } from './contract.ts'
import { assertWarehouses } from './order-draft.ts'
import { newQuotation, quotedLine, quotedLines } from './quotation-draft.ts'
import { insertQuotation } from './quotation-store.ts'
import { auditedQuotation, quotationAnswer } from './quotation-view.ts'
import { submittedQuotation } from './submit-quotation.ts'

type CreateQuotation = Input<(typeof sales)['endpoints']['createQuotation']>

/** Writes a new quotation; when asked to, submits it in the same breath. */
export async function createQuotation(tx: Tx, caller: Caller, input: CreateQuotation): Promise<QuotationAnswer> {
  allow(caller, 'quotation.write', { zh: '新建报价', en: 'create quotations' })
  const document = await documentFor(tx, 'quotation')
  await checkWritten(tx, caller, document, input, 'create')
  const { id, customerId, warehouseId, validUntil } = input
  const customer = await activeCustomerFor(tx, caller, customerId)
  await assertWarehouses(tx, caller, warehouseId)
  const lines = await quotedLines(tx, caller, customer, input.lines.map(quotedLine))

  const start = { id, warehouseId, validUntil, note: input.note ?? '', custom: mergedCustom({}, input.custom) }
  const quotation = newQuotation(caller, customer, start, lines)
  if (!(await insertQuotation(tx, quotation))) throw new Refusal('id_taken')
  await record(tx, caller, document, { id, action: 'create', after: auditedQuotation(quotation) })
  return quotationAnswer(
    tx,
    caller,
    input.submit ? await submittedQuotation(tx, caller, quotation, customer) : quotation,
  )
}
