import type { Document, UnitRatio } from '#contract'
import { present, type Row } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { ItemRow } from './contract.ts'
import { sayPacking } from './item.model.ts'
import type { StoredItem } from './item-store.ts'
import { canOnItem } from './policy.ts'

/** An item as the descriptor's fields read it. */
export const rowOf = (item: StoredItem): Row => ({
  ...item,
  packing: sayPacking(item.baseUnit, item.units),
  barcodes: item.barcodes.map(({ code, unit }) => `${code}（${unit}）`).join('、'),
  aliases: item.aliases.join('、'),
})

/** An item as this caller may see it, with its units. */
export function itemRow(document: Document, caller: Caller, item: StoredItem): ItemRow {
  const names: Record<string, string> = item.familyId && item.family ? { familyId: item.family.name } : {}
  const view = present(document, caller, rowOf(item), { can: canOnItem(caller), names })
  return { item: view, units: unitsOf(item) } // the item's descriptor, with the company's own fields
}

export const unitsOf = (item: StoredItem): UnitRatio[] =>
  item.units.map(({ unit, numerator, denominator }) => ({ unit, numerator, denominator }))
