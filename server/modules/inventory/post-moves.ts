import { Refusal, showQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import { type Day, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import type { ItemFacts } from '#server/modules/catalog'
import { assertOpen } from '#server/modules/finance'
import type { StockMoved } from './facts.ts'
import { firstShortDay, insertMoves, type Source } from './move-store.ts'
import { type CostedMove, type Movement, type MoveKind, settle, type Words } from './posting.model.ts'
import { lockStock, saveStock } from './stock-store.ts'
import { warehouseNames } from './warehouse-store.ts'

export type Posting = { source: Source; kind: MoveKind; on: Day; movements: readonly Movement[] }

/** The one way in which stock changes: balances, lots, serial numbers and worth move together with the ledger, or not at all. */
export async function postMoves(
  tx: Tx,
  caller: Caller,
  { source, kind, on, movements }: Posting,
  items: ReadonlyMap<string, ItemFacts>,
): Promise<CostedMove[]> {
  const today = dayAt(caller.at)
  if (on > today) throw new Refusal('future_day', { today })
  await assertOpen(tx, on)
  if (movements.length === 0) return []

  const before = await lockStock(tx, movements)
  const words = await wordsFor(tx, items)
  const { stock, moves } = settle(before, kind, movements, words)
  await insertMoves(tx, caller, source, on, moves)
  await saveStock(tx, before, stock)
  await assertNeverShort(tx, on, movements, words)

  const itemIds = [...new Set(movements.map((movement) => movement.itemId))]
  const moved: StockMoved = {
    name: 'inventory.stock-moved',
    body: { kind, sourceDocument: source.document, sourceId: source.id, itemIds },
  }
  await publish(tx, caller, [moved])
  return moves
}

export async function wordsFor(tx: Tx, items: ReadonlyMap<string, ItemFacts>): Promise<Words> {
  const names = await warehouseNames(tx)
  return { goods: (itemId) => items.get(itemId)!, warehouse: (warehouseId) => names.get(warehouseId) ?? '' }
}

/** What takes effect earlier must have been there on every day since. */
async function assertNeverShort(tx: Tx, on: Day, movements: readonly Movement[], words: Words): Promise<void> {
  const gone = movements
    .filter(({ quantity }) => quantity.isNegative())
    .map(({ itemId, warehouseId, lotId, serialId }) => {
      return { itemId, warehouseId, lotId, serialId, isChecked: !words.goods(itemId).allowNegative }
    })
  const short = gone.length > 0 ? await firstShortDay(tx, on, gone) : null
  if (!short) return
  const { name, units } = words.goods(short.itemId)
  throw new Refusal('negative_history', {
    item: [name, short.lotCode, short.serialCode].filter(Boolean).join(' '),
    warehouse: words.warehouse(short.warehouseId),
    day: short.day,
    short: showQuantity(short.quantity, units),
  })
}
