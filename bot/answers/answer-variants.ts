import type { Lang } from '#contract'
import { type Caller, visibleWarehouses } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { catalogActions } from '#server/modules/catalog'
import { availability } from '#server/modules/inventory'
import type { Card, CardPart } from '../card.ts'
import { answerStock } from './answer-stock.ts'
import { bareQuantity, moreNote, table, understood } from './card-pieces.ts'
import type { QueryOf } from './query.ts'

const rowsMax = 20
type Grid = NonNullable<Awaited<ReturnType<typeof catalogActions.item>>['grid']>

/** What there is of each size and colour of a family, the asked ones first; an item of no family by itself. */
export async function answerVariants(caller: Caller, query: QueryOf<'stock.variant'>, lang: Lang): Promise<Card> {
  const { itemId, itemIds = [], warehouseId } = query
  const { grid } = await ask(caller, catalogActions.item, { id: itemId })
  if (!grid) return answerStock(caller, { intent: 'stock.item', itemIds: [itemId], warehouseId }, lang)
  const en = lang === 'en'
  const isPart = itemIds.length < grid.cells.length
  const cells = grid.cells.toSorted((a, b) => Number(itemIds.includes(b.item.id)) - Number(itemIds.includes(a.item.id)))
  const shown = (isPart ? cells.filter((cell) => itemIds.includes(cell.item.id)) : cells).slice(0, rowsMax)
  return {
    colour: 'blue',
    title: grid.family.name ?? '',
    parts: [
      await cellTable(caller, grid, shown, warehouseId, en),
      ...moreNote(shown.length < cells.length, lang),
      understood(caller.at, lang, en ? 'sizes and colours' : '各规格库存', grid.family.name ?? ''),
    ],
    buttons: [],
    link: { label: en ? 'The whole grid' : '完整规格表', path: `/stock/${itemId}` },
  }
}

async function cellTable(
  caller: Caller,
  { axes }: Grid,
  cells: Grid['cells'],
  warehouseId: string | undefined,
  en: boolean,
): Promise<CardPart> {
  const reached = visibleWarehouses(caller)
  const warehouses = warehouseId ? [warehouseId].filter((id) => reached?.includes(id) ?? true) : reached
  const there = await ask(
    caller,
    (tx) => availability(tx, { itemIds: cells.map((cell) => cell.item.id), warehouses }),
    undefined,
  )
  return table(
    [...axes.map((axis) => (en ? (axis.label.en ?? axis.label.zh) : axis.label.zh)), en ? '#Available' : '#可用'],
    cells.map((cell) => {
      const free = there.get(cell.item.id)?.available
      const isNone = !free || free.lte(0)
      return [
        ...axes.map((axis) => cell.variant[axis.key] ?? ''),
        isNone ? (en ? 'none' : '缺') : bareQuantity(free.toString(), cell.units),
      ]
    }),
  )
}
