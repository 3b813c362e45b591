import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import { addOrdered } from '#server/modules/finance'
import { release } from '#server/modules/inventory'
import { saveProgress } from './order-store.ts'
import type { Order } from './order.model.ts'

const zero = new Decimal(0)

/** Gives back what an order holds: its stock, and its place in the customer's credit. Done twice, it happens once. */
export async function givenBack(tx: Tx, order: Order): Promise<Order> {
  const lines = order.lines.map((line) => ({ ...line, reserved: zero, promisedOn: null }))
  if (order.exposed.gt(0)) await addOrdered(tx, order.customerId, order.exposed.neg())
  await release(tx, order.id)
  await saveProgress(tx, lines)
  return { ...order, exposed: zero, lines }
}
