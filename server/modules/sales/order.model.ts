import { Decimal, type Entered, type Text } from '#contract'
import type { PriceTrace } from '#contract/modules/catalog'
import type { Reason } from '#contract/engines/rules'
import { type Amounts, type Goods, shareBetween } from './pricing.model.ts'
import type { OrderState } from './sales-order.document.ts'

/** A rule that fired, with what it wanted done, as a document keeps it. */
export type FiredRule = Reason & { actions: { do: string; words?: Text }[] }

/** A line of goods at a price, as a quotation or an order keeps it. */
export type SoldLine = Goods &
  Amounts & {
    id: string
    position: number
    itemId: string
    entered: Entered
    priceRule: PriceTrace
    priceNote: string
    custom: Record<string, unknown>
  }
export type OrderLine = SoldLine & {
  warehouseId: string
  /** Held in stock for it and not yet delivered. */
  reserved: Decimal
  delivered: Decimal
  deliveredGross: Decimal
  promisedOn: string | null
}

export type Order = {
  id: string
  number: string | null
  customerId: string
  ownerId: string
  warehouseId: string
  state: OrderState
  quotationId: string | null
  orderedOn: string
  promisedOn: string | null
  termCode: string
  netTotal: Decimal
  taxTotal: Decimal
  grossTotal: Decimal
  costTotal: Decimal
  deliveredGross: Decimal
  /** What of it counts in the customer's exposure as ordered. */
  exposed: Decimal
  backorder: boolean
  reasons: FiredRule[]
  approvalId: string | null
  note: string
  address: string
  custom: Record<string, unknown>
  version: number
  createdAt: Date
  createdBy: string
  submittedAt: Date | null
  confirmedAt: Date | null
  lines: OrderLine[]
}

const zero = new Decimal(0)

/** What of a line is neither delivered nor held: it waits for goods to come in. */
export const shortOf = (line: Pick<OrderLine, 'quantity' | 'delivered' | 'reserved'>): Decimal =>
  line.quantity.minus(line.delivered).minus(line.reserved)

/** How much of the order's goods has left, in per cent of its amount (of its quantity where it costs nothing). */
export function deliveredPercent(order: Pick<Order, 'grossTotal' | 'deliveredGross' | 'lines'>): Decimal {
  if (order.grossTotal.gt(0)) return order.deliveredGross.times(100).div(order.grossTotal).toDecimalPlaces(2)
  return order.lines.length > 0 && order.lines.every(isDelivered) ? new Decimal(100) : zero
}

const isDelivered = (line: Pick<OrderLine, 'quantity' | 'delivered'>): boolean => line.delivered.gte(line.quantity)

/** A line after some more of it has left, taken from what was held for it first; and what that part costs the customer, with and without tax. */
export function delivered(line: OrderLine, quantity: Decimal): { line: OrderLine; gross: Decimal; net: Decimal } {
  const after = line.delivered.plus(quantity)
  const gross = shareBetween(line.gross, line.quantity, line.delivered, after)
  const net = shareBetween(line.net, line.quantity, line.delivered, after)
  const reserved = Decimal.max(zero, line.reserved.minus(quantity))
  return { line: { ...line, reserved, delivered: after, deliveredGross: line.deliveredGross.plus(gross) }, gross, net }
}

export const stateAfterDelivery = (lines: readonly OrderLine[]): 'partly_delivered' | 'delivered' =>
  lines.every(isDelivered) ? 'delivered' : 'partly_delivered'

type Arrival = { quantity: Decimal; on: string | null }

/** The day by which enough will have come in, when those who waited before get theirs first; null when nothing is announced. */
export function promisedOn(short: Decimal, waitingBefore: Decimal, incoming: readonly Arrival[]): string | null {
  const dated = incoming.filter((arrival): arrival is Arrival & { on: string } => arrival.on !== null)
  let missing = short.plus(waitingBefore)
  for (const arrival of dated.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
    missing = missing.minus(arrival.quantity)
    if (missing.lte(0)) return arrival.on
  }
  return null
}

/** How much has been paid of what the order comes to. */
export function paymentState(gross: Decimal, paid: Decimal): 'unpaid' | 'part' | 'paid' {
  if (paid.gte(gross)) return 'paid'
  return paid.gt(0) ? 'part' : 'unpaid'
}
