import { Decimal, type Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card } from '../card.ts'
import { allPages } from './all-pages.ts'
import { bareQuantity, moreNote, tableOr, understood } from './card-pieces.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

const rowsMax = 10
const readMax = 100

/** What lies in a warehouse. */
export async function answerWarehouse(caller: Caller, query: QueryOf<'stock.warehouse'>, lang: Lang): Promise<Card> {
  const { warehouseId, category, sorted, limit = rowsMax } = query
  const { rows: found, isCut: isMore } = await allPages((cursor) =>
    ask(caller, inventoryActions.stock, { warehouseId, category, held: true, limit: readMax, cursor }),
  )
  const way = sorted === 'asc' ? 1 : -1
  const there = sorted ? found.toSorted((a, b) => way * new Decimal(a.onHand).cmp(b.onHand)) : found
  const name = await warehouseName(caller, warehouseId)
  const en = lang === 'en'
  return {
    colour: 'blue',
    title: [name, category].filter(Boolean).join(' · '),
    parts: [
      ...(isMore
        ? []
        : [{ kind: 'figure' as const, value: String(there.length), label: en ? 'items in stock' : '种商品有货' }]),
      tableOr(
        en ? ['Item', '#On hand', '#Available'] : ['商品', '#现存', '#可用'],
        there
          .slice(0, limit)
          .map(({ item, onHand, available }) => [
            [{ text: itemLabel(item), path: `/stock/${item.id}` }],
            bareQuantity(onHand, item.units),
            bareQuantity(available, item.units),
          ]),
        en ? 'There is nothing in stock.' : '没有存货。',
      ),
      ...moreNote(there.length > limit || isMore, lang),
      understood(
        caller.at,
        lang,
        en ? 'stock of a warehouse' : '仓库存货',
        name,
        category,
        sorted && orderWords[sorted][lang],
      ),
    ],
    buttons: [],
    link: { label: en ? 'All of it' : '查看全部', path: `/stock?warehouseId=${warehouseId}` },
  }
}

const orderWords = {
  desc: { zh: '数量从多到少', en: 'most first' },
  asc: { zh: '数量从少到多', en: 'fewest first' },
}

async function warehouseName(caller: Caller, id: string): Promise<string> {
  const { rows } = await ask(caller, inventoryActions.warehouses, {})
  return rows.find((one) => one.id === id)?.name ?? ''
}

/** How much is left of what should be there. */
const leftOf = ({ available, reorderPoint }: { available: string; reorderPoint: string | null }): Decimal =>
  new Decimal(available).div(Decimal.max(reorderPoint ?? 0, 1))

/** What has fallen below its reorder point; what has least left of what should be there comes first. */
export async function answerLow(caller: Caller, query: QueryOf<'stock.low'>, lang: Lang): Promise<Card> {
  const { warehouseId, category, limit = rowsMax } = query
  const { rows: found, isCut } = await allPages((cursor) =>
    ask(caller, inventoryActions.stock, { warehouseId, category, low: true, limit: readMax, cursor }),
  )
  const rows = found.toSorted((a, b) => leftOf(a).cmp(leftOf(b)))
  const en = lang === 'en'
  return {
    colour: rows.length > 0 ? 'orange' : 'green',
    title: en ? 'Below the reorder point' : '低于安全库存',
    parts: [
      ...(!isCut && rows.length > 0
        ? [{ kind: 'figure' as const, value: String(rows.length), label: en ? 'items' : '种商品' }]
        : []),
      tableOr(
        en ? ['Item', '#Available', '#Reorder at', '#Coming'] : ['商品', '#可用', '#安全库存', '#在途'],
        rows
          .slice(0, limit)
          .map(({ item, available, reorderPoint, incoming }) => [
            [{ text: itemLabel(item), path: `/stock/${item.id}` }],
            ...[available, reorderPoint, incoming].map((amount) => bareQuantity(amount, item.units)),
          ]),
        en ? 'Everything is above its reorder point.' : '没有低于安全库存的商品。',
      ),
      ...moreNote(rows.length > limit || isCut, lang),
      understood(
        caller.at,
        lang,
        en ? 'low stock, the most wanting first' : '低于安全库存，缺得最多的在前',
        warehouseId && (await warehouseName(caller, warehouseId)),
        category,
      ),
    ],
    buttons: [],
    link: { label: en ? 'All of it' : '查看全部', path: '/stock?low=true' },
  }
}
