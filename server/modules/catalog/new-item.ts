import type { Input } from '#contract'
import { mergedCustom } from '#server/engines/forms'
import type { catalog } from './contract.ts'
import { checkPrices } from './check-item.ts'
import { checkBarcodes, checkedUnits } from './item.model.ts'
import type { ItemFields, NewItem } from './item-store.ts'

export type CreateItem = Input<(typeof catalog)['endpoints']['createItem']>

/** The item that somebody asks to have created, whole; refused where its units, barcodes or prices cannot be. */
export function newItem(input: CreateItem, createdAt: Date): NewItem {
  const fields = fieldsOf(input)
  const units = checkedUnits(fields.baseUnit, input.units ?? [])
  const barcodes = input.barcodes ?? []
  checkBarcodes(units, barcodes)
  checkPrices(fields)
  return { ...fields, id: input.id, createdAt, units, barcodes }
}

function fieldsOf(input: CreateItem): ItemFields {
  const { code, name, category, baseUnit, tracking, taxRate } = input
  return {
    code,
    name,
    category,
    baseUnit,
    tracking,
    taxRate,
    spec: input.spec ?? '',
    brand: input.brand ?? '',
    familyId: input.familyId ?? null,
    variant: input.variant ?? {},
    listPrice: input.listPrice ?? '0',
    floorPrice: input.floorPrice ?? null,
    reorderPoint: input.reorderPoint ?? '0',
    allowNegative: input.allowNegative ?? false,
    active: input.active ?? true,
    aliases: input.aliases ?? [],
    custom: mergedCustom({}, input.custom),
  }
}
