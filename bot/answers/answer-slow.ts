import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card } from '../card.ts'
import { bareQuantity, money, moreNote, tableOr, understood } from './card-pieces.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

const rowsMax = 10

/** What lies in stock and does not sell; what it is worth only for those who may read costs. */
export async function answerSlow(caller: Caller, query: QueryOf<'stock.slow'>, lang: Lang): Promise<Card> {
  const { idleDays, warehouseId, category, limit = rowsMax } = query
  const slow = await ask(caller, inventoryActions.slowStock, { idleDays, warehouseId, category, limit })
  const { rows: warehouses } = await ask(caller, inventoryActions.warehouses, {})
  const en = lang === 'en'
  const isValued = slow.value !== undefined
  const labels = en
    ? ['Item', '#On hand', '#Idle days', isValued ? '#Value' : 'Last out']
    : ['商品', '#现存', '#闲置天数', isValued ? '#库存金额' : '最后出库']
  return {
    colour: slow.count > 0 ? 'orange' : 'green',
    title: en ? 'Slow movers' : '呆滞库存',
    parts: [
      {
        kind: 'figure',
        value: isValued && slow.count > 0 ? `${slow.count} · ${money(slow.value, lang)}` : String(slow.count),
        label: en ? `items idle for more than ${idleDays} days` : `种商品超过 ${idleDays} 天没有出库`,
      },
      tableOr(
        labels,
        slow.rows.map(({ item, onHand, lastOutOn, idleDays: idle, value }) => [
          [{ text: itemLabel(item), path: `/stock/${item.id}` }],
          bareQuantity(onHand, item.units),
          String(idle),
          isValued ? money(value, lang) : (lastOutOn ?? (en ? 'never' : '从未出库')),
        ]),
        en ? 'Everything in stock sells.' : '没有呆滞的库存。',
      ),
      ...moreNote(slow.count > slow.rows.length, lang),
      understood(
        caller.at,
        lang,
        en ? `slow movers, no delivery for ${idleDays} days` : `呆滞库存，${idleDays} 天无销售出库`,
        warehouses.find(({ id }) => id === warehouseId)?.name,
        category,
      ),
    ],
    buttons: [],
    link: { label: en ? 'Stock' : '库存列表', path: warehouseId ? `/stock?warehouseId=${warehouseId}` : '/stock' },
  }
}
