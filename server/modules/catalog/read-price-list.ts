import { type Document, type Output, Refusal } from '#contract'
import { documentFor, present } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { catalog } from './contract.ts'
import { canOnPriceList, seesCustomerPrices } from './policy.ts'
import { findPriceList, type StoredPriceList } from './price-list-store.ts'

export type PriceListDetail = Output<(typeof catalog)['endpoints']['priceList']>

export async function readPriceList(tx: Tx, caller: Caller, { id }: { id: string }): Promise<PriceListDetail> {
  const list = await priceListThere(tx, caller, id)
  return priceListView(await documentFor(tx, 'price_list'), caller, list)
}

/** A list for one customer is not there for those who may not know of him. */
export async function priceListThere(tx: Tx, caller: Caller, id: string): Promise<StoredPriceList> {
  const list = await findPriceList(tx, id)
  if (!list || (list.customerId && !seesCustomerPrices(caller)))
    throw new Refusal('not_found', { what: { zh: '价格表', en: 'price list' } })
  return list
}

export function priceListView(document: Document, caller: Caller, list: StoredPriceList): PriceListDetail {
  const view = present(document, caller, list, { can: canOnPriceList(caller) })
  // The list's descriptor, with the company's own fields.
  return { priceList: view, rules: list._count.rules }
}
