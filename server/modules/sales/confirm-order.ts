import { Decimal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { expect, postingMoment, raise } from '#server/modules/finance'
import { unitCosts } from '#server/modules/inventory'
import type { OrderConfirmed } from './facts.ts'
import { saveCosts, saveMove } from './order-store.ts'
import { auditedOrder } from './order-view.ts'
import type { Order } from './order.model.ts'
import { factBody, planDeliveries } from './plan-delivery.ts'
import { amountsOf, totalsOf } from './pricing.model.ts'

/** Confirms a submitted order that has waited for approval. Its goods cost what they cost now: that is kept. */
export async function confirmed(tx: Tx, caller: Caller, order: Order): Promise<Order> {
  const after = await accepted(tx, caller, await costedNow(tx, order))
  await saveMove(tx, 'submitted', after)
  await saveCosts(tx, after)
  const saved = { ...after, version: order.version + 1 }
  await announceConfirmed(tx, caller, order, saved)
  return saved
}

/** An order at what its goods cost at this moment. */
async function costedNow(tx: Tx, order: Order): Promise<Order> {
  const costs = await unitCosts(
    tx,
    order.lines.map(({ itemId }) => itemId),
  )
  const lines = order.lines.map((line) => {
    const unitCost = costs.get(line.itemId) ?? line.unitCost
    return { ...line, unitCost, cost: amountsOf({ ...line, unitCost }).cost }
  })
  return { ...order, lines, costTotal: totalsOf(lines).cost }
}

/** A submitted order as it is once it is confirmed: what it comes to is expected, or owed at once where the company posts so. */
export async function accepted(tx: Tx, caller: Caller, order: Order): Promise<Order> {
  return { ...order, state: 'confirmed', exposed: await expectPayment(tx, caller, order), confirmedAt: caller.at }
}

/** Writes down and tells that an order is confirmed, and gives the warehouse its delivery notes. */
export async function announceConfirmed(tx: Tx, caller: Caller, before: Order, after: Order): Promise<void> {
  const deed = { id: after.id, action: 'confirm', before: auditedOrder(before), after: auditedOrder(after) }
  await record(tx, caller, await documentFor(tx, 'sales_order'), deed)
  const fact: OrderConfirmed = {
    name: 'sales.order-confirmed',
    body: { ...factBody(after), gross: after.grossTotal.toFixed(2) },
  }
  await publish(tx, caller, [fact])
  await planDeliveries(tx, caller, after, new Map())
}

/** Answers how much of the order still counts as ordered. */
async function expectPayment(tx: Tx, caller: Caller, order: Order): Promise<Decimal> {
  const { id, customerId, termCode, grossTotal: amount, orderedOn } = order
  const number = order.number ?? ''
  if (amount.isZero()) return amount
  await expect(tx, caller, {
    customerId,
    orderId: id,
    orderNumber: number,
    amount,
    termCode,
    orderedOn,
    promisedOn: order.promisedOn,
  })
  if ((await postingMoment(tx)) === 'delivery') return amount
  const source = { document: 'sales_order', id, number }
  await raise(tx, caller, {
    customerId,
    source,
    orderId: id,
    orderNumber: number,
    amount,
    on: dayAt(caller.at),
    termCode,
  })
  return new Decimal(0)
}
