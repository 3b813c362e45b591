import { Decimal, type FieldKind, showQuantity, showValue, toMoney, toPercent, toPrice } from '#contract'
import type { Background } from '#contract/engines/approvals'
import { type Caller, canRead, has, visibleWarehouses } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { availability } from '#server/modules/inventory'
import { creditView } from './judge-sale.ts'
import { itemName } from './linked-names.ts'
import { usedPercent } from './order-facts.model.ts'
import { lastPaidPrices, type PaidPrice } from './order-list-store.ts'
import { findOrder } from './order-store.ts'
import { type Order, type OrderLine, shortOf, type SoldLine } from './order.model.ts'
import { findQuotation } from './quotation-store.ts'
import { standingOfOrder } from './settle-order.ts'
import { waysOutFor } from './ways-out.ts'

type Table = Extract<Background, { kind: 'table' }>
type Piece = Table['rows'][number][number][number]
type Sold = { customerId: string; lines: readonly SoldLine[] }

/** A card is read in seconds: more lines than this are counted, not shown. */
const linesMax = 5

const words = {
  credit: { zh: '信用', en: 'Credit' },
  owed: { zh: '已发货未收款', en: 'Delivered, not paid' },
  ordered: { zh: '已下单未发货', en: 'Ordered, not delivered' },
  advance: { zh: '预收款', en: 'Paid in advance' },
  thisOrder: { zh: '本单', en: 'This order' },
  after: { zh: '本单后信用占用', en: 'Credit used with this order' },
  limit: { zh: '信用额度', en: 'Credit limit' },
  overdue: { zh: '逾期', en: 'Overdue' },
  ways: { zh: '不超线的办法', en: 'Ways below the line' },
  lines: { zh: '商品', en: 'Goods' },
  item: { zh: '商品', en: 'Item' },
  quantity: { zh: '数量', en: 'Quantity' },
  price: { zh: '单价', en: 'Price' },
  last: { zh: '最近成交', en: 'Last paid' },
  stock: { zh: '库存', en: 'Stock' },
}

/** What somebody who decides on an order wants to see: the customer's credit by its parts, ways below the line, the goods. */
export async function orderBackground(tx: Tx, caller: Caller, orderId: string): Promise<Background[]> {
  const order = await findOrder(tx, orderId)
  if (!order) return []
  return [...(await creditOf(tx, caller, order)), await goodsOf(tx, caller, order, heldOf(caller, order.lines))]
}

/** The same for a quotation, which uses no credit yet and holds no goods. */
export async function quotationBackground(tx: Tx, caller: Caller, quotationId: string): Promise<Background[]> {
  const quotation = await findQuotation(tx, quotationId)
  if (!quotation) return []
  return [await goodsOf(tx, caller, quotation, await freeOf(tx, caller, quotation.lines))]
}

async function creditOf(tx: Tx, caller: Caller, order: Order): Promise<Background[]> {
  const { standing } = await standingOfOrder(tx, caller, order)
  const credit = creditView(caller, standing, order.grossTotal)
  if (!credit) return []
  const page = `/customers/${order.customerId}`
  const money = (value: string): string => show('money', value, caller)
  const used = `${money(credit.after)}（${toPercent(usedPercent(new Decimal(credit.after), standing.limit))}%）`
  const overdue = `${money(credit.overdueAmount)}（${days(credit.overdueDays, caller)}）`
  const ways = waysOutFor(caller, order.reasons, standing, order.lines)
  return [
    {
      kind: 'figures',
      title: words.credit,
      figures: [
        { label: words.owed, text: money(credit.owed), page: null },
        { label: words.ordered, text: money(credit.ordered), page: null },
        { label: words.thisOrder, text: money(toMoney(order.grossTotal)), page: null },
        { label: words.after, text: used, page },
        { label: words.limit, text: money(credit.limit), page: null },
        ...(Number(credit.advance) > 0
          ? [{ label: words.advance, text: `−${money(credit.advance)}`, page: null }]
          : []),
        ...(credit.overdueDays > 0 ? [{ label: words.overdue, text: overdue, page: null }] : []),
      ],
    },
    ...(ways.length > 0 ? [{ kind: 'notes' as const, title: words.ways, notes: ways.map((way) => way.words) }] : []),
  ]
}

