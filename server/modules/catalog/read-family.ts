import { type Document, Refusal } from '#contract'
import { documentFor, present, type Row } from '#server/engines/forms'
import { type Caller, has } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { FamilyGrid } from './contract.ts'
import { sayAxes, type Variant } from './family.model.ts'
import { findFamily, type StoredFamily } from './family-store.ts'
import { findItems } from './item-store.ts'
import { itemRows } from './item-view.ts'

/** A family with the item of each cell of its grid. */
export async function readFamily(tx: Tx, caller: Caller, { id }: { id: string }): Promise<FamilyGrid> {
  const family = await findFamily(tx, id)
  if (!family) throw new Refusal('not_found', { what: { zh: '商品系列', en: 'item family' } })
  const items = await findItems(tx, { familyId: id })
  const rows = await itemRows(tx, caller, items)
  return {
    family: familyView(await documentFor(tx, 'item_family'), caller, family),
    axes: family.axes,
    // The variant was parsed by the contract when it was saved.
    cells: items.map((item, i) => ({ ...rows[i]!, variant: item.variant as Variant })),
  }
}

export function familyView(document: Document, caller: Caller, family: StoredFamily): FamilyGrid['family'] {
  const view = present(document, caller, familyRow(family), { can: has(caller, 'item.write') ? ['edit'] : [] })
  return view // the family's descriptor, with the company's own fields
}

export const familyRow = (family: StoredFamily): Row => ({ ...family, axes: sayAxes(family.axes) })
