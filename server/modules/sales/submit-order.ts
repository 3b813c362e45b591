import { Decimal, type Input } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { nextNumber } from '#kernel/numbers'
import { flowsFor, openApproval, tellFired } from '#server/engines/approvals'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import type { Fired } from '#server/engines/rules'
import { addOrdered, lockExposure } from '#server/modules/finance'
import { availability, release, reserve } from '#server/modules/inventory'
import { activeCustomerFor, type CustomerFacts } from '#server/modules/parties'
import { refuseBlocked } from './blocked.ts'
import { confirmed } from './confirm-order.ts'
import type { OrderAnswer, sales } from './contract.ts'
import type { OrderSubmitted } from './facts.ts'
import { askedMove, isBlocked, judge, standingOf } from './judge-sale.ts'
import { draftLines, pricedLines, sameLine, withLines } from './order-draft.ts'
import { saveMove, saveSubmitted } from './order-store.ts'
import { auditedOrder, orderAnswer, orderView } from './order-view.ts'
import { type Order, type OrderLine, promisedOn } from './order.model.ts'
import { orderDeeds } from './policy.ts'
import { allowLines } from './price-goods.ts'
import { totalsOf } from './pricing.model.ts'
import { isAsQuotedBefore } from './see-quotation.ts'
import { holdOrder } from './see-order.ts'

/** Submits a draft: its stock is held, it counts against the customer's credit, and the rules decide who must agree. */
export async function submitOrder(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof sales)['endpoints']['submitOrder']>,
): Promise<OrderAnswer> {
  const draft = await holdOrder(tx, caller, input, orderDeeds.submit)
  const customer = await activeCustomerFor(tx, caller, draft.customerId)
  const wanted = draft.lines.map((line) => ({ ...sameLine(line), warehouseId: line.warehouseId }))
  const lines = await pricedLines(tx, caller, customer, wanted)
  allowLines(caller, lines)
  const repriced = draftLines(lines).map((line, i) => ({ ...line, id: draft.lines[i]!.id }))
  return submitDraft(tx, caller, withLines(draft, repriced), customer)
}

/** The rest, for a draft whose prices are those of this moment. */
export async function submitDraft(tx: Tx, caller: Caller, draft: Order, customer: CustomerFacts): Promise<OrderAnswer> {
  const number = draft.number ?? (await nextNumber('SO', caller.at))
  const lines = await holdStock(tx, caller, { ...draft, number })
  const standing = await standingOf(tx, customer, dayAt(caller.at), await lockExposure(tx, customer.id))
  const { fired } = await judge(tx, 'sales_order', await saleOf(tx, { ...draft, lines }), customer, standing)
  if (isBlocked(fired)) await refuseBlocked(tx, caller, 'sales_order', fired, standing, draft.lines)

  await addOrdered(tx, customer.id, draft.grossTotal)
  const flows = await flowsFor(tx, { document: 'sales_order', move: askedMove, fired })
  const submitted: Order = {
    ...draft,
    number,
    lines,
    state: 'submitted',
    orderedOn: dayAt(caller.at),
    exposed: draft.grossTotal,
    reasons: fired,
    submittedAt: caller.at,
  }
  await saveSubmitted(tx, submitted)
  const saved = { ...submitted, version: draft.version + 1 }
  await tell(tx, caller, draft, saved, fired, flows.length > 0)
  if (flows.length === 0) return orderAnswer(tx, caller, await confirmed(tx, caller, saved))
  return orderAnswer(tx, caller, await waiting(tx, caller, saved, fired, flows), standing)
}

/** Holds all of it, or what is there of it where the order says so; what is short gets the day by which it should be in. */
async function holdStock(tx: Tx, caller: Caller, order: Order): Promise<OrderLine[]> {
  // What its quotation held is the order's from now on.
  if (order.quotationId) await release(tx, order.quotationId)
  const source = { document: 'sales_order', id: order.id, number: order.number ?? '' }
  const wanted = order.lines.map(({ id, itemId, warehouseId, quantity }) => ({
    lineId: id,
    itemId,
    warehouseId,
    quantity,
  }))
  const held = new Map(
    (await reserve(tx, caller, { source, lines: wanted, partial: order.backorder })).map((one) => [one.lineId, one]),
  )
  const lines = order.lines.map((line) => ({ ...line, reserved: held.get(line.id)?.reserved ?? new Decimal(0) }))
  return withPromises(tx, lines)
}

async function withPromises(tx: Tx, lines: OrderLine[]): Promise<OrderLine[]> {
  const short = lines.filter((line) => line.reserved.lt(line.quantity))
  if (short.length === 0) return lines
  const coming = await availability(tx, { itemIds: [...new Set(short.map((line) => line.itemId))] })
  return lines.map((line) => {
    if (!short.includes(line)) return line
    const incoming = coming.get(line.itemId)?.incoming ?? []
    return { ...line, promisedOn: promisedOn(line.quantity.minus(line.reserved), new Decimal(0), incoming) }
  })
}

/** What the rules look at. */
export async function saleOf(tx: Tx, order: Order) {
  return {
    totals: totalsOf(order.lines),
    lines: order.lines,
    isShort: order.lines.some((line) => line.reserved.plus(line.delivered).lt(line.quantity)),
    isAgreed: order.quotationId !== null && (await isAsQuotedBefore(tx, order.quotationId, order.lines)),
    custom: order.custom,
  }
}

async function tell(
  tx: Tx,
  caller: Caller,
  before: Order,
  after: Order,
  fired: Fired[],
  needsApproval: boolean,
): Promise<void> {
  const { id, customerId, ownerId } = after
  const number = after.number ?? ''
  const document = await documentFor(tx, 'sales_order')
  await record(tx, caller, document, { id, action: 'submit', before: auditedOrder(before), after: auditedOrder(after) })
  await tellFired(tx, caller, { document: 'sales_order', documentId: id, documentNumber: number, ownerId, fired })
  const fact: OrderSubmitted = {
    name: 'sales.order-submitted',
    body: { orderId: id, number, customerId, ownerId, needsApproval },
  }
  await publish(tx, caller, [fact])
}

/** Asks those who must agree; the order keeps which approval it waits for. */
export async function waiting(tx: Tx, caller: Caller, order: Order, fired: Fired[], flows: string[]): Promise<Order> {
  const { id } = await openApproval(tx, caller, {
    document: 'sales_order',
    documentId: order.id,
    documentNumber: order.number ?? '',
    move: askedMove,
    flows,
    ownerId: order.ownerId,
    facts: fired,
    summary: await orderView(tx, systemCaller(caller.at), order),
  })
  const asked = { ...order, approvalId: id, reasons: fired }
  await saveMove(tx, 'submitted', asked)
  return { ...asked, version: order.version + 1 }
}
