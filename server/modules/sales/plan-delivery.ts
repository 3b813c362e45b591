import { Decimal, type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import { nextNumber } from '#kernel/numbers'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import type { sales } from './contract.ts'
import { insertDeliveries, plannedOf } from './delivery-store.ts'
import { deliveryViews } from './delivery-view.ts'
import type { Delivery, DeliveryLine } from './delivery.model.ts'
import type { DeliveryPlanned } from './facts.ts'
import type { Order } from './order.model.ts'
import { orderDeeds } from './policy.ts'
import { holdOrder } from './see-order.ts'

type Endpoint = (typeof sales)['endpoints']['planDelivery']

/** Plans what is held and on no delivery note, as after a note was cancelled. */
export async function planDelivery(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>> {
  const order = await holdOrder(tx, caller, input, orderDeeds.plan)
  const planned = await planDeliveries(tx, caller, order, await plannedOf(tx, order.id))
  if (planned.length === 0) throw new Refusal('nothing_to_plan')
  return { deliveries: await deliveryViews(tx, caller, planned) }
}

/** One delivery note for each warehouse with all that is held for the order and is not `planned`, by line. The order must be held. */
export async function planDeliveries(
  tx: Tx,
  caller: Caller,
  order: Order,
  planned: ReadonlyMap<string, string>,
): Promise<Delivery[]> {
  const open = order.lines
    .map((line) => ({ line, quantity: line.reserved.minus(planned.get(line.id) ?? 0) }))
    .filter(({ quantity }) => quantity.gt(0))
  const deliveries: Delivery[] = []
  for (const warehouseId of new Set(open.map(({ line }) => line.warehouseId))) {
    const here = open.filter(({ line }) => line.warehouseId === warehouseId)
    const goods = here.map(({ line, quantity }) => ({ orderLineId: line.id, itemId: line.itemId, planned: quantity }))
    deliveries.push(await newDelivery(caller, order, warehouseId, goods))
  }
  if (deliveries.length > 0) await addDeliveries(tx, caller, order, deliveries)
  return deliveries
}

type PlannedGoods = Pick<DeliveryLine, 'orderLineId' | 'itemId' | 'planned'>
const zero = new Decimal(0)

/** A delivery note for goods of one warehouse, for the day that was promised, or today. */
export async function newDelivery(
  caller: Caller,
  order: Order,
  warehouseId: string,
  goods: readonly PlannedGoods[],
): Promise<Delivery> {
  const today = dayAt(caller.at)
  return {
    id: newId(),
    number: await nextNumber('DN', caller.at),
    orderId: order.id,
    customerId: order.customerId,
    ownerId: order.ownerId,
    warehouseId,
    state: 'planned',
    plannedOn: order.promisedOn && order.promisedOn > today ? order.promisedOn : today,
    shippedOn: null,
    pickerId: null,
    grossTotal: zero,
    costTotal: zero,
    carrier: '',
    trackingNo: '',
    signedBy: '',
    signedAt: null,
    note: '',
    custom: {},
    version: 1,
    createdAt: caller.at,
    createdBy: caller.personId,
    lines: goods.map((one, i) => ({
      ...one,
      id: newId(),
      position: i + 1,
      picked: zero,
      lots: [],
      serials: [],
      gross: zero,
      net: zero,
      cost: zero,
      netCost: zero,
      returned: zero,
      returnedGross: zero,
      returnedNet: zero,
      returnedCost: zero,
      returnedNetCost: zero,
      custom: {},
    })),
  }
}

/** Writes planned delivery notes and tells the warehouse. */
export async function addDeliveries(
  tx: Tx,
  caller: Caller,
  order: Order,
  deliveries: readonly Delivery[],
): Promise<void> {
  await insertDeliveries(tx, deliveries)
  const document = await documentFor(tx, 'delivery')
  for (const delivery of deliveries)
    await record(tx, caller, document, { id: delivery.id, action: 'create', after: delivery })
  const facts = deliveries.map(({ id, number, warehouseId }): DeliveryPlanned => ({
    name: 'sales.delivery-planned',
    body: { ...factBody(order), deliveryId: id, deliveryNumber: number, warehouseId },
  }))
  await publish(tx, caller, facts)
}

/** What every fact about an order tells. */
export const factBody = ({ id, number, customerId, ownerId }: Order) => ({
  orderId: id,
  number: number ?? '',
  customerId,
  ownerId,
})
