import { type Output, Refusal } from '#contract'
import { documentFor, present, withOwnNames } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { parties, SupplierView } from './contract.ts'
import { canOnSupplier } from './policy.ts'
import { findSupplier, type StoredSupplier } from './supplier-store.ts'

export type SupplierAnswer = Output<(typeof parties)['endpoints']['supplier']>

export async function readSupplier(tx: Tx, caller: Caller, { id }: { id: string }): Promise<SupplierAnswer> {
  const [supplier] = await supplierViews(tx, caller, [await supplierThere(tx, id)])
  return { supplier: supplier! }
}

export async function supplierThere(tx: Tx, id: string): Promise<StoredSupplier> {
  const supplier = await findSupplier(tx, id)
  if (!supplier) throw new Refusal('not_found', { what: { zh: '供应商', en: 'supplier' } })
  return supplier
}

/** Suppliers as this caller may see them. */
export async function supplierViews(
  tx: Tx,
  caller: Caller,
  suppliers: readonly StoredSupplier[],
): Promise<SupplierView[]> {
  const document = await documentFor(tx, 'supplier')
  const views = suppliers.map((supplier) => present(document, caller, supplier, { can: canOnSupplier(caller) }))
  return withOwnNames(tx, caller, document, views)
}
