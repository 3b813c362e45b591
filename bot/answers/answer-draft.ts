import {
  baseUnit,
  Decimal,
  type Entered,
  type Lang,
  type Output,
  toBase,
  toPrice,
  toQuantity,
  type UnitRatio,
} from '#contract'
import type { sales } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { catalogActions } from '#server/modules/catalog'
import { inventoryActions } from '#server/modules/inventory'
import { partiesActions } from '#server/modules/parties'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import type { SaleDeed } from '../deeds/deed.ts'
import { propose } from '../deeds/proposal-card.ts'
import { answerOpenQuotations } from './answer-open-quotations.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'
import type { AskedQuantity } from './query-parts.ts'

type Query = QueryOf<'quote.draft'> | QueryOf<'order.draft'>
type Line = SaleDeed['lines'][number]

/** An order or a quotation as it was said: shown with what it comes to, to be confirmed. Nothing is written yet. */
export async function answerDraft(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  if (query.intent === 'order.draft' && query.ofQuotation && query.lines.length === 0)
    return answerOpenQuotations(caller, query.customerId, lang)
  const lines = query.isCopy && query.lines.length === 0 ? await copied(caller, query) : await said(caller, query)
  const open = 'problem' in lines ? lines.problem : undefined
  const warehouseId = query.warehouseId ?? (await usualWarehouse(caller))
  if (open || !('lines' in lines) || lines.lines.length === 0 || !warehouseId)
    return openDraft(caller, query, open ?? {}, lang)
  return propose(
    caller,
    {
      do: 'sale',
      document: query.intent === 'order.draft' ? 'sales_order' : 'quotation',
      customerId: query.customerId,
      warehouseId,
      lines: await priced(caller, query, warehouseId, lines.lines),
      unused: query.unused,
      backorder: false,
      promisedOn: query.intent === 'order.draft' ? query.promisedOn : undefined,
      holdDays: query.intent === 'quote.draft' ? query.holdDays : undefined,
    },
    lang,
  )
}

/** What keeps a draft from being whole. */
type Problem = { how?: string; unit?: string; units?: string; nothingBefore?: true }
type Found = { lines: Line[] } | { problem: Problem }

async function said(caller: Caller, { lines }: Query): Promise<Found> {
  const found: Line[] = []
  for (const { itemId, quantity, price } of lines) {
    const { item, units } = await ask(caller, catalogActions.item, { id: itemId })
    const name = itemLabel({ name: item.name ?? '', spec: item.spec ?? '', code: item.code ?? '' })
    if (!quantity || new Decimal(quantity.n).lte(0)) return { problem: { how: name, units: unitsOf(units) } }
    const unit = unitFor(quantity, units)
    if (!unit) return { problem: { how: name, unit: quantity.unit, units: unitsOf(units) } }
    const own = price && priceOfBase(price, units)
    if (price && !own) return { problem: { how: name, unit: price.unit, units: unitsOf(units) } }
    found.push({
      itemId,
      entered: [{ unit, quantity: quantity.n }],
      price: own ?? null,
      ...(own ? { priceFrom: 'said' as const } : {}),
    })
  }
  return { lines: found }
}

const unitsOf = (units: readonly UnitRatio[]): string => units.map(({ unit }) => unit).join('、')

/** 个 stands for whatever an item is counted in; any other unit must be one of its own. */
function unitFor({ unit }: AskedQuantity, units: readonly UnitRatio[]): string | undefined {
  if (unit === undefined) return baseUnit(units)
  if (units.some((one) => one.unit === unit)) return unit
  return unit === '个' ? baseUnit(units) : undefined
}

/** The same as last time, or so many times as much. */
async function copied(caller: Caller, { customerId, times = 1 }: Query): Promise<Found> {
  const { lines } = await ask(caller, salesActions.lastOrder, { id: customerId })
  if (lines.length === 0) return { problem: { nothingBefore: true } }
  return {
    lines: lines.map(({ itemId, entered }) => ({ itemId, entered: multiplied(entered, times), price: null })),
  }
}

const multiplied = (entered: Entered, times: number): Entered =>
  entered.map(({ unit, quantity }) => ({ unit, quantity: toQuantity(new Decimal(quantity).times(times)) }))

