import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card, CardPart } from '../card.ts'
import { moment } from '../cards/moment.ts'
import type { BotQuery } from './query.ts'
import { itemLabel } from './understand.ts'

type Query = Extract<BotQuery, { intent: 'stock.item' }>

/** Available first, then how it comes about, per warehouse, and what is on the way. */
export async function answerStock(caller: Caller, { itemIds, warehouseId }: Query, lang: Lang): Promise<Card> {
  const stocks = await Promise.all(itemIds.map((itemId) => ask(caller, inventoryActions.itemStock, { itemId })))
  const en = lang === 'en'
  const [first] = stocks
  return {
    colour: 'blue',
    title: stocks.map((stock) => itemLabel(stock.item)).join('、'),
    parts: [
      ...stocks.flatMap((stock) => stockParts(stock, warehouseId, en)),
      { kind: 'note', text: understood(stocks, warehouseId, en) },
    ],
    buttons: [],
    link: first && { label: en ? 'Moves and lots' : '流水、批次、占用明细', path: `/stock/${first.item.id}` },
  }
}

type Stock = Awaited<ReturnType<typeof inventoryActions.itemStock>>

function stockParts(stock: Stock, warehouseId: string | undefined, en: boolean): CardPart[] {
  const here = warehouseId ? stock.warehouses.find((one) => one.id === warehouseId) : stock
  const shown = here?.shown ?? { available: '0', onHand: '0', reserved: '0' }
  const coming = stock.expected.filter((one) => !warehouseId || one.warehouseId === warehouseId)
  return [
    { kind: 'figure', value: shown.available, label: en ? 'available' : '可用' },
    {
      kind: 'facts',
      facts: [
        { label: en ? 'On hand' : '现存', value: shown.onHand },
        { label: en ? 'Reserved' : '占用', value: shown.reserved },
      ],
    },
    ...(!warehouseId && stock.warehouses.length > 1 ? [warehouseTable(stock, en)] : []),
    ...(coming.length > 0
      ? [
          {
            kind: 'facts' as const,
            facts: coming
              .slice(0, 4)
              .map((one) => ({
                label: `${en ? 'Coming' : '在途'} ${one.on ?? ''} ${one.warehouse}`.trim(),
                value: one.shown,
              })),
          },
        ]
      : [{ kind: 'text' as const, text: en ? 'Nothing on the way.' : '没有在途。' }]),
  ]
}

const warehouseTable = (stock: Stock, en: boolean): CardPart => ({
  kind: 'table',
  columns: en ? ['Warehouse', 'Available', 'On hand', 'Reserved'] : ['仓库', '可用', '现存', '占用'],
  rows: stock.warehouses.map((one) => [one.name, one.shown.available, one.shown.onHand, one.shown.reserved]),
})

function understood(stocks: Stock[], warehouseId: string | undefined, en: boolean): string {
  const warehouse = warehouseId
    ? (stocks[0]?.warehouses.find((one) => one.id === warehouseId)?.name ?? '')
    : en
      ? 'all warehouses'
      : '全部仓库'
  const codes = stocks.map((stock) => stock.item.code).join('、')
  const at = moment(stocks[0]?.at ?? new Date())
  return en
    ? `Understood as: stock · ${codes} · ${warehouse} · as of ${at}`
    : `理解为：库存 · ${codes} · ${warehouse} · 截至 ${at}`
}
