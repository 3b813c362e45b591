import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { assertMine } from '#server/modules/inventory'
import { findDelivery } from './delivery-store.ts'
import { delivery as document, type DeliveryState } from './delivery.document.ts'
import type { Delivery } from './delivery.model.ts'
import { lockOrder } from './order-store.ts'
import type { Order } from './order.model.ts'
import { allowDeed, type Deed, seesDelivery } from './policy.ts'

/** A delivery note the caller may see; somebody else's answers exactly as one that is not there. */
export async function seeDelivery(tx: Tx, caller: Caller, id: string): Promise<Delivery> {
  const found = await findDelivery(tx, id)
  if (!found || !seesDelivery(caller, found)) throw new Refusal('not_found', { what: document.label })
  return found
}

/**
 * A delivery note and its order. The order is held until the caller has done something, and with it all of its notes.
 * Without a version (a scan) whoever comes second works on what the first left.
 */
export async function holdDelivery(
  tx: Tx,
  caller: Caller,
  { id, version }: { id: string; version?: number },
  deed: Deed<DeliveryState>,
): Promise<{ delivery: Delivery; order: Order }> {
  const { orderId } = await seeDelivery(tx, caller, id)
  const order = (await lockOrder(tx, orderId))!
  const delivery = (await findDelivery(tx, id))!
  allowDeed(caller, document, deed, delivery.state)
  await assertMine(tx, caller, delivery.warehouseId)
  if (version !== undefined && delivery.version !== version) throw new Refusal('stale')
  return { delivery, order }
}
