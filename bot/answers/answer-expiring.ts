import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { addDays, dayAt } from '#kernel/days'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card, Words } from '../card.ts'
import { bareQuantity, moreNote, period, tableOr, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'stock.expiring'>
type Expiring = Awaited<ReturnType<typeof inventoryActions.expiringLots>>
const rowsMax = 10

/** The lots that expire within some days, or have expired: of everything, or of an item, a category, a warehouse. */
export async function answerExpiring(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { itemId, itemIds, warehouseId, category } = query
  const days = daysOf(query, dayAt(caller.at))
  const foundOf = (of: string | undefined): Promise<Expiring> =>
    ask(caller, inventoryActions.expiringLots, { ...days, itemId: of, warehouseId, category, limit: rowsMax })
  const found = itemIds ? together(await Promise.all(itemIds.map(foundOf)), caller) : await foundOf(itemId)
  const { rows: warehouses } = await ask(caller, inventoryActions.warehouses, {})
  const item = itemId && (await ask(caller, inventoryActions.itemStock, { itemId })).item
  const en = lang === 'en'
  const title = query.isExpired ? (en ? 'Expired lots' : '已过期批次') : en ? 'Expiring lots' : '临期批次'
  return {
    colour: found.expired > 0 ? 'red' : found.count > 0 ? 'orange' : 'green',
    title: item ? `${itemLabel(item)} · ${title}` : title,
    parts: [
      ...(found.count > 0
        ? [{ kind: 'figure' as const, value: String(found.count), label: countLabel(found, en) }]
        : []),
      tableOr(
        en
          ? [item ? 'Lot' : 'Item and lot', '#On hand', 'Warehouse', 'Expires', '#Days left']
          : [item ? '批次' : '商品与批次', '#数量', '仓库', '有效期至', '#剩余天数'],
        found.rows.map((lot) => [
          item ? lot.code : lotNamed(lot),
          bareQuantity(lot.onHand, lot.item.units),
          lot.warehouse,
          lot.expiresOn,
          lot.isExpired ? (en ? 'expired' : '已过期') : String(lot.daysLeft),
        ]),
        query.isExpired
          ? en
            ? 'Nothing in stock has expired.'
            : '没有过期的库存。'
          : en
            ? 'No lot expires in that time.'
            : '没有在这期间到期的批次。',
      ),
      ...moreNote(found.count > found.rows.length, lang),
      understood(
        found.at,
        lang,
        title,
        item && item.code,
        warehouses.find(({ id }) => id === warehouseId)?.name,
        category,
        days.from ? period(days.from, days.until, lang) : en ? `until ${days.until}` : `到 ${days.until}`,
      ),
    ],
    buttons: item
      ? [nextStep('lots', en ? 'All lots' : '全部批次', { intent: 'stock.lot', itemId: item.id }, lang)]
      : [],
    link: item
      ? { label: en ? 'Moves and lots' : '流水、批次、占用明细', path: `/stock/${item.id}` }
      : { label: en ? 'Stock' : '库存列表', path: '/stock' },
  }
}

/** The lots of several items, first to expire first. */
const together = (all: readonly Expiring[], { at }: Caller): Expiring => ({
  at: at.toISOString(),
  count: all.reduce((sum, { count }) => sum + count, 0),
  expired: all.reduce((sum, { expired }) => sum + expired, 0),
  rows: all
    .flatMap(({ rows }) => rows)
    .toSorted((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1))
    .slice(0, rowsMax),
})

/** What has expired did so by yesterday; the rest is what expires by a day, with what has expired and still lies there. */
function daysOf({ from, to, withinDays, isExpired }: Query, today: string): { from?: string; until: string } {
  const last = isExpired ? addDays(today, -1) : addDays(today, withinDays ?? 0)
  return { from, until: to ?? last }
}

const countLabel = ({ expired, count }: Expiring, en: boolean): string =>
  en
    ? `lots in stock${expired > 0 && expired < count ? `, ${expired} of them expired` : ''}`
    : `个在库批次${expired > 0 && expired < count ? `，其中 ${expired} 个已过期` : ''}`

const lotNamed = ({ item, code }: Expiring['rows'][number]): Words => [
  { text: itemLabel(item), path: `/stock/${item.id}` },
  { text: ` ${code}` },
]
