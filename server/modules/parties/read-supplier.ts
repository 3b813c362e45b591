import { type Document, type Output, Refusal } from '#contract'
import { documentFor, present } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { parties, SupplierView } from './contract.ts'
import { canOnSupplier } from './policy.ts'
import { findSupplier, type StoredSupplier } from './supplier-store.ts'

export type SupplierAnswer = Output<(typeof parties)['endpoints']['supplier']>

export async function readSupplier(tx: Tx, caller: Caller, { id }: { id: string }): Promise<SupplierAnswer> {
  const supplier = await supplierThere(tx, id)
  return { supplier: supplierView(await documentFor(tx, 'supplier'), caller, supplier) }
}

export async function supplierThere(tx: Tx, id: string): Promise<StoredSupplier> {
  const supplier = await findSupplier(tx, id)
  if (!supplier) throw new Refusal('not_found', { what: { zh: '供应商', en: 'supplier' } })
  return supplier
}

export function supplierView(document: Document, caller: Caller, supplier: StoredSupplier): SupplierView {
  const view = present(document, caller, supplier, { can: canOnSupplier(caller) })
  return view // the supplier's descriptor, with the company's own fields
}