type StockOf = (line: SoldLine, item: ItemFacts) => string

/** The lines with what was last paid for the same goods, and how far they are in stock: what the viewer may see of it. */
async function goodsOf(tx: Tx, caller: Caller, sold: Sold, stockOf: StockOf | undefined): Promise<Table> {
  const lines = sold.lines.slice(0, linesMax)
  const itemIds = [...new Set(lines.map((line) => line.itemId))]
  const items = await itemsByIds(tx, itemIds)
  const seesPrices = canRead(caller, 'amount')
  const paid = seesPrices ? await lastPaidPrices(tx, sold.customerId, itemIds) : []
  return {
    kind: 'table',
    title: words.lines,
    columns: [
      words.item,
      words.quantity,
      ...(seesPrices ? [words.price, words.last] : []),
      ...(stockOf ? [words.stock] : []),
    ],
    rows: lines.map((line) => {
      const item = items.get(line.itemId)!
      const last = paid.filter((one) => one.itemId === line.itemId)
      return [
        [{ text: itemName(item), page: `/stock/${item.id}` }],
        plain(showQuantity(line.quantity, item.units)),
        ...(seesPrices ? [plain(priceOf(line, caller)), lastPieces(last, caller)] : []),
        ...(stockOf ? [plain(stockOf(line, item))] : []),
      ]
    }),
    more: sold.lines.length - lines.length,
  }
}

/** Goods of an order are held for it since it was submitted; what could not be held is short. */
function heldOf(caller: Caller, lines: readonly OrderLine[]): StockOf | undefined {
  if (!has(caller, 'stock.read')) return undefined
  const short = new Map(lines.map((line) => [line.id, shortOf(line)]))
  const isEnglish = caller.lang === 'en'
  return (line, item) => {
    const missing = short.get(line.id) ?? new Decimal(0)
    if (missing.lte(0)) return isEnglish ? 'held' : '已留货'
    return `${isEnglish ? 'short of' : '缺'} ${showQuantity(missing, item.units)}`
  }
}

async function freeOf(tx: Tx, caller: Caller, lines: readonly SoldLine[]): Promise<StockOf | undefined> {
  if (!has(caller, 'stock.read')) return undefined
  const itemIds = [...new Set(lines.map((line) => line.itemId))]
  const free = await availability(tx, { itemIds, warehouses: visibleWarehouses(caller) })
  const label = caller.lang === 'en' ? 'free' : '可用'
  return ({ itemId }, item) => `${label} ${showQuantity(free.get(itemId)?.available ?? 0, item.units)}`
}

/** The price, and the rule's own beside it where somebody chose another. */
function priceOf({ price, rulePrice }: SoldLine, caller: Caller): string {
  const chosen = show('price', toPrice(price), caller)
  if (price.eq(rulePrice)) return chosen
  return `${chosen}（${caller.lang === 'en' ? 'list' : '价目'} ${toPrice(rulePrice)}）`
}

function lastPieces(paid: readonly PaidPrice[], caller: Caller): Piece[] {
  if (paid.length === 0) return plain(caller.lang === 'en' ? 'never' : '首次')
  return paid.map(({ price, orderId }) => ({ text: toPrice(price), page: `/orders/${orderId}` }))
}

const plain = (text: string): Piece[] => [{ text, page: null }]
const show = (kind: 'money' | 'price', value: string, { lang }: Caller): string =>
  showValue({ kind } satisfies FieldKind, value, lang)
const days = (count: number, { lang }: Caller): string => (lang === 'en' ? `${count} days` : `最长 ${count} 天`)
