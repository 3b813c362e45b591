import { Decimal, type Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card } from '../card.ts'
import { allPages } from './all-pages.ts'
import { bareQuantity, moreNote, period, tableOr, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'stock.in_transit'>
const readMax = 100
const rowsMax = 8

/** What is on the way: of an item, or all goods that are expected from a supplier, in a warehouse, within some days. */
export async function answerArrivals(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { itemId, itemIds, category } = query
  if (itemId) return ofItem(caller, { ...query, itemId }, lang)
  if (itemIds) return ofItems(caller, query, itemIds, lang)
  return category
    ? ofItems(caller, query, await comingOf(caller, { ...query, category }), lang)
    : ofDocuments(caller, query, lang)
}

/** The items of a category that are on the way. */
async function comingOf(caller: Caller, { category, warehouseId }: Query & { category: string }): Promise<string[]> {
  const { rows } = await allPages((cursor) =>
    ask(caller, inventoryActions.stock, { category, warehouseId, limit: readMax, cursor }),
  )
  return rows.filter(({ incoming }) => Number(incoming) > 0).map(({ item }) => item.id)
}

/** Several items together: each with how much of it comes, and when first. */
async function ofItems(caller: Caller, query: Query, ids: readonly string[], lang: Lang): Promise<Card> {
  const isFrom = await sentBy(caller, query.supplierId)
  const stocks = await Promise.all(ids.map((itemId) => ask(caller, inventoryActions.itemStock, { itemId })))
  const en = lang === 'en'
  const rows = stocks.flatMap(({ item, expected }) => {
    const coming = expected.filter((one) => isFrom(one) && isWithin(one.on, query) && isIn(one.warehouseId, query))
    const [first] = coming
    return first ? [{ item, first, total: Decimal.sum(...coming.map((one) => one.quantity)) }] : []
  })
  const title = en ? 'Goods on the way' : '在途货物'
  return {
    colour: 'blue',
    title,
    parts: [
      tableOr(
        en ? ['Item', '#On the way', 'First on'] : ['商品', '#在途', '最早到货'],
        rows.map(({ item, first, total }) => [
          [{ text: itemLabel(item), path: `/stock/${item.id}` }],
          bareQuantity(total.toString(), item.units),
          first.on ?? (en ? 'not known' : '未定'),
        ]),
        en ? 'Nothing is on the way.' : '没有在途。',
      ),
      understood(caller.at, lang, title, named(stocks, query), period(query.from, query.to, lang)),
    ],
    buttons: [],
    link: { label: en ? 'Goods receipts' : '入库单', path: '/stock/receipts' },
  }
}

const named = (stocks: readonly { item: { name: string } }[], { category }: Query): string =>
  category ?? [...new Set(stocks.map(({ item }) => item.name))].join('、')

async function ofItem(caller: Caller, query: Query & { itemId: string }, lang: Lang): Promise<Card> {
  const { item, expected, at } = await ask(caller, inventoryActions.itemStock, { itemId: query.itemId })
  const en = lang === 'en'
  const isFrom = await sentBy(caller, query.supplierId)
  const rows = expected.filter((one) => isFrom(one) && isWithin(one.on, query) && isIn(one.warehouseId, query))
  return {
    colour: 'blue',
    title: `${itemLabel(item)} · ${en ? 'on the way' : '在途'}`,
    parts: [
      tableOr(
        en ? ['Expected', 'Quantity', 'To', 'Document'] : ['预计到货', '数量', '到', '单据'],
        rows.map((one) => [
          one.on ?? (en ? 'not known' : '未定'),
          one.shown,
          one.from ? `${one.from} → ${one.warehouse}` : one.warehouse,
          one.source.number,
        ]),
        en ? 'Nothing is on the way.' : '没有在途。',
      ),
      understood(at, lang, en ? 'on the way' : '在途', item.code, period(query.from, query.to, lang)),
    ],
    buttons: [nextStep('stock', en ? 'Stock' : '库存', { intent: 'stock.item', itemIds: [query.itemId] }, lang)],
    link: { label: en ? 'Moves and lots' : '流水、批次、占用明细', path: `/stock/${query.itemId}` },
  }
}

type Coming = { source: { number: string | null } }
/** What one supplier sends; where none is named, all that comes. */
async function sentBy(caller: Caller, supplierId: string | undefined): Promise<(one: Coming) => boolean> {
  if (!supplierId) return () => true
  const { rows } = await ask(caller, inventoryActions.goodsReceipts, { state: 'expected', supplierId, limit: readMax })
  const numbers = new Set(rows.map(({ number }) => number))
  return ({ source }) => numbers.has(source.number)
}

async function ofDocuments(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { rows } = await ask(caller, inventoryActions.goodsReceipts, {
    state: 'expected',
    warehouseId: query.warehouseId,
    supplierId: query.supplierId,
    limit: readMax,
  })
  const en = lang === 'en'
  const found = rows
    .filter((one) => isWithin(one.expectedOn, query))
    .toSorted((a, b) => ((a.expectedOn ?? '9') < (b.expectedOn ?? '9') ? -1 : 1))
  const [named] = found
  return {
    colour: 'blue',
    title: en ? 'Goods on the way' : '在途货物',
    parts: [
      tableOr(
        en ? ['Expected', 'Supplier', 'To', 'Document'] : ['预计到货', '供应商', '到', '单据'],
        found
          .slice(0, rowsMax)
          .map((one) => [
            one.expectedOn ?? (en ? 'not known' : '未定'),
            one.names['supplierId'] ?? '—',
            one.names['warehouseId'] ?? '',
            [{ text: one.number ?? '', path: `/stock/receipts/${one.id}` }],
          ]),
        en ? 'Nothing is on the way.' : '没有在途。',
      ),
      ...moreNote(found.length > rowsMax, lang),
      understood(
        caller.at,
        lang,
        en ? 'on the way' : '在途',
        query.supplierId && named?.names['supplierId'],
        query.warehouseId && named?.names['warehouseId'],
        period(query.from, query.to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Goods receipts' : '入库单', path: '/stock/receipts' },
  }
}

const isWithin = (on: string | null | undefined, { from, to }: Query): boolean =>
  !from || !to || (on != null && on >= from && on <= to)
const isIn = (warehouseId: string, query: Query): boolean => !query.warehouseId || query.warehouseId === warehouseId
