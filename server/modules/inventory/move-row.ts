import { showQuantity, toMoney, toQuantity, type UnitRatio } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { MoveRow } from './contract.ts'
import type { ListedMove } from './move-list-store.ts'

/** A move as people read it, what it cost only for those who may see that. */
export function moveRow(caller: Caller, move: ListedMove, units: readonly UnitRatio[], person: (id: string) => string) {
  const { id, warehouseId, warehouse, lot, serial, effectiveOn, documentOn } = move
  return {
    id,
    kind: move.kind as MoveRow['kind'], // a CHECK of the table holds it to these
    source: { document: move.document, id: move.sourceId, number: move.number },
    warehouseId,
    warehouse,
    lot,
    serial,
    quantity: toQuantity(move.quantity),
    shown: showQuantity(move.quantity, units),
    effectiveOn,
    documentOn,
    recordedAt: move.recordedAt.toISOString(),
    by: person(move.by),
    ...(canRead(caller, 'cost') ? { cost: toMoney(move.cost) } : {}),
  }
}
