import { Decimal, Refusal } from '#contract'
import { type Caller, seesWarehouse } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { mergedCustom } from '#server/engines/forms'
import { warehouseNames } from '#server/modules/inventory'
import type { CustomerFacts } from '#server/modules/parties'
import type { OrderLineInput } from './contract.ts'
import type { Order, OrderLine, SoldLine } from './order.model.ts'
import { kept, priceGoods, type PricedLine, type WantedLine } from './price-goods.ts'
import { totalsOf } from './pricing.model.ts'

export type WantedOrderLine = WantedLine & { warehouseId: string }
export type PricedOrderLine = PricedLine & { warehouseId: string }

/** A line as it was sent, with the order's warehouse where it names none. */
export const wantedLine = (line: OrderLineInput, warehouseId: string): WantedOrderLine => ({
  itemId: line.itemId,
  entered: line.entered,
  price: line.price == null ? null : new Decimal(line.price),
  priceNote: line.priceNote ?? '',
  warehouseId: line.warehouseId ?? warehouseId,
  custom: mergedCustom({}, line.custom),
})

/** A line that is there already, to be priced anew: a price that somebody chose stays, the rule's own is asked again. */
export const sameLine = (line: SoldLine): WantedLine => ({
  itemId: line.itemId,
  entered: line.entered,
  price: line.price.eq(line.rulePrice) ? null : line.price,
  priceNote: line.priceNote,
  custom: line.custom,
})

/** Prices order lines for a customer on the day of the call. */
export async function pricedLines(
  tx: Tx,
  caller: Caller,
  customer: Pick<CustomerFacts, 'id' | 'level'>,
  wanted: readonly WantedOrderLine[],
): Promise<PricedOrderLine[]> {
  const priced = await priceGoods(tx, customer, dayAt(caller.at), wanted)
  return priced.map((line, i) => ({ ...line, warehouseId: wanted[i]!.warehouseId }))
}

/** Lines of a draft: nothing of them is held, delivered or promised. */
export const draftLines = (lines: readonly PricedOrderLine[]): OrderLine[] =>
  lines.map((line) => ({ ...kept(line), ...untouched }))

const zero = new Decimal(0)
/** Nothing of a line is held, delivered or promised. */
export const untouched = { reserved: zero, delivered: zero, deliveredGross: zero, promisedOn: null }

/** An order with these lines and what they add up to. */
export function withLines<T extends Pick<Order, 'lines'>>(order: T, lines: OrderLine[]) {
  const { net, tax, gross, cost } = totalsOf(lines)
  return { ...order, lines, netTotal: net, taxTotal: tax, grossTotal: gross, costTotal: cost }
}

type Start = Pick<
  Order,
  'id' | 'warehouseId' | 'quotationId' | 'promisedOn' | 'backorder' | 'note' | 'address' | 'custom'
>

/** A new order as it is before anybody has submitted it. It belongs to whoever the customer belongs to. */
export function newDraft(caller: Caller, customer: CustomerFacts, start: Start, lines: OrderLine[]): Order {
  return withLines(
    {
      ...start,
      number: null,
      customerId: customer.id,
      ownerId: customer.ownerId,
      state: 'draft' as const,
      orderedOn: dayAt(caller.at),
      termCode: customer.termCode,
      deliveredGross: zero,
      exposed: zero,
      reasons: [],
      approvalId: null,
      version: 1,
      createdAt: caller.at,
      createdBy: caller.personId,
      submittedAt: null,
      confirmedAt: null,
      lines,
    },
    lines,
  )
}

/** Refuses lines from a warehouse that is none of the caller's, with the field that names it; answers what the warehouses are called. */
export async function assertWarehouses(
  tx: Tx,
  caller: Caller,
  warehouseId: string,
  lines: readonly WantedOrderLine[] = [],
): Promise<ReadonlyMap<string, string>> {
  const known = await warehouseNames(tx)
  const places = [warehouseId, ...lines.map((line) => line.warehouseId)]
  const unknown = places.findIndex((place) => !known.has(place) || !seesWarehouse(caller, place))
  if (unknown < 0) return known
  const field = unknown === 0 ? 'warehouseId' : `lines.${unknown - 1}.warehouseId`
  const issue = { field, message: '没有这个仓库 / no such warehouse' }
  throw new Refusal('not_found', { what: { zh: '仓库', en: 'warehouse' } }, [issue])
}
