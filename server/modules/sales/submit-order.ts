import { Decimal, type Input } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { nextNumber } from '#kernel/numbers'
import { flowsFor, openApproval, tellFired } from '#server/engines/approvals'
import { record } from '#server/engines/audit'
import { publishedFor } from '#server/engines/definitions'
import { documentFor } from '#server/engines/forms'
import type { Fired } from '#server/engines/rules'
import { itemsByIds } from '#server/modules/catalog'
import { addOrdered, lockExposure } from '#server/modules/finance'
import { availability, release, reserve, type ReserveInput, reserveMeanwhile } from '#server/modules/inventory'
import { activeCustomerFor, type CustomerFacts, findPaymentTerms } from '#server/modules/parties'
import { refuseBlocked } from './blocked.ts'
import { accepted, announceConfirmed } from './confirm-order.ts'
import type { OrderAnswer, sales } from './contract.ts'
import type { OrderSubmitted } from './facts.ts'
import { askedMove, isBlocked, judge, standingOf } from './judge-sale.ts'
import { type KnownGoods, knownOf } from './linked-names.ts'
import { marginBands } from './margin-bands.ts'
import { draftLines, pricedLines, sameLine, withLines } from './order-draft.ts'
import type { Standing } from './order-facts.model.ts'
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
  const itemIds = draft.lines.map((line) => line.itemId)
  const [customer] = await Promise.all([activeCustomerFor(tx, caller, draft.customerId), foresee(tx, itemIds)])
  const wanted = draft.lines.map((line) => ({ ...sameLine(line), warehouseId: line.warehouseId }))
  const [lines, standing] = await Promise.all([
    pricedLines(tx, caller, customer, wanted),
    heldStanding(tx, caller, customer),
  ])
  allowLines(caller, lines)
  const repriced = draftLines(lines).map((line, i) => ({ ...line, id: draft.lines[i]!.id }))
  return submitDraft(tx, caller, withLines(draft, repriced), {
    customer,
    known: knownOf(customer, lines),
    standing,
    save: saveSubmitted,
  })
}

/** Asks for what submitting will need to know, along with what is asked first: in one packet it costs no round trip of its own. */
export const foresee = (tx: Tx, itemIds: readonly string[]): Promise<unknown> =>
  Promise.all([
    itemsByIds(tx, itemIds),
    marginBands(tx),
    publishedFor(tx, 'flow', 'sales_order', askedMove),
    findPaymentTerms(tx),
  ])

/** Where the customer stands, held, so that nobody else uses the same room. */
export const heldStanding = (tx: Tx, caller: Caller, customer: CustomerFacts): Promise<Standing> =>
  standingOf(tx, customer, dayAt(caller.at), lockExposure(tx, customer.id))

type Draft = {
  customer: CustomerFacts
  /** What is known of what the order links to. */
  known: KnownGoods
  standing: Standing
  /** How it is written: over the draft that is there, or as a new order. */
  save: (tx: Tx, order: Order) => Promise<Order>
}

/** The rest, for a draft whose prices are those of this moment. */
export async function submitDraft(
  tx: Tx,
  caller: Caller,
  draft: Order,
  { customer, known, standing, save }: Draft,
): Promise<OrderAnswer> {
  const number = draft.number ?? (await nextNumber('SO', caller.at))
  // What its quotation held is the order's from now on.
  if (draft.quotationId) await release(tx, draft.quotationId)
  const lines = draft.backorder
    ? await holdWhatIsThere(tx, caller, { ...draft, number }, known)
    : draft.lines.map((line) => ({ ...line, reserved: line.quantity }))
  const { fired } = await judge(tx, 'sales_order', await saleOf(tx, { ...draft, lines }), customer, standing)
  if (isBlocked(fired)) await refuseBlocked(tx, caller, 'sales_order', fired, standing, draft.lines)

  // Goods are wanted by many: they are locked when all is decided, in one packet with all that is written.
  if (!draft.backorder) await reserveMeanwhile(tx, caller, holdOf({ ...draft, number }, known))
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
  const mustWait = flows.length > 0
  const order = await save(tx, mustWait ? submitted : await accepted(tx, caller, submitted))
  await tell(tx, caller, { draft, submitted, fired, mustWait })
  if (mustWait) return orderAnswer(tx, caller, await waiting(tx, caller, order, fired, flows), { standing, known })
  await announceConfirmed(tx, caller, submitted, order)
  return orderAnswer(tx, caller, order, { known })
}

type Told = { draft: Order; submitted: Order; fired: Fired[]; mustWait: boolean }

/** Writes down and tells that an order was submitted. */
async function tell(tx: Tx, caller: Caller, { draft, submitted, fired, mustWait }: Told): Promise<void> {
  const { id, ownerId } = submitted
  const deed = { id, action: 'submit', before: auditedOrder(draft), after: auditedOrder(submitted) }
  await record(tx, caller, await documentFor(tx, 'sales_order'), deed)
  const body = factBody(submitted)
  await tellFired(tx, caller, { document: 'sales_order', documentId: id, documentNumber: body.number, ownerId, fired })
  const fact: OrderSubmitted = { name: 'sales.order-submitted', body: { ...body, needsApproval: mustWait } }
  await publish(tx, caller, [fact])
}

/** Holds what is there of it; what is short gets the day by which it should be in. */
async function holdWhatIsThere(tx: Tx, caller: Caller, order: Order, known: KnownGoods): Promise<OrderLine[]> {
  const reserved = await reserve(tx, caller, { ...holdOf(order, known), partial: true })
  const held = new Map(reserved.map((one) => [one.lineId, one.reserved]))
  return withPromises(
    tx,
    order.lines.map((line) => ({ ...line, reserved: held.get(line.id) ?? new Decimal(0) })),
  )
}

/** What an order wants to be held for it. */
const holdOf = ({ id, number, lines }: Order, { items }: KnownGoods): Omit<ReserveInput, 'partial'> => ({
  source: { document: 'sales_order', id, number: number ?? '' },
  lines: lines.map(({ id: lineId, itemId, warehouseId, quantity }) => ({ lineId, itemId, warehouseId, quantity })),
  items,
})

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
