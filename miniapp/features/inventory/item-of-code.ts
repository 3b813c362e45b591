import { baseUnit, Refusal } from '#contract'
import type { ItemRow } from '#contract/modules/catalog'
import type { ItemSummary } from '#contract/modules/inventory'
import { catalogApi } from '../catalog/api.ts'

/** What lines and pages need to know of an item, from the catalogue's row of it. */
export const itemSummary = ({ item, units }: ItemRow): ItemSummary => ({
  id: item.id,
  code: item.code ?? '',
  name: item.name ?? '',
  spec: item.spec ?? '',
  category: item.category ?? '',
  tracking: item.tracking === 'lot' || item.tracking === 'serial' ? item.tracking : 'none',
  units,
})

/** The item and unit of a code: its barcode, or else its own code. What neither knows is refused. */
export async function itemOfCode(code: string): Promise<{ item: ItemSummary; unit: string }> {
  try {
    const { unit, ...row } = await catalogApi.barcode({ code })
    return { item: itemSummary(row), unit }
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'unknown_barcode')) throw error
    const { rows } = await catalogApi.items({ q: code, limit: 5 })
    const own = rows.find(({ item }) => item.code?.toLowerCase() === code.toLowerCase())
    if (!own) throw error
    return { item: itemSummary(own), unit: baseUnit(own.units) }
  }
}
