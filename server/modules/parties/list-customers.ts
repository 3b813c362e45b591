import type { Input, Output } from '#contract'
import { type Caller, canRead, visibleOwners } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { parties } from './contract.ts'
import { findCustomerPage } from './customer-list-store.ts'
import { findCustomers } from './customer-store.ts'
import { customerViews } from './customer-view.ts'

type Customers = (typeof parties)['endpoints']['customers']

export async function listCustomers(tx: Tx, caller: Caller, input: Input<Customers>): Promise<Output<Customers>> {
  const filter = { ...input, owners: visibleOwners(caller, 'customer'), byPhone: canRead(caller, 'contact') }
  const found = await findCustomerPage(tx, filter, keysOf(input.cursor, ['rank', 'text', 'id']), input.limit + 1)
  const page = pageFrom(found, input.limit, ({ rank, pinyin, id }) => [rank, pinyin, id])
  const customers = await findCustomers(
    tx,
    page.rows.map(({ id }) => id),
  )
  const inOrder = page.rows.flatMap(({ id }) => customers.get(id) ?? [])
  return { rows: await customerViews(tx, caller, inOrder), cursor: page.cursor }
}
