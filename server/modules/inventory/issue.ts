import { Decimal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import type { Source } from './move-store.ts'
import { postMoves } from './post-moves.ts'
import { takeHeld } from './reservation-store.ts'
import { lockBalances } from './stock-store.ts'
import { movementsOf } from './tracking.model.ts'

export type IssueInput = {
  source: Source
  kind: 'delivery'
  on: Day
  lines: readonly {
    /** The line that the stock was reserved for. */
    lineId: string
    itemId: string
    warehouseId: string
    quantity: Decimal
    lots: readonly { lotId: string; quantity: Decimal }[]
    serialIds: readonly string[]
  }[]
}

/** Goods leave the house: first out of what was held for the line, then out of what is free. Answers what they cost. */
export async function issue(
  tx: Tx,
  caller: Caller,
  { source, kind, on, lines }: IssueInput,
): Promise<{ lineId: string; cost: Decimal }[]> {
  const items = await itemsByIds(
    tx,
    lines.map(({ itemId }) => itemId),
  )
  const movements = lines.flatMap((line) => movementsOf({ ...line, value: null }, items.get(line.itemId)!, 'out'))
  await lockBalances(tx, lines)
  await takeHeld(tx, lines)
  const moves = await postMoves(tx, caller, { source, kind, on, movements }, items)
  const costs = new Map<string, Decimal>()
  for (const { lineId, cost } of moves) costs.set(lineId, (costs.get(lineId) ?? new Decimal(0)).minus(cost))
  return [...costs].map(([lineId, cost]) => ({ lineId, cost }))
}
