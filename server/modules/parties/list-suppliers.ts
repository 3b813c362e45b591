import type { Input, Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { parties } from './contract.ts'
import { supplierViews } from './read-supplier.ts'
import { findSupplierPage, suppliersByIds } from './supplier-store.ts'

type Suppliers = (typeof parties)['endpoints']['suppliers']

export async function listSuppliers(tx: Tx, caller: Caller, input: Input<Suppliers>): Promise<Output<Suppliers>> {
  const found = await findSupplierPage(tx, { ...input, after: keysOf(input.cursor, ['rank', 'text', 'id']) })
  const page = pageFrom(found, input.limit, ({ rank, pinyin, id }) => [rank, pinyin, id])
  const suppliers = await suppliersByIds(
    tx,
    page.rows.map(({ id }) => id),
  )
  const inOrder = page.rows.flatMap(({ id }) => suppliers.get(id) ?? [])
  return { rows: await supplierViews(tx, caller, inOrder), cursor: page.cursor }
}
