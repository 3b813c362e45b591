import type { Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { activeCustomerFor } from '#server/modules/parties'
import type { OrderAnswer, sales } from './contract.ts'
import { withUnseen } from './kept-unseen.ts'
import { knownOf } from './linked-names.ts'
import { assertWarehouses, draftLines, pricedLines, sameLine, wantedLine, withLines } from './order-draft.ts'
import { saveDraft } from './order-store.ts'
import { auditedOrder, orderAnswer } from './order-view.ts'
import type { Order } from './order.model.ts'
import { orderDeeds } from './policy.ts'
import { allowLines } from './price-goods.ts'
import { holdOrder } from './see-order.ts'

type EditOrder = Input<(typeof sales)['endpoints']['editOrder']>

/** Changes a draft. Prices that nobody chose are asked again; lines that are sent take the place of those there were. */
export async function editOrder(tx: Tx, caller: Caller, input: EditOrder): Promise<OrderAnswer> {
  const before = await holdOrder(tx, caller, input, orderDeeds.edit)
  const document = await documentFor(tx, 'sales_order')
  await checkWritten(tx, caller, document, input, 'patch')
  const customer = await activeCustomerFor(tx, caller, input.customerId ?? before.customerId)

  const warehouseId = input.warehouseId ?? before.warehouseId
  const wanted = input.lines
    ? withUnseen(
        caller,
        document,
        before.lines,
        input.lines.map((line) => wantedLine(line, warehouseId)),
      )
    : before.lines.map((line) => ({
        ...sameLine(line),
        warehouseId: line.warehouseId === before.warehouseId ? warehouseId : line.warehouseId,
      }))
  const warehouses = await assertWarehouses(tx, caller, warehouseId, wanted)
  const lines = await pricedLines(tx, caller, customer, wanted)
  allowLines(caller, lines)

  const after: Order = withLines(
    {
      ...before,
      customerId: customer.id,
      ownerId: customer.ownerId,
      termCode: customer.termCode,
      warehouseId,
      promisedOn: input.promisedOn === undefined ? before.promisedOn : input.promisedOn,
      backorder: input.backorder ?? before.backorder,
      note: input.note ?? before.note,
      address: input.address ?? before.address,
      custom: mergedCustom(before.custom, input.custom),
    },
    draftLines(lines),
  )
  await saveDraft(tx, after)
  const saved = { ...after, version: after.version + 1 }
  await record(tx, caller, document, {
    id: saved.id,
    action: 'edit',
    before: auditedOrder(before),
    after: auditedOrder(saved),
  })
  return orderAnswer(tx, caller, saved, { known: knownOf(customer, lines, warehouses) })
}
