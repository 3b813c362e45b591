import { baseUnit, Decimal, type Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card, CardPart } from '../card.ts'
import { bareQuantity, quantity, table, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'stock.item'>
type Stock = Awaited<ReturnType<typeof inventoryActions.itemStock>>
type Stood = Awaited<ReturnType<typeof inventoryActions.itemAsAt>>

/** Available first, then how it comes about, per warehouse, and what is on the way. */
export async function answerStock(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  if (query.day) return answerStockOn(caller, { ...query, day: query.day }, lang)
  if (query.itemIds.length > fullMax) return answerFamily(caller, query, lang)
  const en = lang === 'en'
  const [where, ...stocks] = await stocksOf(caller, query, en)
  const [first] = stocks
  const isOne = stocks.length === 1
  return {
    colour: 'blue',
    title: stocks.map((stock) => itemLabel(stock.item)).join('、'),
    parts: [
      ...stocks.flatMap((stock) => stockParts(stock, query.warehouseId, lang, isOne ? '' : itemLabel(stock.item))),
      understood(
        first?.at ?? caller.at,
        lang,
        en ? 'stock' : '库存',
        stocks.map((stock) => stock.item.code).join('、'),
        where,
      ),
    ],
    buttons: first && isOne ? nextSteps(first, lang) : [],
    link:
      first && isOne
        ? { label: en ? 'Moves and lots' : '流水、批次、占用明细', path: `/stock/${first.item.id}` }
        : undefined,
  }
}

/** More than these are told of in a line each. */
const fullMax = 3

/** Where it is asked for, in words, then what there is of each item. */
const stocksOf = (caller: Caller, { itemIds, warehouseId }: Pick<Query, 'itemIds' | 'warehouseId'>, en: boolean) =>
  Promise.all([
    warehouseWords(caller, warehouseId, en),
    ...itemIds.map((itemId) => ask(caller, inventoryActions.itemStock, { itemId })),
  ])

/** All that is called by one name, a line for each, and together where they are counted alike. */
async function answerFamily(caller: Caller, { itemIds, warehouseId }: Query, lang: Lang): Promise<Card> {
  const en = lang === 'en'
  const [where, ...stocks] = await stocksOf(caller, { itemIds, warehouseId }, en)
  const here = stocks.map((stock) => ({ ...stock, ...standsIn(stock, warehouseId) }))
  const [first] = here
  const isAlike = here.every(({ item }) => baseUnit(item.units) === (first && baseUnit(first.item.units)))
  const available = Decimal.sum(0, ...here.map((one) => one.available)).toString()
  return {
    colour: 'blue',
    title: familyName(here.map(({ item }) => item.name)),
    parts: [
      ...(first && isAlike
        ? [
            {
              kind: 'figure' as const,
              value: bareQuantity(available, first.item.units),
              label: en ? `${here.length} items, available together` : `${here.length} 种合计可用`,
            },
          ]
        : []),
      table(
        en ? ['Item', '#Available', '#On hand'] : ['商品', '#可用', '#现存'],
        here.map((one) => [
          [{ text: itemLabel(one.item), path: `/stock/${one.item.id}` }],
          bareQuantity(one.available, one.item.units),
          bareQuantity(one.onHand, one.item.units),
        ]),
      ),
      understood(first?.at ?? caller.at, lang, en ? 'stock' : '库存', where),
    ],
    buttons: [],
    link: { label: en ? 'Stock' : '库存列表', path: '/stock' },
  }
}

const familyName = (names: readonly string[]): string => [...new Set(names)].join('、')

const nothing = { available: '0', onHand: '0', reserved: '0' }
const standsIn = (stock: Stock, warehouseId: string | undefined) =>
  warehouseId ? (stock.warehouses.find((one) => one.id === warehouseId) ?? nothing) : stock

const nextSteps = ({ item, expected }: Stock, lang: Lang) => [
  ...(expected.length > 0
    ? [nextStep('coming', lang === 'en' ? 'On the way' : '在途', { intent: 'stock.in_transit', itemId: item.id }, lang)]
    : []),
  nextStep('moves', lang === 'en' ? 'Moves' : '流水', { intent: 'stock.moves', itemId: item.id }, lang),
]

function stockParts(stock: Stock, warehouseId: string | undefined, lang: Lang, name: string): CardPart[] {
  const en = lang === 'en'
  const { units } = stock.item
  const here = standsIn(stock, warehouseId)
  const coming = stock.expected.filter((one) => !warehouseId || one.warehouseId === warehouseId)
  const available = en ? 'available' : '可用'
  return [
    { kind: 'figure', value: quantity(here.available, units), label: name ? `${name} · ${available}` : available },
    {
      kind: 'facts',
      facts: [
        { label: en ? 'On hand' : '现存', value: quantity(here.onHand, units) },
        { label: en ? 'Reserved' : '占用', value: quantity(here.reserved, units) },
        ...(coming.length > 0 ? [{ label: en ? 'On the way' : '在途', value: coming.map(arrival).join('；') }] : []),
      ],
    },
    ...(!warehouseId && stock.warehouses.length > 1 ? [warehouseTable(stock, en)] : []),
  ]
}

const arrival = (one: Stock['expected'][number]): string => `${one.on ? `${one.on} ` : ''}${one.shown}`

const warehouseTable = ({ warehouses, item }: Stock, en: boolean): CardPart =>
  table(
    en ? ['Warehouse', '#Available', '#On hand', '#Reserved'] : ['仓库', '#可用', '#现存', '#占用'],
    warehouses.map((one) => [
      one.name,
      ...[one.available, one.onHand, one.reserved].map((amount) => bareQuantity(amount, item.units)),
    ]),
  )

async function warehouseWords(caller: Caller, warehouseId: string | undefined, en: boolean): Promise<string> {
  if (!warehouseId) return en ? 'all warehouses' : '全部仓库'
  const { rows } = await ask(caller, inventoryActions.warehouses, {})
  return rows.find(({ id }) => id === warehouseId)?.name ?? (en ? 'that warehouse' : '该仓')
}

/** What items stood at, at the end of a day that is over. */
async function answerStockOn(caller: Caller, { itemIds, warehouseId, day }: Query & { day: string }, lang: Lang) {
  const stood = await Promise.all(itemIds.map((itemId) => ask(caller, inventoryActions.itemAsAt, { itemId, day })))
  const en = lang === 'en'
  const onHand = (one: Stood): string =>
    warehouseId ? (one.warehouses.find((place) => place.id === warehouseId)?.onHand ?? '0') : one.onHand
  const card: Card = {
    colour: 'blue',
    title: stood.map((one) => itemLabel(one.item)).join('、'),
    parts: [
      ...stood.map((one): CardPart => ({
        kind: 'figure',
        value: quantity(onHand(one), one.item.units),
        label: en
          ? `${itemLabel(one.item)} · on hand at the end of ${day}`
          : `${itemLabel(one.item)} · ${day} 日终现存`,
      })),
      { kind: 'note', text: en ? `Understood as: stock on ${day}` : `理解为：${day} 的现存量` },
    ],
    buttons: [],
  }
  return card
}
