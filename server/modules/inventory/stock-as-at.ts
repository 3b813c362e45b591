import { Decimal, type Input, type Output, showQuantity, toMoney, toQuantity } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { itemsByIds, searchItemIds } from '#server/modules/catalog'
import { laterMoves, listStoodAt, placesStoodAt } from './as-at-store.ts'
import type { inventory, ItemAsAt } from './contract.ts'
import { itemSummary, peopleNames } from './document-page.ts'
import { moveRow } from './move-row.ts'
import { allowStock, reached } from './policy.ts'

type Endpoints = (typeof inventory)['endpoints']
const hitsMax = 500

/** What all items stood at, at the end of a day, by the days on which moves took effect, as it is known now or was then. */
export async function stockAsAt(
  tx: Tx,
  caller: Caller,
  { q, day, asKnownAt, warehouseId, cursor, limit }: Input<Endpoints['stockAsAt']>,
): Promise<Output<Endpoints['stockAsAt']>> {
  allowStock(caller)
  const itemIds = q?.trim() ? await searchItemIds(tx, q, hitsMax) : undefined
  const scope = { itemIds, warehouses: reached(caller, warehouseId) }
  const stood = await listStoodAt(tx, { day, asKnownAt }, scope, keysOf(cursor, ['rank', 'text']), limit)
  const page = pageFrom(stood, limit, ({ rank, code }) => [rank, code])
  const items = await itemsByIds(
    tx,
    page.rows.map(({ itemId }) => itemId),
  )
  const rows = page.rows.map(({ itemId, onHand, value, later }) => {
    const item = items.get(itemId)!
    const since = asKnownAt === undefined ? {} : { later: toQuantity(later) }
    return { item: itemSummary(item), ...shown(onHand, item.units), ...valued(caller, value), ...since }
  })
  return { rows, cursor: page.cursor }
}

/** What one item stood at, at the end of a day, by warehouse and lot. */
export async function itemAsAt(
  tx: Tx,
  caller: Caller,
  { itemId, day, asKnownAt }: Input<Endpoints['itemAsAt']>,
): Promise<ItemAsAt> {
  allowStock(caller)
  const item = (await itemsByIds(tx, [itemId], () => 'itemId')).get(itemId)!
  const { warehouses, lots } = await placesStoodAt(tx, itemId, { day, asKnownAt }, reached(caller))
  const sum = (figure: 'onHand' | 'value' | 'later') => Decimal.sum(0, ...warehouses.map((one) => one[figure]))
  const since = (later: Decimal) => (asKnownAt === undefined ? {} : { later: toQuantity(later) })
  return {
    item: itemSummary(item),
    day,
    asKnownAt,
    ...shown(sum('onHand'), item.units),
    ...valued(caller, sum('value')),
    ...since(sum('later')),
    warehouses: warehouses
      .filter(({ onHand, later }) => !onHand.isZero() || !later.isZero())
      .map(({ id, name, onHand, later }) => ({ id, name, ...shown(onHand, item.units), ...since(later) })),
    lots: lots.map(({ id, code, warehouse, onHand, later }) => {
      return { id, code, warehouse, ...shown(onHand, item.units), ...since(later) }
    }),
  }
}

/** Why the stock of a past day is another one now: the moves that took effect by then and were recorded later. */
export async function lateMoves(
  tx: Tx,
  caller: Caller,
  { day, asKnownAt, itemId, warehouseId, cursor, limit }: Input<Endpoints['lateMoves']>,
): Promise<Output<Endpoints['lateMoves']>> {
  allowStock(caller)
  const scope = { itemId, warehouses: reached(caller, warehouseId) }
  const found = await laterMoves(tx, { day, asKnownAt }, scope, limit, keysOf(cursor, ['instant', 'id']))
  const { rows: moves, cursor: next } = pageFrom(found, limit, ({ recordedAt, id }) => [recordedAt.toISOString(), id])
  const items = await itemsByIds(
    tx,
    moves.map((move) => move.itemId),
  )
  const person = await peopleNames(
    tx,
    moves.map(({ by }) => by),
  )
  const rows = moves.map((move) => {
    const item = items.get(move.itemId)!
    return { item: itemSummary(item), ...moveRow(caller, move, item.units, person) }
  })
  return { rows, cursor: next }
}

const shown = (onHand: Decimal.Value, units: Parameters<typeof showQuantity>[1]) => {
  return { onHand: toQuantity(onHand), shown: showQuantity(onHand, units) }
}

const valued = (caller: Caller, value: Decimal) => (canRead(caller, 'cost') ? { value: toMoney(value) } : {})
