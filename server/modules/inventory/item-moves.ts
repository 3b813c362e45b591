import { Decimal, type Input, type Output, showQuantity, toQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { cursorOf, keysOf } from '#kernel/paging'
import { itemsByIds } from '#server/modules/catalog'
import { type inventory, type MoveRow, type Traced } from './contract.ts'
import { itemSummary, peopleNames } from './document-page.ts'
import { listMoves, thingsByCode, tracedMoves } from './move-list-store.ts'
import { moveRow } from './move-row.ts'
import { allowStock, reached } from './policy.ts'

type Endpoints = (typeof inventory)['endpoints']

/** The ledger of an item, newest first, each move with what was there after it and the document behind it. */
export async function itemMoves(
  tx: Tx,
  caller: Caller,
  { itemId, warehouseId, cursor, limit }: Input<Endpoints['itemMoves']>,
): Promise<Output<Endpoints['itemMoves']>> {
  allowStock(caller)
  const item = (await itemsByIds(tx, [itemId], () => 'itemId')).get(itemId)!
  // A later page goes on from the balance at which the one before it ended: history does not change below new moves.
  const after = keysOf(cursor, ['id', 'decimal'])
  const { onHand, moves } = await listMoves(
    tx,
    { itemId, warehouses: reached(caller, warehouseId), beforeId: after?.[0] },
    limit,
  )
  const person = await peopleNames(
    tx,
    moves.map(({ by }) => by),
  )
  let balance = after ? new Decimal(after[1]) : onHand
  const rows: MoveRow[] = []
  for (const move of moves.slice(0, limit)) {
    const shown = { balance: toQuantity(balance), balanceShown: showQuantity(balance, item.units) }
    rows.push({ ...moveRow(caller, move, item.units, person), ...shown })
    balance = balance.minus(move.quantity)
  }
  const last = rows.at(-1)
  return { rows, cursor: moves.length > limit && last ? cursorOf([last.id, balance.toString()]) : null }
}

/** From the code of a lot or a serial number: its receipts, its transfers, every delivery. */
export async function stockTrace(
  tx: Tx,
  caller: Caller,
  { code }: Input<Endpoints['stockTrace']>,
): Promise<Output<Endpoints['stockTrace']>> {
  allowStock(caller)
  const warehouses = reached(caller)
  const things = await thingsByCode(tx, code, warehouses)
  const idsOf = (kind: Traced['kind']) => things.filter((thing) => thing.kind === kind).map(({ id }) => id)
  const moves = await tracedMoves(tx, { lotIds: idsOf('lot'), serialIds: idsOf('serial') }, warehouses)
  // What never was in a warehouse that he reaches is nothing to him.
  const known = warehouses ? things.filter(({ id }) => moves.some(({ thingId }) => thingId === id)) : things
  const items = await itemsByIds(
    tx,
    known.map(({ itemId }) => itemId),
  )
  const person = await peopleNames(
    tx,
    moves.map(({ by }) => by),
  )
  const found = known.map(({ itemId, ...thing }) => {
    const item = items.get(itemId)!
    const own = moves.filter(({ thingId }) => thingId === thing.id)
    return { ...thing, item: itemSummary(item), moves: own.map((move) => moveRow(caller, move, item.units, person)) }
  })
  return { found }
}
