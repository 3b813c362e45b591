import type { Input } from '#contract'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { parties } from './contract.ts'
import { allowSupplierChange } from './policy.ts'
import { readSupplier, type SupplierAnswer, supplierThere } from './read-supplier.ts'
import { findSupplier, insertSuppliers, type SupplierFields } from './supplier-store.ts'

type CreateSupplier = Input<(typeof parties)['endpoints']['createSupplier']>

/** Registers a supplier. Sent again under the id it has by now, it answers what is there. */
export async function createSupplier(tx: Tx, caller: Caller, input: CreateSupplier): Promise<SupplierAnswer> {
  const { id } = input
  allowSupplierChange(caller)
  const document = await documentFor(tx, 'supplier')
  await checkWritten(tx, caller, document, input, 'create')
  if (await findSupplier(tx, id)) return readSupplier(tx, caller, input)

  const inserted = await insertSuppliers(tx, [{ ...fieldsOf(input), id, createdAt: caller.at }])
  if (inserted === 0) throw new ChangedMeanwhile()
  await record(tx, caller, document, { id, action: 'create', after: await supplierThere(tx, id) })
  return readSupplier(tx, caller, input)
}

function fieldsOf(input: CreateSupplier): SupplierFields {
  const { name, shortName } = input
  return {
    name,
    shortName,
    contactName: input.contactName ?? '',
    phone: input.phone ?? null,
    address: input.address ?? '',
    taxNumber: input.taxNumber ?? '',
    note: input.note ?? '',
    active: input.active ?? true,
    custom: mergedCustom({}, input.custom),
  }
}
