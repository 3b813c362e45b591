import { Decimal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { expect, postingMoment, raise } from '#server/modules/finance'
import type { OrderConfirmed } from './facts.ts'
import { saveMove } from './order-store.ts'
import { auditedOrder } from './order-view.ts'
import type { Order } from './order.model.ts'
import { planDeliveries } from './plan-delivery.ts'

/** Confirms a submitted order: its instalments are expected (or owed at once, where the company posts so), its goods planned. */
export async function confirmed(tx: Tx, caller: Caller, order: Order): Promise<Order> {
  const exposed = await expectPayment(tx, caller, order)
  const after: Order = { ...order, state: 'confirmed', exposed, confirmedAt: caller.at }
  await saveMove(tx, 'submitted', after)
  const saved = { ...after, version: order.version + 1 }
  const { id, customerId, ownerId, grossTotal } = saved
  await record(tx, caller, await documentFor(tx, 'sales_order'), {
    id,
    action: 'confirm',
    before: auditedOrder(order),
    after: auditedOrder(saved),
  })
  const fact: OrderConfirmed = {
    name: 'sales.order-confirmed',
    body: { orderId: id, number: saved.number ?? '', customerId, ownerId, gross: grossTotal.toFixed(2) },
  }
  await publish(tx, caller, [fact])
  await planDeliveries(tx, caller, saved)
  return saved
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
