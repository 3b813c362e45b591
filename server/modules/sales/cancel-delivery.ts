import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import type { DeliveryDetail, sales } from './contract.ts'
import { deliveriesOf, saveDelivery } from './delivery-store.ts'
import { deliveryDetail } from './delivery-view.ts'
import type { Delivery } from './delivery.model.ts'
import type { DeliveryCancelled } from './facts.ts'
import { lockOrder } from './order-store.ts'
import type { Order } from './order.model.ts'
import { factBody } from './plan-delivery.ts'
import { deliveryDeeds } from './policy.ts'
import { holdDelivery } from './see-delivery.ts'

/** Cancels a delivery note before its goods have left; they stay held for the order, and can be planned anew. */
export async function cancelDelivery(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof sales)['endpoints']['cancelDelivery']>,
): Promise<DeliveryDetail> {
  const { delivery, order } = await holdDelivery(tx, caller, input, deliveryDeeds.cancel)
  return deliveryDetail(tx, caller, await cancelled(tx, caller, order, delivery, input.reason))
}

/** Cancels the notes of an order that nobody has begun to pick; one that is being picked stands in the way. The order must be held. */
export async function cancelPlanned(tx: Tx, caller: Caller, orderId: string): Promise<void> {
  const deliveries = await deliveriesOf(tx, orderId)
  const picking = deliveries.find((delivery) => delivery.state === 'picking')
  if (picking) throw new Refusal('being_picked', { delivery: picking.number })
  const planned = deliveries.filter((delivery) => delivery.state === 'planned')
  if (planned.length === 0) return
  const order = (await lockOrder(tx, orderId))!
  for (const delivery of planned) await cancelled(tx, caller, order, delivery, '')
}

async function cancelled(tx: Tx, caller: Caller, order: Order, delivery: Delivery, reason: string): Promise<Delivery> {
  const after: Delivery = { ...delivery, state: 'cancelled', note: [delivery.note, reason].filter(Boolean).join('\n') }
  await saveDelivery(tx, delivery.state, after)
  const saved = { ...after, version: delivery.version + 1 }
  await record(tx, caller, await documentFor(tx, 'delivery'), {
    id: saved.id,
    action: 'cancel',
    before: delivery,
    after: saved,
  })
  const { id: deliveryId, number: deliveryNumber, warehouseId } = saved
  const fact: DeliveryCancelled = {
    name: 'sales.delivery-cancelled',
    body: { ...factBody(order), deliveryId, deliveryNumber, warehouseId },
  }
  await publish(tx, caller, [fact])
  return saved
}
