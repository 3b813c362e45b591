import type { UnitRatio } from '#contract'
import { documentFor, present, type Row, withOwnNames } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { ItemRow } from './contract.ts'
import { type Barcode, sayPacking } from './item.model.ts'
import type { StoredItem } from './item-store.ts'
import { canOnItem } from './policy.ts'

type Whole = Row & {
  baseUnit: string
  units: readonly UnitRatio[]
  barcodes: readonly Barcode[]
  aliases: readonly string[]
}

/** An item as the descriptor's fields read it. */
export const rowOf = (item: Whole): Row => ({
  ...item,
  packing: sayPacking(item.baseUnit, item.units),
  barcodes: item.barcodes.map(({ code, unit }) => `${code}（${unit}）`).join('、'),
  aliases: item.aliases.join('、'),
})

/** Items as this caller may see them, with their units. */
export async function itemRows(tx: Tx, caller: Caller, items: readonly StoredItem[]): Promise<ItemRow[]> {
  const document = await documentFor(tx, 'item')
  const views = items.map((item) => {
    const names: Record<string, string> = item.familyId && item.family ? { familyId: item.family.name } : {}
    return present(document, caller, rowOf(item), { can: canOnItem(caller), names })
  })
  const named = await withOwnNames(tx, caller, document, views)
  return items.map((item, i) => ({ item: named[i]!, units: unitsOf(item) }))
}

export async function itemRow(tx: Tx, caller: Caller, item: StoredItem): Promise<ItemRow> {
  const [row] = await itemRows(tx, caller, [item])
  return row!
}

export const unitsOf = (item: StoredItem): UnitRatio[] =>
  item.units.map(({ unit, numerator, denominator }) => ({ unit, numerator, denominator }))
