import { Refusal } from '#contract'
import { type Caller, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { findOrder, lockOrder } from './order-store.ts'
import type { Order } from './order.model.ts'
import { allowDeed, type Deed } from './policy.ts'
import { type OrderState, salesOrder } from './sales-order.document.ts'

/** An order the caller may see; somebody else's answers exactly as one that is not there. */
export const seeOrder = async (tx: Tx, caller: Caller, id: string): Promise<Order> =>
  seen(caller, await findOrder(tx, id))

/**
 * An order the caller may do something with, held until he has done it. `version` is that of the order he looked at:
 * nobody acts on what he has not seen.
 */
export async function holdOrder(
  tx: Tx,
  caller: Caller,
  { id, version }: { id: string; version: number },
  deed: Deed<OrderState>,
): Promise<Order> {
  const order = seen(caller, await lockOrder(tx, id))
  allowDeed(caller, salesOrder, deed, order.state)
  if (order.version !== version) throw new Refusal('stale')
  return order
}

function seen(caller: Caller, order: Order | undefined): Order {
  if (!order || !seesOwner(caller, 'sales_order', order.ownerId))
    throw new Refusal('not_found', { what: salesOrder.label })
  return order
}
