import type { Lang } from '#contract'
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
  const { warehouseId, category, limit = rowsMax } = query
  const { rows: there, isCut: isMore } = await allPages((cursor) =>
    ask(caller, inventoryActions.stock, { warehouseId, category, held: true, limit: readMax, cursor }),
  )
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
      understood(caller.at, lang, en ? 'stock of a warehouse' : '仓库存货', name, category),
    ],
    buttons: [],
    link: { label: en ? 'All of it' : '查看全部', path: `/stock?warehouseId=${warehouseId}` },
  }
}

async function warehouseName(caller: Caller, id: string): Promise<string> {
  const { rows } = await ask(caller, inventoryActions.warehouses, {})
  return rows.find((one) => one.id === id)?.name ?? ''
}

/** What has fallen below its reorder point. */
export async function answerLow(caller: Caller, query: QueryOf<'stock.low'>, lang: Lang): Promise<Card> {
  const { warehouseId, category, limit = rowsMax } = query
  const { rows, cursor } = await ask(caller, inventoryActions.stock, {
    warehouseId,
    category,
    low: true,
    limit: readMax,
  })
  const en = lang === 'en'
  return {
    colour: rows.length > 0 ? 'orange' : 'green',
    title: en ? 'Below the reorder point' : '低于安全库存',
    parts: [
      ...(cursor === null && rows.length > 0
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
      ...moreNote(rows.length > limit || cursor !== null, lang),
      understood(
        caller.at,
        lang,
        en ? 'low stock' : '低于安全库存',
        warehouseId && (await warehouseName(caller, warehouseId)),
        category,
      ),
    ],
    buttons: [],
    link: { label: en ? 'All of it' : '查看全部', path: '/stock?low=true' },
  }
}
