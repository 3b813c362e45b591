import { record } from '#server/engines/audit'
import { checkWritten, documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { ItemDetail } from './contract.ts'
import { checkFamilyPlace } from './check-item.ts'
import { findItem, insertItems, refuseTaken } from './item-store.ts'
import { rowOf } from './item-view.ts'
import { type CreateItem, newItem } from './new-item.ts'
import { allowItemChange } from './policy.ts'
import { insertItemPriceChange } from './price-change-store.ts'
import { itemThere, readItem } from './read-item.ts'

/** Creates an item. Sent again under the id it has by now, it answers what is there. */
export async function createItem(tx: Tx, caller: Caller, input: CreateItem): Promise<ItemDetail> {
  allowItemChange(caller, input)
  const document = await documentFor(tx, 'item')
  await checkWritten(tx, caller, document, input, 'create')
  if (await findItem(tx, input.id)) return readItem(tx, caller, input)

  const item = newItem(input, caller.at)
  await checkFamilyPlace(tx, item)
  await refuseTaken(tx, input.id, item)

  const inserted = await insertItems(tx, [item])
  if (inserted === 0) throw new ChangedMeanwhile()
  const { id } = input
  const after = await itemThere(tx, id)
  await record(tx, caller, document, { id, action: 'create', after: rowOf(after) })
  if (!after.listPrice.isZero())
    await insertItemPriceChange(tx, { itemId: id, by: caller.personId, at: caller.at, reason: '', after })
  return readItem(tx, caller, input)
}
