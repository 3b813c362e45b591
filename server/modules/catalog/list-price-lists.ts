import type { Input, Output } from '#contract'
import { documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { catalog } from './contract.ts'
import { seesCustomerPrices } from './policy.ts'
import { findPriceListPage, findPriceLists } from './price-list-store.ts'
import { priceListView } from './read-price-list.ts'

type PriceLists = (typeof catalog)['endpoints']['priceLists']

export async function listPriceLists(tx: Tx, caller: Caller, input: Input<PriceLists>): Promise<Output<PriceLists>> {
  const filter = { ...input, withCustomers: seesCustomerPrices(caller), after: keysOf(input.cursor, ['text', 'id']) }
  const page = pageFrom(await findPriceListPage(tx, filter), input.limit, ({ name, id }) => [name, id])
  const lists = await findPriceLists(
    tx,
    page.rows.map(({ id }) => id),
  )
  const inOrder = page.rows.flatMap(({ id }) => lists.get(id) ?? [])
  const document = await documentFor(tx, 'price_list')
  return { rows: inOrder.map((list) => priceListView(document, caller, list)), cursor: page.cursor }
}
