import type { Input } from '#contract'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { catalog, ItemDetail } from './contract.ts'
import { checkFamilyPlace, checkPrices } from './check-item.ts'
import { checkBarcodes, checkedUnits } from './item.model.ts'
import { findItem, insertItems, type ItemFields, refuseTaken } from './item-store.ts'
import { rowOf } from './item-view.ts'
import { allowItemChange } from './policy.ts'
import { insertItemPriceChange } from './price-change-store.ts'
import { itemThere, readItem } from './read-item.ts'

type CreateItem = Input<(typeof catalog)['endpoints']['createItem']>

/** Creates an item. Sent again under the id it has by now, it answers what is there. */
export async function createItem(tx: Tx, caller: Caller, input: CreateItem): Promise<ItemDetail> {
  allowItemChange(caller, input)
  const document = await documentFor(tx, 'item')
  await checkWritten(tx, caller, document, input, 'create')
  if (await findItem(tx, input.id)) return readItem(tx, caller, input)

  const fields = fieldsOf(input)
  const units = checkedUnits(fields.baseUnit, input.units ?? [])
  const barcodes = input.barcodes ?? []
  checkBarcodes(units, barcodes)
  checkPrices(fields)
  await checkFamilyPlace(tx, fields)
  await refuseTaken(tx, input.id, fields)

  const inserted = await insertItems(tx, [{ ...fields, id: input.id, createdAt: caller.at, units, barcodes }])
  if (inserted === 0) throw new ChangedMeanwhile()
  const { id } = input
  const after = await itemThere(tx, id)
  await record(tx, caller, document, { id, action: 'create', after: rowOf(after) })
  if (!after.listPrice.isZero())
    await insertItemPriceChange(tx, { itemId: id, by: caller.personId, at: caller.at, reason: '', after })
  return readItem(tx, caller, input)
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
