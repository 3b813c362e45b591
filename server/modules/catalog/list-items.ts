import type { Input, Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { catalog } from './contract.ts'
import { findItems } from './item-store.ts'
import { itemRows } from './item-view.ts'
import { findItemPage } from './search-store.ts'

type Items = (typeof catalog)['endpoints']['items']

export async function listItems(tx: Tx, caller: Caller, input: Input<Items>): Promise<Output<Items>> {
  const found = await findItemPage(tx, input, keysOf(input.cursor, ['rank', 'text']), input.limit + 1)
  const page = pageFrom(found, input.limit, ({ rank, code }) => [rank, code])
  const items = await findItems(tx, { id: { in: page.rows.map(({ id }) => id) } })
  const byId = new Map(items.map((item) => [item.id, item]))
  const inOrder = page.rows.flatMap(({ id }) => byId.get(id) ?? [])
  return { rows: await itemRows(tx, caller, inOrder), cursor: page.cursor }
}
