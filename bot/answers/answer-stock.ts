import { baseUnit, type Lang, showQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card, CardPart } from '../card.ts'
import { moment } from '../cards/moment.ts'
import { itemLabel } from './fill.ts'
import { nextStep } from './next-step.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'stock.item'>
type Stock = Awaited<ReturnType<typeof inventoryActions.itemStock>>
type Stood = Awaited<ReturnType<typeof inventoryActions.itemAsAt>>
type Units = Stock['item']['units']

/** Available first, then how it comes about, per warehouse, and what is on the way. */
export async function answerStock(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  if (query.day) return answerStockOn(caller, { ...query, day: query.day }, lang)
  const stocks = await Promise.all(query.itemIds.map((itemId) => ask(caller, inventoryActions.itemStock, { itemId })))
  const en = lang === 'en'
  const [first] = stocks
  const isOne = stocks.length === 1
  return {
    colour: 'blue',
    title: stocks.map((stock) => itemLabel(stock.item)).join('、'),
    parts: [
      ...stocks.flatMap((stock) => stockParts(stock, query.warehouseId, lang, isOne ? '' : itemLabel(stock.item))),
      { kind: 'note', text: understood(stocks, query, lang) },
    ],
    buttons:
      first && isOne && first.expected.length > 0
        ? [nextStep('coming', en ? 'On the way' : '在途', { intent: 'stock.coming', itemId: first.item.id }, lang)]
        : [],
    link:
      first && isOne
        ? { label: en ? 'Moves and lots' : '流水、批次、占用明细', path: `/stock/${first.item.id}` }
        : undefined,
  }
}

function stockParts(stock: Stock, warehouseId: string | undefined, lang: Lang, name: string): CardPart[] {
  const en = lang === 'en'
  const { units } = stock.item
  const here = warehouseId
    ? (stock.warehouses.find((one) => one.id === warehouseId) ?? { available: '0', onHand: '0', reserved: '0' })
    : stock
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

const warehouseTable = ({ warehouses, item }: Stock, en: boolean): CardPart => ({
  kind: 'table',
  columns: [
    { label: en ? 'Warehouse' : '仓库' },
    ...(en ? ['Available', 'On hand', 'Reserved'] : ['可用', '现存', '占用']).map((label) => ({
      label,
      isNumber: true,
    })),
  ],
  rows: warehouses.map((one) => [
    one.name,
    ...[one.available, one.onHand, one.reserved].map((amount) => bareQuantity(amount, item.units)),
  ]),
})

/** In the base unit, and in packs where that reads otherwise: 18,000 支（18 箱）. */
function quantity(base: string, units: Units): string {
  const plain = bareQuantity(base, units)
  const packed = showQuantity(base, units)
  return packed === plain ? plain : `${plain}（${packed}）`
}

const bareQuantity = (base: string, units: Units): string =>
  showQuantity(
    base,
    units.filter((one) => one.unit === baseUnit(units)),
  )

function understood(stocks: Stock[], { warehouseId }: Query, lang: Lang): string {
  const en = lang === 'en'
  const everywhere = en ? 'all warehouses' : '全部仓库'
  const warehouse = warehouseId
    ? (stocks[0]?.warehouses.find((one) => one.id === warehouseId)?.name ?? (en ? 'that warehouse' : '该仓'))
    : everywhere
  const codes = stocks.map((stock) => stock.item.code).join('、')
  const at = moment(stocks[0]?.at ?? new Date())
  return en
    ? `Understood as: stock · ${codes} · ${warehouse} · as of ${at}`
    : `理解为：库存 · ${codes} · ${warehouse} · 截至 ${at}`
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

/** What is on the way of an item: how much, from where, and when. */
export async function answerComing(caller: Caller, { itemId }: QueryOf<'stock.coming'>, lang: Lang): Promise<Card> {
  const { item, expected, at } = await ask(caller, inventoryActions.itemStock, { itemId })
  const en = lang === 'en'
  return {
    colour: 'blue',
    title: `${itemLabel(item)} · ${en ? 'on the way' : '在途'}`,
    parts: [
      expected.length === 0
        ? { kind: 'text', text: en ? 'Nothing is on the way.' : '没有在途。' }
        : {
            kind: 'table',
            columns: (en ? ['Expected', 'Quantity', 'To', 'Document'] : ['预计到货', '数量', '到', '单据']).map(
              (label) => ({ label }),
            ),
            rows: expected.map((one) => [
              one.on ?? (en ? 'not known' : '未定'),
              one.shown,
              one.from ? `${one.from} → ${one.warehouse}` : one.warehouse,
              one.source.number,
            ]),
          },
      { kind: 'note', text: en ? `As of ${moment(at)}` : `截至 ${moment(at)}` },
    ],
    buttons: [nextStep('stock', en ? 'Stock' : '库存', { intent: 'stock.item', itemIds: [itemId] }, lang)],
    link: { label: en ? 'Moves and lots' : '流水、批次、占用明细', path: `/stock/${itemId}` },
  }
}