/** 120 a box is so much for each piece in it. */
function priceOfBase({ n, unit }: AskedQuantity, units: readonly UnitRatio[]): string | undefined {
  const of = unitFor({ n, unit }, units)
  return of && toPrice(new Decimal(n).div(toBase([{ unit: of, quantity: '1' }], units)))
}

/** What he named a price for keeps it; the rest is at the prices of last time, or so much less than usual, where he says so. */
async function priced(caller: Caller, query: Query, warehouseId: string, lines: Line[]): Promise<Line[]> {
  const open = lines.filter((line) => line.price === null)
  if (open.length === 0) return lines
  const found = query.basis
    ? await atLastPrices(caller, query.customerId, open)
    : query.discount
      ? await atDiscount(caller, query, query.discount, warehouseId, open)
      : open
  return lines.map((line) => (line.price === null ? found[open.indexOf(line)]! : line))
}

/** So many per cent of what the price rules say. */
async function atDiscount(
  caller: Caller,
  { customerId }: Query,
  percent: string,
  warehouseId: string,
  lines: Line[],
): Promise<Line[]> {
  const usual = await ask(caller, salesActions.previewOrder, {
    customerId,
    warehouseId,
    backorder: false,
    lines: lines.map(({ itemId, entered }) => ({ itemId, entered, price: null })),
  })
  return lines.map((line, i) => ({
    ...line,
    price: toPrice(new Decimal(usual.lines[i]!.price).times(percent).div(100).toDecimalPlaces(priceDecimals)),
    priceFrom: 'discount' as const,
  }))
}
/** As fine as people name prices. */
const priceDecimals = 4

type Paid = Output<(typeof sales)['endpoints']['lastPrices']>

async function atLastPrices(caller: Caller, customerId: string, lines: Line[]): Promise<Line[]> {
  const itemIds = lines.map(({ itemId }) => itemId)
  const { items }: Paid = await ask(caller, salesActions.lastPrices, { id: customerId, itemIds })
  return lines.map((line) => ({
    ...line,
    price: items.find(({ itemId }) => itemId === line.itemId)?.prices[0]?.price ?? null,
  }))
}

/** Where he sold from last, if it is still open; else the first warehouse that is his. */
async function usualWarehouse(caller: Caller): Promise<string | undefined> {
  const [{ rows: warehouses }, { rows: recent }] = await Promise.all([
    ask(caller, inventoryActions.warehouses, {}),
    ask(caller, salesActions.orders, { ownerId: caller.personId, limit: 1 }),
  ])
  const own = warehouses.filter(({ active, isMine }) => active && isMine)
  return own.find(({ id }) => id === recent[0]?.warehouseId)?.id ?? own[0]?.id
}

/** What is still missing is asked for; the next message may bring it. */
async function openDraft(caller: Caller, query: Query, problem: Problem, lang: Lang): Promise<Card> {
  const { customer } = await ask(caller, partiesActions.customer, { id: query.customerId })
  const en = lang === 'en'
  const isOrder = query.intent === 'order.draft'
  const name = customer.shortName ?? ''
  const what = isOrder ? (en ? 'Order' : '下单') : en ? 'Quotation' : '报价'
  const page = isOrder ? '/orders/new' : '/quotations/new'
  return {
    colour: 'blue',
    title: `${what} · ${name}`,
    parts: [{ kind: 'text', text: questionFor(problem, en) }],
    buttons: [],
    link: {
      label: en ? 'Write it in the app' : '到应用里填写',
      path: `${page}?customer=${query.customerId}&name=${encodeURIComponent(name)}`,
    },
  }
}

function questionFor({ how, unit, units, nothingBefore }: Problem, en: boolean): string {
  if (nothingBefore)
    return en
      ? 'This customer has ordered nothing yet: which items, and how many?'
      : '这家客户还没有下过单。要哪些商品，各多少？'
  if (unit)
    return en ? `${how} has no unit "${unit}"; it has ${units}.` : `${how} 没有单位「${unit}」，可用：${units}。`
  if (how) return en ? `How many of ${how}? (${units})` : `${how} 要多少？直接回复数量就行（${units}）。`
  return en ? 'Which items, and how many of each?' : '要哪些商品，各多少？直接回复就行，例如「膨胀螺栓 2 箱」。'
}
