import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { activeCustomerFor } from '#server/modules/parties'
import type { OrderAnswer, sales } from './contract.ts'
import type { QuotationAccepted } from './facts.ts'
import { moveQuotation, quotationBody } from './move-quotation.ts'
import { newDraft, untouched } from './order-draft.ts'
import { insertOrder } from './order-store.ts'
import { auditedOrder, orderAnswer } from './order-view.ts'
import { quotationDeeds } from './policy.ts'
import { holdQuotationFor } from './see-quotation.ts'

/**
 * The customer has accepted: the order's draft is made of the quotation as it stands, with its prices. What was held for
 * the quotation stays held until the order is submitted, or until its moment has come.
 */
export async function acceptQuotation(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof sales)['endpoints']['acceptQuotation']>,
): Promise<OrderAnswer> {
  const before = await holdQuotationFor(tx, caller, input, quotationDeeds.accept)
  if (before.validUntil < dayAt(caller.at)) throw new Refusal('quotation_expired', { day: before.validUntil })
  const customer = await activeCustomerFor(tx, caller, before.customerId)
  const { warehouseId, note } = before
  const order = newDraft(
    caller,
    customer,
    {
      id: input.orderId,
      warehouseId,
      quotationId: before.id,
      promisedOn: null,
      backorder: false,
      note,
      address: customer.address,
      custom: {},
    },
    before.lines.map((line) => ({ ...line, ...untouched, id: newId(), warehouseId, custom: {} })),
  )
  await insertOrder(tx, order)
  await record(tx, caller, await documentFor(tx, 'sales_order'), {
    id: order.id,
    action: 'create',
    after: auditedOrder(order),
  })

  const fact: QuotationAccepted = {
    name: 'sales.quotation-accepted',
    body: { ...quotationBody(before), orderId: order.id },
  }
  const after = { ...before, state: 'ordered' as const, orderId: order.id }
  await moveQuotation(tx, caller, 'accept', { before, after, facts: [fact] })
  return orderAnswer(tx, caller, order)
}
