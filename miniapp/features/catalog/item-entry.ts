import { isWritable, type Output } from '#contract'
import { type catalog, item } from '#contract/modules/catalog'

export type ItemDetail = Output<(typeof catalog)['endpoints']['item']>
export type UnitEntry = { unit: string; numerator: number; denominator: number }
export type BarcodeEntry = { code: string; unit: string }
/** An item as a form holds it: its own fields, and beside them packing, barcodes and other names. */
export type ItemEntry = Record<string, unknown> & {
  custom?: Record<string, unknown>
  units: UnitEntry[]
  barcodes: BarcodeEntry[]
  aliases: string
  reason: string
}

const writable = Object.entries(item.fields)
  .filter(([, field]) => isWritable(field))
  .map(([key]) => key)

const newItem = { baseUnit: '', tracking: 'none', taxRate: '13', reorderPoint: '0', allowNegative: false, active: true }

/** The form of a new item, or of one that is there. */
export function entryOf(detail: ItemDetail | undefined): ItemEntry {
  const parts = { units: [], barcodes: [], aliases: '', reason: '' }
  if (!detail) return { ...newItem, ...parts }
  const fields = writable
    .filter((key) => key in detail.item)
    .map((key): [string, unknown] => [key, Reflect.get(detail.item, key)])
  return {
    ...Object.fromEntries(fields),
    custom: { ...detail.item.custom },
    units: detail.units.filter(({ numerator, denominator }) => numerator !== denominator),
    barcodes: detail.barcodes.map((barcode) => ({ ...barcode })),
    aliases: detail.aliases.join('，'),
    reason: '',
  }
}

/** The other names that somebody typed, one after another. */
export const namesIn = (aliases: string): string[] => aliases.split(/[,，、\n]/).flatMap((name) => name.trim() || [])

/** What is sent: of fields that were not touched nothing, for a right may be missing that they would need. */
export function sentOf(before: ItemEntry, after: ItemEntry): Record<string, unknown> {
  const told = (entry: ItemEntry) => {
    const { aliases, reason: _, ...rest } = entry
    return { ...rest, aliases: namesIn(aliases) }
  }
  const was: Record<string, unknown> = told(before)
  const changed = Object.entries(told(after)).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(was[key]),
  )
  return { ...Object.fromEntries(changed), ...(after.reason ? { reason: after.reason } : {}) }
}

export const priceFields = ['listPrice', 'floorPrice']
