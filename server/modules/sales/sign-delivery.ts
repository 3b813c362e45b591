import type { Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { closed } from './cancel-order.ts'
import type { DeliveryDetail, sales } from './contract.ts'
import { deliveriesOf, saveDelivery } from './delivery-store.ts'
import { deliveryDetail } from './delivery-view.ts'
import type { Delivery } from './delivery.model.ts'
import type { DeliverySigned } from './facts.ts'
import type { Order } from './order.model.ts'
import { factBody } from './plan-delivery.ts'
import { deliveryDeeds } from './policy.ts'
import { holdDelivery } from './see-delivery.ts'

/** The customer has signed for the goods. With the last signature of an order that is delivered in full, the order closes. */
export async function signDelivery(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof sales)['endpoints']['signDelivery']>,
): Promise<DeliveryDetail> {
  const { delivery, order } = await holdDelivery(tx, caller, input, deliveryDeeds.sign)
  const { signedBy } = input
  const note = [delivery.note, input.note].filter(Boolean).join('\n')
  const after: Delivery = { ...delivery, signedBy, signedAt: caller.at, note }
  await saveDelivery(tx, 'shipped', after)
  const signed = { ...after, version: delivery.version + 1 }
  await record(tx, caller, await documentFor(tx, 'delivery'), {
    id: signed.id,
    action: 'sign',
    before: delivery,
    after: signed,
  })
  const { id: deliveryId, number: deliveryNumber, warehouseId } = signed
  const fact: DeliverySigned = {
    name: 'sales.delivery-signed',
    body: { ...factBody(order), deliveryId, deliveryNumber, warehouseId, signedBy },
  }
  await publish(tx, caller, [fact])
  if (await isSignedInFull(tx, order)) await closed(tx, caller, order, '')
  return deliveryDetail(tx, caller, signed)
}

async function isSignedInFull(tx: Tx, order: Order): Promise<boolean> {
  if (order.state !== 'delivered') return false
  const shipped = (await deliveriesOf(tx, order.id)).filter((delivery) => delivery.state === 'shipped')
  return shipped.every((delivery) => delivery.signedAt !== null)
}
