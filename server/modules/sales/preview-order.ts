import { Decimal, type Input, Refusal, showQuantity, toMoney, toPercent, toPrice, toQuantity } from '#contract'
import { allow, type Caller, canRead, visibleWarehouses } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { exposureOf } from '#server/modules/finance'
import { type Availability, availability } from '#server/modules/inventory'
import { customerFor } from '#server/modules/parties'
import type { OrderPreview, sales } from './contract.ts'
import { creditView, judge, reasonsFor, standingOf } from './judge-sale.ts'
import { itemBrief } from './linked-names.ts'
import { marginBands } from './margin-bands.ts'
import { type PricedOrderLine, pricedLines, wantedLine } from './order-draft.ts'
import { promisedOn } from './order.model.ts'
import { lineRefusal } from './price-goods.ts'
import { bandOf, discountPercent, marginPercent, type MarginBands, totalsOf } from './pricing.model.ts'
import { isAsQuotedBefore } from './see-quotation.ts'
import { waysOutFor } from './ways-out.ts'

type PreviewOrder = Input<(typeof sales)['endpoints']['previewOrder']>

/** What an order would come to, while it is typed: prices, stock, credit, and the rules that would fire. Nothing is written. */
export async function previewOrder(tx: Tx, caller: Caller, input: PreviewOrder): Promise<OrderPreview> {
  allow(caller, 'sales_order.write', { zh: '新建订单', en: 'create orders' })
  if (!canRead(caller, 'amount')) throw new Refusal('forbidden', { doing: { zh: '查看价格', en: 'see prices' } })
  const customer = await customerFor(tx, caller, input.customerId)
  const lines = await pricedLines(
    tx,
    caller,
    customer,
    input.lines.map((line) => wantedLine(line, input.warehouseId)),
  )
  const itemIds = [...new Set(lines.map((line) => line.itemId))]
  const stock = await availability(tx, { itemIds, warehouses: visibleWarehouses(caller) })
  const shorts = shortages(lines, stock)
  const exposure = (await exposureOf(tx, [customer.id])).get(customer.id)!
  const standing = await standingOf(tx, customer, dayAt(caller.at), exposure)
  const totals = totalsOf(lines)
  const sale = {
    totals,
    lines,
    isShort: shorts.some((short) => short.gt(0)),
    isAgreed: input.quotationId != null && (await isAsQuotedBefore(tx, input.quotationId, lines)),
    custom: {},
  }
  const { fired } = await judge(tx, 'sales_order', sale, customer, standing)
  const bands = await marginBands(tx)
  const margin = lines.length > 0 ? marginPercent(totals) : null
  return {
    lines: lines.map((line, i) => previewLine(caller, line, stock.get(line.itemId)!, shorts[i]!, bands)),
    netTotal: toMoney(totals.net),
    taxTotal: toMoney(totals.tax),
    grossTotal: toMoney(totals.gross),
    marginBand: lines.length > 0 ? bandOf(margin, bands) : null,
    marginPercent: margin && canRead(caller, 'margin') ? toPercent(margin) : null,
    credit: creditView(caller, standing, totals.gross),
    reasons: lines.length > 0 ? await reasonsFor(tx, caller, 'sales_order', fired) : [],
    waysOut: waysOutFor(caller, fired, standing, lines),
    at: caller.at.toISOString(),
  }
}

type Line = OrderPreview['lines'][number]

function previewLine(
  caller: Caller,
  line: PricedOrderLine,
  stock: Availability,
  short: Decimal,
  bands: MarginBands,
): Line {
  const margin = marginPercent(line)
  const refusal = lineRefusal(caller, line)
  return {
    item: itemBrief(line.item),
    quantity: toQuantity(line.quantity),
    quantityText: showQuantity(line.quantity, line.item.units),
    rule: line.priceRule,
    rulePrice: toPrice(line.rulePrice),
    price: toPrice(line.price),
    discountPercent: toPercent(discountPercent(line)),
    net: toMoney(line.net),
    tax: toMoney(line.tax),
    gross: toMoney(line.gross),
    marginBand: bandOf(margin, bands),
    marginPercent: margin && canRead(caller, 'margin') ? toPercent(margin) : null,
    availability: shownStock(stock),
    short: toQuantity(short),
    promisedOn: short.gt(0) ? promisedOn(short, new Decimal(0), stock.incoming) : null,
    problem: refusal ? { code: refusal.code, words: { zh: refusal.say('zh'), en: refusal.say('en') } } : null,
  }
}

/** What lines lack in their warehouses; lines of one item share what is there, in their order. */
function shortages(lines: readonly PricedOrderLine[], stock: ReadonlyMap<string, Availability>): Decimal[] {
  const left = new Map<string, Decimal>()
  return lines.map(({ itemId, warehouseId, quantity, item }) => {
    if (item.allowNegative) return new Decimal(0)
    const place = `${itemId} ${warehouseId}`
    const here = stock.get(itemId)?.warehouses.find((one) => one.warehouseId === warehouseId)
    const free = left.get(place) ?? Decimal.max(0, here?.available ?? 0)
    const taken = Decimal.min(free, quantity)
    left.set(place, free.minus(taken))
    return quantity.minus(taken)
  })
}

const shownStock = ({ warehouses, incoming, ...levels }: Availability): Line['availability'] => ({
  ...shownLevels(levels),
  warehouses: warehouses.map(({ warehouseId, name, ...here }) => ({ warehouseId, name, ...shownLevels(here) })),
  incoming: incoming.map((arrival) => ({ ...arrival, quantity: toQuantity(arrival.quantity) })),
})

const shownLevels = ({ onHand, reserved, available }: Pick<Availability, 'onHand' | 'reserved' | 'available'>) => ({
  onHand: toQuantity(onHand),
  reserved: toQuantity(reserved),
  available: toQuantity(available),
})
