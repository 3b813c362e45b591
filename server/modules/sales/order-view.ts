import { Decimal, type Entered, type View } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { documentFor, present, type Row, withOwnNames } from '#server/engines/forms'
import { type OrderPayment, paymentOf } from '#server/modules/finance'
import type { OrderAnswer } from './contract.ts'
import { reasonsFor } from './judge-sale.ts'
import { itemName, type Known, type Links, linksOf } from './linked-names.ts'
import { marginBands } from './margin-bands.ts'
import type { Standing } from './order-facts.model.ts'
import { deliveredPercent, type Order, paymentState, shortOf, type SoldLine } from './order.model.ts'
import { can, orderDeeds } from './policy.ts'
import { bandOf, discountPercent, marginPercent, type MarginBands } from './pricing.model.ts'
import type { salesOrder } from './sales-order.document.ts'
import { waysOutFor } from './ways-out.ts'

type OrderView = View<typeof salesOrder>

/** Orders as the caller may see them, with the names of what they link to: a fixed number of queries, however many. */
export async function orderViews(
  tx: Tx,
  caller: Caller,
  orders: readonly Order[],
  known?: Known,
): Promise<OrderView[]> {
  const [document, links, payments, bands] = await Promise.all([
    documentFor(tx, 'sales_order'),
    linksOf(tx, caller, orders, known),
    paymentsOf(tx, orders),
    marginBands(tx),
  ])
  const views = orders.map((order) => {
    const payment = payments.get(order.id)
    const whole = order.state === 'closed' ? order.deliveredGross : order.grossTotal
    const toPay = whole.minus(payment?.credited ?? 0)
    const row = {
      ...order,
      ...marginOf(order, bands),
      paymentState: paymentState(toPay, payment?.paid ?? new Decimal(0)),
      deliveredPercent: deliveredPercent(order),
    }
    const lines = order.lines.map((line) => ({
      ...soldLineRow(line, links),
      short: shortOf(line),
      names: { itemId: lineItemName(line, links), warehouseId: links.warehouses.get(line.warehouseId) ?? '' },
    }))
    const view = present(document, caller, row, {
      can: can(caller, orderDeeds, order.state),
      names: links.names(order),
      lines,
    })
    return view // documentFor answers the order's own descriptor, with the company's fields beside it
  })
  return withOwnNames(tx, caller, document, views)
}

/** Only an order of which less counts as ordered than it comes to can owe anything. */
async function paymentsOf(tx: Tx, orders: readonly Order[]): Promise<Map<string, OrderPayment>> {
  const owing = orders.filter((order) => order.confirmedAt && !order.exposed.eq(order.grossTotal))
  return owing.length > 0
    ? paymentOf(
        tx,
        owing.map((order) => order.id),
      )
    : new Map()
}

export async function orderView(tx: Tx, caller: Caller, order: Order, known?: Known): Promise<OrderView> {
  const [view] = await orderViews(tx, caller, [order], known)
  return view!
}

/** What a command on an order answers. Ways out are told while it waits, where the caller of this knows how credit stands. */
export async function orderAnswer(
  tx: Tx,
  caller: Caller,
  order: Order,
  { standing, known }: { standing?: Standing; known?: Known } = {},
): Promise<OrderAnswer> {
  return {
    order: await orderView(tx, caller, order, known),
    reasons: await reasonsFor(tx, caller, 'sales_order', order.reasons),
    waysOut: standing && order.state === 'submitted' ? waysOutFor(caller, order.reasons, standing, order.lines) : [],
  }
}

/** An order as the audit compares it: what was typed stands as text. */
export const auditedOrder = (order: Order): Row & { lines: Row[] } => ({
  ...order,
  lines: order.lines.map((line) => ({ ...line, entered: enteredText(line.entered) })),
})

/** The margin of a document, and the band in which it stands. */
export function marginOf(totals: { netTotal: Decimal; costTotal: Decimal }, bands: MarginBands) {
  const margin = marginPercent({ net: totals.netTotal, cost: totals.costTotal })
  return { marginPercent: margin, marginBand: bandOf(margin, bands) }
}

/** What a line of goods shows besides what it stores. */
export const soldLineRow = (line: SoldLine, links: Links): Row & { names: Record<string, string> } => ({
  ...line,
  entered: enteredText(line.entered),
  discountPercent: discountPercent(line),
  marginPercent: marginPercent(line),
  names: { itemId: lineItemName(line, links) },
})

const lineItemName = (line: SoldLine, links: Links): string => {
  const item = links.items.get(line.itemId)
  return item ? itemName(item) : ''
}

/** '12 箱 7 支', as it was typed. */
export const enteredText = (entered: Entered): string =>
  entered.map(({ quantity, unit }) => `${quantity} ${unit}`).join(' ')
