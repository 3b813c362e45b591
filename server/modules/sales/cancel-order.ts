import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { dropExpected } from '#server/modules/finance'
import { cancelPlanned } from './cancel-delivery.ts'
import type { OrderAnswer, sales } from './contract.ts'
import type { OrderCancelled, OrderClosed } from './facts.ts'
import { givenBack } from './give-back.ts'
import { moveOrder } from './move-order.ts'
import { orderAnswer } from './order-view.ts'
import type { Order } from './order.model.ts'
import { factBody } from './plan-delivery.ts'
import { orderDeeds } from './policy.ts'
import { holdOrder } from './see-order.ts'

type Endpoints = (typeof sales)['endpoints']

/** Cancels an order of which nothing has left. */
export async function cancelOrder(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['cancelOrder']>,
): Promise<OrderAnswer> {
  const order = await holdOrder(tx, caller, input, orderDeeds.cancel)
  const after: Order = { ...(await undelivered(tx, caller, order, input.reason)), state: 'cancelled' }
  const fact: OrderCancelled = { name: 'sales.order-cancelled', body: factBody(order) }
  return orderAnswer(tx, caller, await moveOrder(tx, caller, 'cancel', { before: order, after, facts: [fact] }))
}

/** Closes an order: what has not left will not be delivered any more. */
export async function closeOrder(tx: Tx, caller: Caller, input: Input<Endpoints['closeOrder']>): Promise<OrderAnswer> {
  const order = await holdOrder(tx, caller, input, orderDeeds.close)
  return orderAnswer(tx, caller, await closed(tx, caller, order, input.reason))
}

/** The same for an order that is held already: nothing is left to deliver, or nothing more shall be. */
export async function closed(tx: Tx, caller: Caller, order: Order, reason: string): Promise<Order> {
  const after: Order = { ...(await undelivered(tx, caller, order, reason)), state: 'closed' }
  const fact: OrderClosed = { name: 'sales.order-closed', body: factBody(order) }
  return moveOrder(tx, caller, 'close', { before: order, after, facts: [fact] })
}

/** Takes back what has not left: delivery notes, stock, what was expected to be paid, the place in the credit. */
async function undelivered(tx: Tx, caller: Caller, order: Order, reason: string): Promise<Order> {
  const isRestPosted = order.confirmedAt !== null && order.exposed.lt(order.grossTotal.minus(order.deliveredGross))
  if (isRestPosted) throw new Refusal('posted_already', { number: order.number })
  await cancelPlanned(tx, caller, order.id)
  if (order.exposed.gt(0) && order.confirmedAt) await dropExpected(tx, order.id, 'all')
  const note = [order.note, reason].filter(Boolean).join('\n')
  return { ...(await givenBack(tx, order)), note }
}
