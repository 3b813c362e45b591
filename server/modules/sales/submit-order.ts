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
import { accepted, announceConfirmed } from './confirm-order.ts'
import type { OrderAnswer, sales } from './contract.ts'
import type { OrderSubmitted } from './facts.ts'
import { askedMove, isBlocked, judge, standingOf } from './judge-sale.ts'
import { type Known, knownOf } from './linked-names.ts'
import { draftLines, pricedLines, sameLine, withLines } from './order-draft.ts'
import { saveMove, saveSubmitted } from './order-store.ts'
import { auditedOrder, orderAnswer, orderView } from './order-view.ts'
import { type Order, type OrderLine, promisedOn } from './order.model.ts'
import { factBody } from './plan-delivery.ts'
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
  return submitDraft(tx, caller, withLines(draft, repriced), customer, knownOf(customer, lines))
}

/** The rest, for a draft whose prices are those of this moment; `known` is what is known of what it links to. */
export async function submitDraft(
  tx: Tx,
  caller: Caller,
  draft: Order,
  customer: CustomerFacts,
  known: Known,
): Promise<OrderAnswer> {
  const number = draft.number ?? (await nextNumber('SO', caller.at))
  const lines = await holdStock(tx, caller, { ...draft, number })
  const standing = await standingOf(tx, customer, dayAt(caller.at), await lockExposure(tx, customer.id))
  const { fired } = await judge(tx, 'sales_order', await saleOf(tx, { ...draft, lines }), customer, standing)
  if (isBlocked(fired)) await refuseBlocked(tx, caller, 'sales_order', fired, standing, draft.lines)

  await addOrdered(tx, customer.id, draft.grossTotal)
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
  const flows = await flowsFor(tx, { document: 'sales_order', move: askedMove, fired })
  const after =
    flows.length > 0
      ? await waiting(tx, caller, await saved(tx, caller, draft, submitted, fired), fired, flows)
      : await confirmedAtOnce(tx, caller, draft, submitted, fired)
  return orderAnswer(tx, caller, after, { standing, known })
}

/** Nobody need be asked: the order is written once, confirmed. */
async function confirmedAtOnce(tx: Tx, caller: Caller, draft: Order, submitted: Order, fired: Fired[]): Promise<Order> {
  const order = await saved(tx, caller, draft, await accepted(tx, caller, submitted), fired)
  await announceConfirmed(tx, caller, submitted, order)
  return order
}

/** Saves what submitting made of a draft, writes it down, and tells of it. */
async function saved(tx: Tx, caller: Caller, draft: Order, after: Order, fired: Fired[]): Promise<Order> {
  await saveSubmitted(tx, after)
  const submitted: Order = { ...after, state: 'submitted', confirmedAt: null }
  const document = await documentFor(tx, 'sales_order')
  await record(tx, caller, document, {
    id: after.id,
    action: 'submit',
    before: auditedOrder(draft),
    after: auditedOrder(submitted),
  })
  const body = factBody(after)
  await tellFired(tx, caller, {
    document: 'sales_order',
    documentId: body.orderId,
    documentNumber: body.number,
    ownerId: body.ownerId,
    fired,
  })
  const fact: OrderSubmitted = {
    name: 'sales.order-submitted',
    body: { ...body, needsApproval: after.state === 'submitted' },
  }
  await publish(tx, caller, [fact])
  return { ...after, version: draft.version + 1 }
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
