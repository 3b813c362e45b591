import { baseUnit, Decimal, type Lang, Refusal, toBase, toQuantity } from '#contract'
import { dayAt } from '#kernel/days'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card, CardPart } from '../card.ts'
import { bareQuantity, quantity, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'
import type { AskedQuantity } from './query-parts.ts'

type Query = QueryOf<'stock.atp'>
type Stock = Awaited<ReturnType<typeof inventoryActions.itemStock>>

/** Whether so much can be promised: what is free, what comes until then, and from when on it would be enough. */
export async function answerAvailability(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const stocks = await Promise.all(query.itemIds.map((itemId) => ask(caller, inventoryActions.itemStock, { itemId })))
  const en = lang === 'en'
  const [first] = stocks
  return {
    colour: 'blue',
    title: stocks.map((stock) => itemLabel(stock.item)).join('、'),
    parts: [
      ...stocks.flatMap((stock) => promiseParts(stock, query, dayAt(caller.at), lang)),
      understood(
        first?.at ?? caller.at,
        lang,
        en ? 'available to promise' : '可用量',
        stocks.map((stock) => stock.item.code).join('、'),
        query.by && (en ? `until ${query.by}` : `到 ${query.by}`),
      ),
    ],
    buttons: first
      ? [nextStep('stock', en ? 'Stock' : '库存', { intent: 'stock.item', itemIds: query.itemIds }, lang)]
      : [],
    link: first && { label: en ? 'Moves and lots' : '流水、批次、占用明细', path: `/stock/${first.item.id}` },
  }
}

function promiseParts(
  stock: Stock,
  { quantity: wanted, by, warehouseId }: Query,
  today: string,
  lang: Lang,
): CardPart[] {
  const en = lang === 'en'
  const { units } = stock.item
  const here = warehouseId
    ? (stock.warehouses.find((one) => one.id === warehouseId) ?? { available: '0', onHand: '0', reserved: '0' })
    : stock
  const arrivals = stock.expected.filter((one) => !warehouseId || one.warehouseId === warehouseId)
  const inTime = arrivals.filter((one) => one.on !== null && one.on <= (by ?? today))
  const coming = Decimal.sum(0, ...inTime.map((one) => one.quantity))
  const free = new Decimal(here.available).plus(by ? coming : 0)
  const need = wanted && inBase(wanted, stock)
  return [
    need
      ? verdict(free, need, stock, en)
      : { kind: 'figure', value: quantity(toQuantity(free), units), label: en ? 'can be sold' : '可卖' },
    {
      kind: 'facts',
      facts: [
        ...(wanted ? [{ label: en ? 'Available' : '可用', value: quantity(here.available, units) }] : []),
        { label: en ? 'On hand' : '现存', value: quantity(here.onHand, units) },
        { label: en ? 'Reserved' : '占用', value: quantity(here.reserved, units) },
        { label: comingLabel(by, en), value: bareQuantity(toQuantity(by ? coming : sumOf(arrivals)), units) },
        ...(need && free.lt(need)
          ? [
              {
                label: en ? 'Enough from' : '够数的日期',
                value: enoughFrom(new Decimal(here.available), need, arrivals, en),
              },
            ]
          : []),
      ],
    },
  ]
}

const comingLabel = (by: string | undefined, en: boolean): string =>
  by ? (en ? `Comes until ${by}` : `${by} 前到货`) : en ? 'On the way' : '在途'
const sumOf = (arrivals: Stock['expected']): Decimal => Decimal.sum(0, ...arrivals.map((one) => one.quantity))

/** A quantity in one of the item's units; a unit that the item does not have is answered as such. */
export function inBase(wanted: AskedQuantity, { item }: Stock): Decimal {
  const unit = wanted.unit && item.units.some((one) => one.unit === wanted.unit) ? wanted.unit : baseUnit(item.units)
  if (wanted.unit && wanted.unit !== unit && wanted.unit !== '个')
    throw new Refusal('unknown_unit', { unit: wanted.unit, units: item.units.map((one) => one.unit).join('、') })
  return new Decimal(toBase([{ unit, quantity: wanted.n }], item.units))
}

function verdict(free: Decimal, need: Decimal, { item }: Stock, en: boolean): CardPart {
  const asked = quantity(toQuantity(need), item.units)
  if (free.gte(need)) return { kind: 'figure', value: en ? 'Enough' : '够', label: en ? `for ${asked}` : `要 ${asked}` }
  const short = bareQuantity(toQuantity(need.minus(free)), item.units)
  return { kind: 'figure', value: en ? `Short of ${short}` : `差 ${short}`, label: en ? `for ${asked}` : `要 ${asked}` }
}

function enoughFrom(free: Decimal, need: Decimal, arrivals: Stock['expected'], en: boolean): string {
  let there = free
  for (const { on, quantity: more } of arrivals
    .filter((one) => one.on !== null)
    .toSorted((a, b) => (a.on! < b.on! ? -1 : 1))) {
    there = there.plus(more)
    if (there.gte(need)) return on!
  }
  return en ? 'not with what is on the way' : '在途到齐也不够'
}
