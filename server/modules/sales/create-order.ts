import type { Input } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { activeCustomerFor } from '#server/modules/parties'
import type { OrderAnswer, sales } from './contract.ts'
import { knownOf } from './linked-names.ts'
import { assertWarehouses, draftLines, newDraft, pricedLines, wantedLine } from './order-draft.ts'
import { insertOrder } from './order-store.ts'
import { auditedOrder, orderAnswer } from './order-view.ts'
import type { Order } from './order.model.ts'
import { allowLines } from './price-goods.ts'
import { foresee, heldStanding, submitDraft } from './submit-order.ts'

type CreateOrder = Input<(typeof sales)['endpoints']['createOrder']>

/** Writes a new order; when asked to, submits it in the same breath. */
export async function createOrder(tx: Tx, caller: Caller, input: CreateOrder): Promise<OrderAnswer> {
  allow(caller, 'sales_order.write', { zh: '新建订单', en: 'create orders' })
  const document = await documentFor(tx, 'sales_order')
  await checkWritten(tx, caller, document, input, 'create')
  const { id, customerId, warehouseId, submit } = input
  const wanted = input.lines.map((line) => wantedLine(line, warehouseId))
  const itemIds = wanted.map((line) => line.itemId)
  const [customer, warehouses] = await Promise.all([
    activeCustomerFor(tx, caller, customerId),
    assertWarehouses(tx, caller, warehouseId, wanted),
    submit && foresee(tx, itemIds),
  ])
  const [lines, standing] = await Promise.all([
    pricedLines(tx, caller, customer, wanted),
    submit ? heldStanding(tx, caller, customer) : undefined,
  ])
  allowLines(caller, lines)

  const order: Order = newDraft(
    caller,
    customer,
    {
      id,
      warehouseId,
      quotationId: null,
      promisedOn: input.promisedOn ?? null,
      backorder: input.backorder ?? false,
      note: input.note ?? '',
      address: input.address ?? customer.address,
      custom: mergedCustom({}, input.custom),
    },
    draftLines(lines),
  )
  const known = knownOf(customer, lines, warehouses)
  await record(tx, caller, document, { id, action: 'create', after: auditedOrder(order) })
  if (!standing) return orderAnswer(tx, caller, await insertOrder(tx, order), { known })
  allow(caller, 'sales_order.submit', { zh: '提交订单', en: 'submit orders' })
  return submitDraft(tx, caller, order, { customer, known, standing, save: insertOrder })
}
