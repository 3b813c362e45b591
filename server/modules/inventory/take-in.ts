import type { Decimal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import { type Source, standingMoves } from './move-store.ts'
import { postMoves } from './post-moves.ts'
import type { Movement } from './posting.model.ts'
import { serialsByCode } from './serial-store.ts'
import { movementsOf } from './tracking.model.ts'
import { findOpenWarehouse } from './warehouse-store.ts'

export type TakenIn = {
  source: Source
  on: Day
  intoNextPeriod?: boolean
  warehouseId: string
  lines: readonly {
    lineId: string
    itemId: string
    quantity: Decimal
    lots: readonly { lotId: string; quantity: Decimal }[]
    serials: readonly string[]
    /** What it is worth: what it had left at. */
    value: Decimal
  }[]
}

/** Goods that had left come back into a warehouse, each line with the value that it had left with. */
export async function takeIn(
  tx: Tx,
  caller: Caller,
  { source, on, intoNextPeriod, warehouseId, lines }: TakenIn,
): Promise<void> {
  await findOpenWarehouse(tx, warehouseId)
  const itemIds = lines.map(({ itemId }) => itemId)
  const items = await itemsByIds(tx, itemIds)
  const known = await serialsByCode(
    tx,
    itemIds,
    lines.flatMap(({ serials }) => serials),
  )
  const movements = lines.flatMap(({ serials, ...line }) => {
    const serialIds = known.filter(({ itemId, code }) => itemId === line.itemId && serials.includes(code))
    return movementsOf(
      { ...line, warehouseId, serialIds: serialIds.map(({ id }) => id) },
      items.get(line.itemId)!,
      'in',
    )
  })
  await postMoves(tx, caller, { source, kind: 'return', on, intoNextPeriod, movements }, items)
}

/** Takes goods that came back out again, as they had come: the same pieces, at the same value, or it is refused. */
export async function undoTakeIn(tx: Tx, caller: Caller, source: Source, on: Day): Promise<void> {
  const came = await standingMoves(tx, source.id, 'return')
  const items = await itemsByIds(
    tx,
    came.map(({ itemId }) => itemId),
  )
  const movements = came.map(({ id, quantity, cost, ...move }): Movement => ({
    ...move,
    lineId: id,
    quantity: quantity.neg(),
    value: cost,
    undoes: id,
  }))
  await postMoves(tx, caller, { source, kind: 'return', on, movements }, items)
}
