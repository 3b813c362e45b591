import { type Input, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { checkFamilyPlace, checkPrices } from './check-item.ts'
import type { catalog, ItemDetail } from './contract.ts'
import { checkBarcodes, checkedUnits, checkStillMeasured } from './item.model.ts'
import { type ItemFields, refuseTaken, replaceParts, type StoredItem, updateItem } from './item-store.ts'
import { rowOf, unitsOf } from './item-view.ts'
import { unitsInUse } from './item-uses.ts'
import { allowItemChange } from './policy.ts'
import { insertItemPriceChange } from './price-change-store.ts'
import { itemThere, readItem, variantOf } from './read-item.ts'

type EditItem = Input<(typeof catalog)['endpoints']['editItem']>

/** Changes the fields that are sent; units, barcodes and other names are replaced as a whole. */
export async function editItem(tx: Tx, caller: Caller, input: EditItem): Promise<ItemDetail> {
  const { id } = input
  allowItemChange(caller, input)
  const document = await documentFor(tx, 'item')
  await checkWritten(tx, caller, document, input, 'patch')
  const before = await itemThere(tx, id)
  if (before.version !== input.version) throw new Refusal('stale')

  const fields = merged(before, input)
  const parts = partsAfter(before, fields.baseUnit, input)
  if (parts.changed || fields.tracking !== before.tracking)
    checkStillMeasured(before.name, before, { ...fields, units: parts.units }, await unitsInUse(tx, id))
  checkPrices(fields)
  if (input.familyId !== undefined || input.variant !== undefined) await checkFamilyPlace(tx, fields)
  await refuseTaken(tx, id, fields)

  await updateItem(tx, id, input.version, fields)
  if (parts.changed) await replaceParts(tx, { id, ...parts })
  const after = await itemThere(tx, id)
  await record(tx, caller, document, { id, action: 'edit', before: rowOf(before), after: rowOf(after) })
  await insertItemPriceChange(tx, {
    itemId: id,
    by: caller.personId,
    at: caller.at,
    reason: input.reason,
    before,
    after,
  })
  return readItem(tx, caller, input)
}

const merged = (before: StoredItem, input: EditItem): ItemFields => ({
  code: input.code ?? before.code,
  name: input.name ?? before.name,
  spec: cleared(input.spec, before.spec),
  category: input.category ?? before.category,
  brand: cleared(input.brand, before.brand),
  familyId: input.familyId === undefined ? before.familyId : input.familyId,
  variant: input.variant ?? (input.familyId === null ? {} : variantOf(before)),
  baseUnit: input.baseUnit ?? before.baseUnit,
  tracking: input.tracking ?? before.tracking,
  taxRate: input.taxRate ?? before.taxRate.toString(),
  listPrice: input.listPrice === undefined ? before.listPrice.toString() : (input.listPrice ?? '0'),
  floorPrice: input.floorPrice === undefined ? (before.floorPrice?.toString() ?? null) : input.floorPrice,
  reorderPoint: input.reorderPoint === undefined ? before.reorderPoint.toString() : (input.reorderPoint ?? '0'),
  allowNegative: input.allowNegative ?? before.allowNegative,
  active: input.active ?? before.active,
  aliases: input.aliases ?? before.aliases,
  custom: mergedCustom(before.custom, input.custom),
})

/** An empty text clears a field, one that is not sent leaves it. */
const cleared = (sent: string | null | undefined, before: string): string =>
  sent === undefined ? before : (sent ?? '')

function partsAfter(before: StoredItem, baseUnit: string, input: EditItem) {
  const kept = unitsOf(before).filter((one) => one.unit !== before.baseUnit)
  // The other units are measured in the base unit: with a new one they must be said anew.
  if (baseUnit !== before.baseUnit && kept.length > 0 && !input.units)
    throw new Refusal('bad_unit', {
      unit: baseUnit,
      reason: { zh: '改基本单位时请一并填写其他单位', en: 'say the other units anew with the base unit' },
    })
  const units = checkedUnits(baseUnit, input.units ?? kept)
  const barcodes = input.barcodes ?? before.barcodes.map(({ code, unit }) => ({ code, unit }))
  checkBarcodes(units, barcodes)
  return {
    units,
    barcodes,
    changed: input.units !== undefined || input.barcodes !== undefined || baseUnit !== before.baseUnit,
  }
}
