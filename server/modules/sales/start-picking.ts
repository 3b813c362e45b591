import type { Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import type { DeliveryDetail, sales } from './contract.ts'
import { saveDelivery } from './delivery-store.ts'
import { deliveryDetail } from './delivery-view.ts'
import type { Delivery } from './delivery.model.ts'
import type { DeliveryPicking } from './facts.ts'
import type { Order } from './order.model.ts'
import { factBody } from './plan-delivery.ts'
import { deliveryDeeds } from './policy.ts'
import { holdDelivery } from './see-delivery.ts'

/** Somebody begins to pick: the note is his. */
export async function startPicking(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof sales)['endpoints']['startPicking']>,
): Promise<DeliveryDetail> {
  const { delivery, order } = await holdDelivery(tx, caller, input, deliveryDeeds.startPicking)
  return deliveryDetail(tx, caller, await picking(tx, caller, order, delivery))
}

/** A note that is being picked. */
export async function picking(tx: Tx, caller: Caller, order: Order, delivery: Delivery): Promise<Delivery> {
  if (delivery.state === 'picking') return delivery
  const after: Delivery = { ...delivery, state: 'picking', pickerId: caller.personId }
  await saveDelivery(tx, delivery.state, after)
  const saved = { ...after, version: delivery.version + 1 }
  await record(tx, caller, await documentFor(tx, 'delivery'), {
    id: saved.id,
    action: 'pick',
    before: delivery,
    after: saved,
  })
  const { id: deliveryId, number: deliveryNumber, warehouseId } = saved
  const fact: DeliveryPicking = {
    name: 'sales.delivery-picking',
    body: { ...factBody(order), deliveryId, deliveryNumber, warehouseId },
  }
  await publish(tx, caller, [fact])
  return saved
}
