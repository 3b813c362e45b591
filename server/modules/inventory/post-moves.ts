import { Refusal, showQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import { type Day, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import type { ItemFacts } from '#server/modules/catalog'
import { effectiveDay } from '#server/modules/finance'
import { assertBalanced } from './balanced.model.ts'
import { saveLayers } from './cost-layer-store.ts'
import type { StockMoved } from './facts.ts'
import { firstShortDay, insertMoves, type Source } from './move-store.ts'
import { type CostedMove, type Movement, type MoveKind, settle, type Words } from './posting.model.ts'
import { lockStock, saveStock } from './stock-store.ts'
import { warehouseNames } from './warehouse-store.ts'

export type Posting = {
  source: Source
  kind: MoveKind
  /** The day of the document. */
  on: Day
  /** Where the books of that day are closed it takes effect in the next open period. */
  intoNextPeriod?: boolean
  movements: readonly Movement[]
}

/** The one way in which stock changes: balances, lots, serial numbers and worth move together with the ledger, or not at all. */
export async function postMoves(
  tx: Tx,
  caller: Caller,
  { source, kind, on: dated, intoNextPeriod, movements }: Posting,
  items: ReadonlyMap<string, ItemFacts>,
): Promise<CostedMove[]> {
  const today = dayAt(caller.at)
  if (dated > today) throw new Refusal('future_day', { today })
  const { on, documentOn } = await effectiveDay(tx, dated, intoNextPeriod)
  if (movements.length === 0) return []

  const before = await lockStock(tx, movements)
  const words = await wordsFor(tx, items)
  const { stock, moves } = settle(before, kind, movements, words, newId)
  assertBalanced(before, stock, kind, moves)
  await insertMoves(tx, caller, source, { on, documentOn }, moves)
  await saveStock(tx, before, stock)
  await saveLayers(tx, source, on, moves)
  // Nothing takes effect after today, so only what is back-dated has a later history to fit into.
  if (on < today) await assertNeverShort(tx, on, movements, words)

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
