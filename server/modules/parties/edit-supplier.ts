import { type Input, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { cleared } from './cleared.ts'
import type { parties } from './contract.ts'
import { allowSupplierChange } from './policy.ts'
import { readSupplier, type SupplierAnswer, supplierThere } from './read-supplier.ts'
import { type StoredSupplier, type SupplierFields, updateSupplier } from './supplier-store.ts'

type EditSupplier = Input<(typeof parties)['endpoints']['editSupplier']>

export async function editSupplier(tx: Tx, caller: Caller, input: EditSupplier): Promise<SupplierAnswer> {
  allowSupplierChange(caller)
  const document = await documentFor(tx, 'supplier')
  await checkWritten(tx, caller, document, input, 'patch')
  const before = await supplierThere(tx, input.id)
  if (before.version !== input.version) throw new Refusal('stale')

  const fields = merged(before, input)
  await updateSupplier(tx, before, fields)
  await record(tx, caller, document, { id: input.id, action: 'edit', before, after: { ...before, ...fields } })
  return readSupplier(tx, caller, input)
}

const merged = (before: StoredSupplier, input: EditSupplier): SupplierFields => ({
  name: input.name ?? before.name,
  shortName: input.shortName ?? before.shortName,
  contactName: cleared(input.contactName, before.contactName),
  phone: input.phone === undefined ? before.phone : input.phone,
  address: cleared(input.address, before.address),
  taxNumber: cleared(input.taxNumber, before.taxNumber),
  note: cleared(input.note, before.note),
  active: input.active ?? before.active,
  custom: mergedCustom(before.custom, input.custom),
})
