import { Decimal, type Lang, toQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import { addDays, dayAt } from '#kernel/days'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import type { Card } from '../card.ts'
import { bareQuantity, moreNote, period, quantity, tableOr, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'stock.moves'>
type Move = Awaited<ReturnType<typeof inventoryActions.itemMoves>>['rows'][number]
const rowsMax = 8
const readMax = 100
const pagesMax = 5

const kinds: Record<Move['kind'], { zh: string; en: string }> = {
  opening: { zh: '期初', en: 'Opening' },
  receipt: { zh: '入库', en: 'Receipt' },
  delivery: { zh: '销售出库', en: 'Delivery' },
  transfer_out: { zh: '调出', en: 'Transfer out' },
  transfer_in: { zh: '调入', en: 'Transfer in' },
  adjustment: { zh: '调整', en: 'Adjustment' },
  return: { zh: '退货', en: 'Return' },
  revaluation: { zh: '成本调整', en: 'Revaluation' },
}

export const answerMoves = (caller: Caller, query: Query, lang: Lang): Promise<Card> =>
  query.itemId ? movesOf(caller, { ...query, itemId: query.itemId }, lang) : flowOf(caller, query, lang)

/** What came and went of an item in some days, newest first, with the totals of what is listed. */
async function movesOf(caller: Caller, query: Query & { itemId: string }, lang: Lang): Promise<Card> {
  const { item } = await ask(caller, inventoryActions.itemStock, { itemId: query.itemId })
  const { moves, isCut } = await readMoves(caller, query)
  const en = lang === 'en'
  const sum = (sign: 1 | -1): string =>
    quantity(
      toQuantity(
        Decimal.sum(0, ...moves.map((move) => move.quantity).filter((one) => new Decimal(one).times(sign).gt(0))).abs(),
      ),
      item.units,
    )
  const hasTotals = query.from !== undefined && !isCut
  return {
    colour: 'blue',
    title: `${itemLabel(item)} · ${en ? 'moves' : '出入库'}`,
    parts: [
      ...(hasTotals
        ? [
            {
              kind: 'facts' as const,
              facts: [
                ...(query.direction === 'out' ? [] : [{ label: en ? 'In' : '入库', value: sum(1) }]),
                ...(query.direction === 'in' ? [] : [{ label: en ? 'Out' : '出库', value: sum(-1) }]),
              ],
            },
          ]
        : []),
      tableOr(
        en ? ['Day', 'Kind', '#Quantity', '#After', 'Document'] : ['日期', '类型', '#数量', '#结存', '单据'],
        moves
          .slice(0, rowsMax)
          .map((move) => [
            move.effectiveOn,
            kinds[move.kind][lang],
            bareQuantity(move.quantity, item.units),
            bareQuantity(move.balance, item.units),
            move.source.number,
          ]),
        en ? 'Nothing moved.' : '没有出入库。',
      ),
      ...moreNote(moves.length > rowsMax || isCut, lang),
      understood(caller.at, lang, en ? 'moves' : '出入库流水', item.code, period(query.from, query.to, lang)),
    ],
    buttons: [nextStep('stock', en ? 'Stock' : '库存', { intent: 'stock.item', itemIds: [query.itemId] }, lang)],
    link: { label: en ? 'All moves' : '全部流水', path: `/stock/${query.itemId}` },
  }
}

/** Pages of the ledger until the asked days are behind; of a longer time only the newest. */
async function readMoves(
  caller: Caller,
  query: Query & { itemId: string },
): Promise<{ moves: Move[]; isCut: boolean }> {
  const { itemId, warehouseId, from, to, direction } = query
  const moves: Move[] = []
  let cursor: string | undefined
  for (let page = 0; page < (from ? pagesMax : 1); page++) {
    const read = await ask(caller, inventoryActions.itemMoves, { itemId, warehouseId, limit: readMax, cursor })
    moves.push(...read.rows)
    const isBehind = from !== undefined && read.rows.length > 0 && read.rows.every((move) => move.effectiveOn < from)
    cursor = read.cursor ?? undefined
    if (!cursor || isBehind) break
  }
  const asked = moves.filter(
    (move) =>
      (!from || !to || (move.effectiveOn >= from && move.effectiveOn <= to)) &&
      (!direction || new Decimal(move.quantity).isNegative() === (direction === 'out')),
  )
  return { moves: asked, isCut: cursor !== undefined && moves.every((move) => !from || move.effectiveOn >= from) }
}

/** What came into a warehouse, or into all of them, and what left it in some days, item by item; without days, this week's. */
async function flowOf(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { warehouseId, direction } = query
  const today = dayAt(caller.at)
  const { from = addDays(today, -6), to = today } = query
  const asked = { from, to, warehouseId, direction, limit: readMax }
  const { count, rows } = await ask(caller, inventoryActions.stockFlow, asked)
  const { rows: warehouses } = await ask(caller, inventoryActions.warehouses, {})
  const en = lang === 'en'
  const columns = [
    ...(direction === 'out' ? [] : [{ label: en ? '#In' : '#入库', of: 'in' as const }]),
    ...(direction === 'in' ? [] : [{ label: en ? '#Out' : '#出库', of: 'out' as const }]),
  ]
  const title = direction
    ? { in: en ? 'Came in' : '入库', out: en ? 'Went out' : '出库' }[direction]
    : en
      ? 'Moves'
      : '出入库'
  return {
    colour: 'blue',
    title,
    parts: [
      ...(count > 0
        ? [{ kind: 'figure' as const, value: String(count), label: en ? 'items moved' : '种商品有变动' }]
        : []),
      tableOr(
        [en ? 'Item' : '商品', ...columns.map(({ label }) => label)],
        rows
          .slice(0, rowsMax)
          .map((row) => [
            [{ text: itemLabel(row.item), path: `/stock/${row.item.id}` }],
            ...columns.map(({ of }) => bareQuantity(row[of], row.item.units)),
          ]),
        en ? 'Nothing moved.' : '没有出入库。',
      ),
      ...moreNote(count > rowsMax, lang),
      understood(caller.at, lang, title, warehouses.find(({ id }) => id === warehouseId)?.name, period(from, to, lang)),
    ],
    buttons: [],
    link: { label: en ? 'Stock' : '库存列表', path: warehouseId ? `/stock?warehouseId=${warehouseId}` : '/stock' },
  }
}
