import type { Tx } from '#kernel/db'
import { findBarcode } from './item-store.ts'
import { type ItemFacts, itemsByIds } from './items-by-ids.ts'
import { findItemPage } from './search-store.ts'

const exactRank = 1

/** Active items that fit what somebody typed, best first. When a code or a whole name fits, what only resembles it is left out. */
export async function searchItemIds(tx: Tx, q: string, limit = 10): Promise<string[]> {
  if (q.trim() === '') return []
  const found = await findItemPage(tx, { q, active: true }, undefined, limit)
  const exact = found.filter(({ rank }) => rank <= exactRank)
  return (exact.length > 0 ? exact : found).map(({ id }) => id)
}

/** The item and unit of a scanned code; undefined when no item has it. */
export async function itemByBarcode(tx: Tx, code: string): Promise<{ item: ItemFacts; unit: string } | undefined> {
  const found = await findBarcode(tx, code.trim())
  const item = found && (await itemsByIds(tx, [found.itemId])).get(found.itemId)
  return item ? { item, unit: found.unit } : undefined
}
