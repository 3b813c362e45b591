import { Decimal, type Input, type Output, Refusal, toQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { holdExposure, raise } from '#server/modules/finance'
import { issue, proposeLots, resolveSerials } from '#server/modules/inventory'
import type { sales } from './contract.ts'
import { saveDelivery, saveDeliveryLines } from './delivery-store.ts'
import { deliveryView } from './delivery-view.ts'
import { type Delivery, type DeliveryLine, quantitiesToShip } from './delivery.model.ts'
import type { DeliveryShipped } from './facts.ts'
import { itemName } from './linked-names.ts'
import { moveOrder } from './move-order.ts'
import { saveProgress } from './order-store.ts'
import { delivered, type Order, stateAfterDelivery } from './order.model.ts'
import { addDeliveries, factBody, newDelivery } from './plan-delivery.ts'
import { deliveryDeeds } from './policy.ts'
import { netOf } from './pricing.model.ts'
import { holdDelivery } from './see-delivery.ts'

type Endpoint = (typeof sales)['endpoints']['shipDelivery']
type Items = ReadonlyMap<string, ItemFacts>

/**
 * Goods leave: stock goes down at its cost, what left is owed from today, and what this note does not take gets the next
 * note by itself.
 */
export async function shipDelivery(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { delivery, order } = await holdDelivery(tx, caller, input, deliveryDeeds.ship)
  const [document] = await Promise.all([documentFor(tx, 'delivery'), holdExposure(tx, order.customerId)])
  await checkWritten(tx, caller, document, { ...input, lines: undefined }, 'patch')
  const items = await itemsByIds(
    tx,
    delivery.lines.map((line) => line.itemId),
  )
  const asked = input.lines?.map(({ lineId, quantity }) => ({ lineId, quantity: new Decimal(quantity) }))
  const quantities = quantitiesToShip(delivery.lines, asked, (line) => itemName(items.get(line.itemId)!))

  const leaving = await withTracking(tx, caller, delivery, quantities, items)
  const costs = await takeOut(tx, caller, delivery, leaving)
  const { order: after, lines } = shippedLines(order, leaving, costs)
  const shipped = await saveShipped(tx, caller, delivery, lines, input)
  await owe(tx, caller, order, shipped)
  await saveOrder(tx, caller, order, after, shipped)
  const next = await planRest(tx, caller, after, delivery, quantities)
  return { delivery: await deliveryView(tx, caller, shipped), next: next && (await deliveryView(tx, caller, next)) }
}

/** Each line that leaves with its lots and serial numbers: those that were picked, else those that go first. */
async function withTracking(
  tx: Tx,
  caller: Caller,
  delivery: Delivery,
  quantities: ReadonlyMap<string, Decimal>,
  items: Items,
): Promise<DeliveryLine[]> {
  const leaving = delivery.lines
    .map((line) => ({ ...line, picked: quantities.get(line.id)! }))
    .filter((line) => line.picked.gt(0))
  const unscanned = leaving.find(
    (line) => items.get(line.itemId)!.tracking === 'serial' && !line.picked.eq(line.serials.length),
  )
  if (unscanned)
    throw new Refusal('scan_serials', {
      item: itemName(items.get(unscanned.itemId)!),
      planned: toQuantity(unscanned.picked),
      picked: unscanned.serials.length,
    })
  const toPropose = leaving.filter((line) => items.get(line.itemId)!.tracking === 'lot' && line.lots.length === 0)
  const wanted = toPropose.map(({ itemId, picked }) => ({
    itemId,
    warehouseId: delivery.warehouseId,
    quantity: picked,
  }))
  const proposals = await proposeLots(tx, wanted, dayAt(caller.at))
  return leaving.map((line) => {
    const proposal = proposals[toPropose.indexOf(line)]
    if (!proposal) return line
    return {
      ...line,
      lots: proposal.lots.map(({ lotId, code, quantity }) => ({
        lotId,
        lotCode: code,
        quantity: toQuantity(quantity),
      })),
    }
  })
}

/** Takes the goods out of stock; answers what each order line's goods cost. */
async function takeOut(
  tx: Tx,
  caller: Caller,
  delivery: Delivery,
  lines: readonly DeliveryLine[],
): Promise<Map<string, Decimal>> {
  const { id, number, warehouseId } = delivery
  const goods = []
  for (const { orderLineId, itemId, picked, lots, serials } of lines)
    goods.push({
      lineId: orderLineId,
      itemId,
      warehouseId,
      quantity: picked,
      lots: lots.map(({ lotId, quantity }) => ({ lotId, quantity: new Decimal(quantity) })),
      serialIds: await resolveSerials(tx, itemId, warehouseId, serials),
    })
  const source = { document: 'delivery', id, number }
  const costs = await issue(tx, caller, { source, kind: 'delivery', on: dayAt(caller.at), lines: goods })
  return new Map(costs.map(({ lineId, cost }) => [lineId, cost]))
}

/** What has left, on both sides: the order's lines move on, the note's lines get what they come to and what they cost. */
function shippedLines(order: Order, leaving: readonly DeliveryLine[], costs: ReadonlyMap<string, Decimal>) {
  const progress = new Map(order.lines.map((line) => [line.id, line]))
  const lines = leaving.map((line) => {
    const { line: moved, gross, net } = delivered(progress.get(line.orderLineId)!, line.picked)
    progress.set(moved.id, moved)
    const cost = costs.get(line.orderLineId) ?? new Decimal(0)
    return { ...line, gross, net, cost, netCost: netOf(cost, moved.taxRate) }
  })
  return { order: { ...order, lines: order.lines.map((line) => progress.get(line.id)!) }, lines }
}

async function saveShipped(
  tx: Tx,
  caller: Caller,
  delivery: Delivery,
  lines: DeliveryLine[],
  input: Input<Endpoint>,
): Promise<Delivery> {
  const after: Delivery = {
    ...delivery,
    state: 'shipped',
    shippedOn: dayAt(caller.at),
    pickerId: delivery.pickerId ?? caller.personId,
    grossTotal: Decimal.sum(0, ...lines.map((line) => line.gross)),
    costTotal: Decimal.sum(0, ...lines.map((line) => line.cost)),
    carrier: input.carrier ?? delivery.carrier,
    trackingNo: input.trackingNo ?? delivery.trackingNo,
    note: input.note ?? delivery.note,
    custom: mergedCustom(delivery.custom, input.custom),
    lines: delivery.lines.map((line) => lines.find((one) => one.id === line.id) ?? line),
  }
  await saveDeliveryLines(tx, lines)
  await saveDelivery(tx, delivery.state, after)
  const saved = { ...after, version: delivery.version + 1 }
  await record(tx, caller, await documentFor(tx, 'delivery'), {
    id: saved.id,
    action: 'ship',
    before: delivery,
    after: saved,
  })
  return saved
}

/** What left is owed from today, unless the company posts when an order is confirmed. */
async function owe(tx: Tx, caller: Caller, order: Order, shipped: Delivery): Promise<void> {
  const amount = Decimal.min(shipped.grossTotal, order.exposed)
  if (amount.isZero()) return
  await raise(tx, caller, {
    customerId: order.customerId,
    source: { document: 'delivery', id: shipped.id, number: shipped.number },
    orderId: order.id,
    orderNumber: order.number,
    amount,
    on: dayAt(caller.at),
    termCode: order.termCode,
  })
}

async function saveOrder(tx: Tx, caller: Caller, before: Order, after: Order, shipped: Delivery): Promise<void> {
  await saveProgress(tx, after.lines)
  const state = stateAfterDelivery(after.lines)
  const fact: DeliveryShipped = {
    name: 'sales.delivery-shipped',
    body: {
      ...factBody(before),
      deliveryId: shipped.id,
      deliveryNumber: shipped.number,
      warehouseId: shipped.warehouseId,
      gross: shipped.grossTotal.toFixed(2),
      isLast: state === 'delivered',
    },
  }
  const moved: Order = {
    ...after,
    state,
    deliveredGross: before.deliveredGross.plus(shipped.grossTotal),
    exposed: before.exposed.minus(Decimal.min(shipped.grossTotal, before.exposed)),
  }
  await moveOrder(tx, caller, state === 'delivered' ? 'deliverRest' : 'deliverPart', {
    before,
    after: moved,
    facts: [fact],
  })
}

/** What the note had planned and did not take is planned again. */
async function planRest(
  tx: Tx,
  caller: Caller,
  order: Order,
  delivery: Delivery,
  quantities: ReadonlyMap<string, Decimal>,
): Promise<Delivery | null> {
  const rest = delivery.lines
    .map(({ id, orderLineId, itemId, planned }) => ({
      orderLineId,
      itemId,
      planned: planned.minus(quantities.get(id)!),
    }))
    .filter(({ planned }) => planned.gt(0))
  if (rest.length === 0) return null
  const next = await newDelivery(caller, order, delivery.warehouseId, rest)
  await addDeliveries(tx, caller, order, [next])
  return next
}
