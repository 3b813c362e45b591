import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card, CardPart } from '../card.ts'
import { bareQuantity, moreNote, tableOr, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

type Stock = Awaited<ReturnType<typeof inventoryActions.itemStock>>
type Lot = Stock['lots'][number]
const rowsMax = 10

/** The lots of an item, the one that goes first marked; or where a lot is, by its code. */
export const answerLots = (caller: Caller, query: QueryOf<'stock.lot'>, lang: Lang): Promise<Card> =>
  query.itemId ? lotsOf(caller, { ...query, itemId: query.itemId }, lang) : lotCalled(caller, query, lang)

async function lotsOf(caller: Caller, query: QueryOf<'stock.lot'> & { itemId: string }, lang: Lang): Promise<Card> {
  const stock = await ask(caller, inventoryActions.itemStock, { itemId: query.itemId })
  const { code } = query
  const there = stock.lots.filter((lot) => !query.warehouseId || lot.warehouseId === query.warehouseId)
  const lots = code ? there.filter((lot) => lot.code.toLowerCase().includes(code.toLowerCase())) : there
  const en = lang === 'en'
  const none =
    stock.item.tracking === 'lot'
      ? en
        ? 'There is no such lot in stock.'
        : '没有这样的在库批次。'
      : en
        ? 'This item is not kept by lot.'
        : '这个商品不按批次管理。'
  return {
    colour: 'blue',
    title: `${itemLabel(stock.item)} · ${en ? 'lots' : '批次'}`,
    parts: [
      lotTable(
        lots.slice(0, rowsMax),
        there.find((lot) => !lot.isExpired),
        stock,
        none,
        en,
      ),
      ...moreNote(lots.length > rowsMax, lang),
      understood(stock.at, lang, en ? 'lots' : '批次', stock.item.code, code),
    ],
    buttons: [nextStep('stock', en ? 'Stock' : '库存', { intent: 'stock.item', itemIds: [query.itemId] }, lang)],
    link: { label: en ? 'Moves and lots' : '流水、批次、占用明细', path: `/stock/${query.itemId}` },
  }
}

const lotTable = (lots: readonly Lot[], first: Lot | undefined, { item }: Stock, none: string, en: boolean): CardPart =>
  tableOr(
    en ? ['Lot', '#On hand', 'Warehouse', 'Expires'] : ['批次', '#数量', '仓库', '有效期至'],
    lots.map((lot) => [
      lot === first ? `${lot.code}（${en ? 'goes first' : '先出'}）` : lot.code,
      bareQuantity(lot.onHand, item.units),
      lot.warehouse,
      lot.expiresOn ? `${lot.expiresOn}${lot.isExpired ? (en ? ' expired' : ' 已过期') : ''}` : '—',
    ]),
    none,
  )

/** Where a lot of that code is, and how much of it; by its item where several have one called so. */
async function lotCalled(caller: Caller, query: QueryOf<'stock.lot'>, lang: Lang): Promise<Card> {
  const { code = '', itemIds, warehouseId } = query
  const { found } = await ask(caller, inventoryActions.stockTrace, { code })
  const lots = found.filter(({ item }) => !itemIds || itemIds.includes(item.id)).slice(0, rowsMax)
  const stocks = await Promise.all(lots.map(({ item }) => ask(caller, inventoryActions.itemStock, { itemId: item.id })))
  const en = lang === 'en'
  const rows = lots.flatMap((lot, i) => {
    const { item, lots: all } = stocks[i]! // one for each lot
    const there = all.filter((one) => one.code === lot.code && (!warehouseId || one.warehouseId === warehouseId))
    const label = [{ text: itemLabel(item), path: `/stock/${item.id}` }]
    const until = lot.expiresOn ?? '—'
    return there.length > 0
      ? there.map((one) => [label, lot.code, bareQuantity(one.onHand, item.units), one.warehouse, until])
      : [[label, lot.code, '0', '—', until]]
  })
  return {
    colour: 'blue',
    title: `${en ? 'Lot' : '批次'} ${code}`,
    parts: [
      tableOr(
        en ? ['Item', 'Lot', '#On hand', 'Warehouse', 'Expires'] : ['商品', '批次', '#数量', '仓库', '有效期至'],
        rows,
        en ? `There is no lot called ${code} that you may see.` : `没有找到你可以查看的批次「${code}」。`,
      ),
      understood(caller.at, lang, en ? 'lot' : '批次', code),
    ],
    buttons: [],
    link: { label: en ? 'Trace it' : '追溯', path: '/stock/trace' },
  }
}
