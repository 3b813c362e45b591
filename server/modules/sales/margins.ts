import { Decimal, type Input, type Output, Refusal, showQuantity, toMoney, toPercent } from '#contract'
import { type Caller, canRead, visibleOwners } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import { expensedCosts, issuedCosts } from '#server/modules/inventory'
import { customersByIds } from '#server/modules/parties'
import type { MarginFigures, OrderMargin, sales } from './contract.ts'
import { deliveriesOf } from './delivery-store.ts'
import { type Delivery, leftOf } from './delivery.model.ts'
import { itemBrief, itemName } from './linked-names.ts'
import type { Order } from './order.model.ts'
import { marginPercent } from './pricing.model.ts'
import { groupsFor, namedGroups } from './sales-report.ts'
import { soldTotal } from './sales-report-store.ts'
import { salesOrder } from './sales-order.document.ts'
import { seeOrder } from './see-order.ts'

type Endpoint = (typeof sales)['endpoints']['margins']

/** Margins within some days, by order, item, customer, seller, region or category: what goods brought against what they cost. */
export async function margins(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>> {
  allowMargins(caller)
  const { groups, cursor } = await groupsFor(tx, caller, input)
  const named = await namedGroups(tx, input.by, groups)
  const adjustments = await adjustmentsFor(tx, caller, input)
  const rows = groups.map((group, i) => {
    const adjustment = input.by === 'item' ? adjustments?.get(group.key) : undefined
    return { ...named[i]!, ...figures(group), adjustment: adjustment ? toMoney(adjustment) : null }
  })
  const total = input.cursor ? null : await totalOf(tx, caller, input, adjustments)
  return { rows, cursor, total, at: caller.at.toISOString() }
}

async function totalOf(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoint>,
  adjustments: ReadonlyMap<string, Decimal> | null,
): Promise<Output<Endpoint>['total']> {
  const total = await soldTotal(tx, { ...input, owners: visibleOwners(caller, 'sales_order') })
  const adjustment = adjustments && toMoney(Decimal.sum(0, ...adjustments.values()))
  return { ...figures(total), orders: total.orders, adjustment }
}

function allowMargins(caller: Caller): void {
  if (!canRead(caller, 'margin') || !canRead(caller, 'cost'))
    throw new Refusal('forbidden', { doing: { zh: '查看毛利', en: 'see margins' } })
}

/** Costs put upon goods after they had left belong to no order: only who sees all, and asks for all, is told them. */
async function adjustmentsFor(
  tx: Tx,
  caller: Caller,
  { stage, from, to, itemId, customerId, ownerId, region, category }: Input<Endpoint>,
): Promise<Map<string, Decimal> | null> {
  const isPart = [customerId, ownerId, region, category].some((filter) => filter !== undefined)
  if (stage !== 'delivered' || isPart || visibleOwners(caller, 'sales_order')) return null
  return expensedCosts(tx, { from, to, itemId })
}

function figures({ net, cost }: { net: Decimal; cost: Decimal }): MarginFigures {
  const percent = marginPercent({ net, cost })
  return {
    net: toMoney(net),
    cost: toMoney(cost),
    profit: toMoney(net.minus(cost)),
    percent: percent && toPercent(percent),
  }
}

/** How the margin of one order comes about, down to what its goods were taken from. */
export async function orderMargin(tx: Tx, caller: Caller, { id }: { id: string }): Promise<OrderMargin> {
  allowMargins(caller)
  const order = await seeOrder(tx, caller, id)
  const deliveries = (await deliveriesOf(tx, id)).filter(({ state }) => state === 'shipped')
  const customers = await customersByIds(tx, [order.customerId])
  const left = leftOf(deliveries)
  return {
    order: {
      id,
      number: order.number ?? '',
      customer: customers.get(order.customerId)?.shortName ?? '',
      stateLabel: salesOrder.states?.[order.state].label ?? { zh: order.state },
    },
    agreed: figures({ net: order.netTotal, cost: order.costTotal }),
    isKept: order.confirmedAt !== null,
    left: left && figures(left),
    lines: await linesOf(tx, order, deliveries),
    deliveries: await sourcesOf(tx, deliveries),
    at: caller.at.toISOString(),
  }
}

async function linesOf(tx: Tx, order: Order, deliveries: readonly Delivery[]): Promise<OrderMargin['lines']> {
  const items = await itemsByIds(
    tx,
    order.lines.map(({ itemId }) => itemId),
  )
  return order.lines.map(({ id, itemId, quantity, delivered, net, cost }) => {
    const item = items.get(itemId)!
    const notes = deliveries.map((note) => ({ ...note, lines: note.lines.filter((one) => one.orderLineId === id) }))
    const left = leftOf(notes)
    const returned = Decimal.sum(0, ...notes.flatMap((note) => note.lines).map((line) => line.returned))
    return {
      lineId: id,
      item: itemBrief(item),
      shown: showQuantity(quantity, item.units),
      agreed: figures({ net, cost }),
      leftShown: showQuantity(delivered.minus(returned), item.units),
      returnedShown: returned.isZero() ? '' : showQuantity(returned, item.units),
      left: left && figures(left),
    }
  })
}

/** What the goods of each note were taken from. */
async function sourcesOf(tx: Tx, deliveries: readonly Delivery[]): Promise<OrderMargin['deliveries']> {
  const issued = await issuedCosts(
    tx,
    deliveries.map(({ id }) => id),
  )
  const items = await itemsByIds(
    tx,
    issued.map(({ itemId }) => itemId),
  )
  return deliveries.map(({ id, number, shippedOn }) => ({
    id,
    number,
    on: shippedOn ?? '',
    items: issued
      .filter(({ sourceId }) => sourceId === id)
      .map(({ itemId, quantity, cost, sources }) => {
        const item = items.get(itemId)!
        return {
          itemId,
          name: itemName(item),
          shown: showQuantity(quantity, item.units),
          cost: toMoney(cost),
          sources: sources.map(({ source, on, quantity: taken, value }) => ({
            source,
            on,
            shown: showQuantity(taken, item.units),
            value: toMoney(value),
          })),
        }
      }),
  }))
}
