import { type Input, type Output, toPrice, toQuantity } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import { customerFor } from '#server/modules/parties'
import type { sales } from './contract.ts'
import { itemBrief } from './linked-names.ts'
import { lastOrderId, lastPaidPrices } from './order-list-store.ts'
import { findOrder } from './order-store.ts'

type Endpoints = (typeof sales)['endpoints']

/** What a customer ordered last, to order the same again: goods that are still sold, in the units of then. */
export async function lastOrder(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['lastOrder']>,
): Promise<Output<Endpoints['lastOrder']>> {
  await customerFor(tx, caller, id)
  const orderId = await lastOrderId(tx, id)
  const order = orderId ? await findOrder(tx, orderId) : undefined
  if (!order) return { order: null, lines: [] }
  const items = await itemsByIds(
    tx,
    order.lines.map((line) => line.itemId),
  )
  return {
    order: { id: order.id, number: order.number ?? '', orderedOn: order.orderedOn },
    lines: order.lines
      .filter((line) => items.get(line.itemId)?.active)
      .map(({ itemId, entered, price }) => ({
        itemId,
        item: itemBrief(items.get(itemId)!),
        entered,
        price: canRead(caller, 'amount') ? toPrice(price) : null,
      })),
  }
}

/** What a customer last paid for items, newest first. */
export async function lastPrices(
  tx: Tx,
  caller: Caller,
  { id, itemIds }: Input<Endpoints['lastPrices']>,
): Promise<Output<Endpoints['lastPrices']>> {
  await customerFor(tx, caller, id)
  const paid = canRead(caller, 'amount') ? await lastPaidPrices(tx, id, itemIds) : []
  return {
    items: itemIds.map((itemId) => ({
      itemId,
      prices: paid
        .filter((one) => one.itemId === itemId)
        .map(({ price, quantity, on, orderId, number }) => ({
          price: toPrice(price),
          quantity: toQuantity(quantity),
          on,
          orderId,
          number,
        })),
    })),
  }
}
