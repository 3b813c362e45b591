import { Refusal } from '#contract'
import { type Caller, canRead, seesOwner, visibleOwners } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type CustomerFacts, customersByIds } from './customer-facts-store.ts'
import { findCustomerPage } from './customer-list-store.ts'
import { customerMissing } from './policy.ts'

/** The facts of a customer that the caller may see; a foreign one is missing. */
export async function customerFor(tx: Tx, caller: Caller, id: string): Promise<CustomerFacts> {
  const customer = (await customersByIds(tx, [id])).get(id)
  if (!customer || !seesOwner(caller, 'customer', customer.ownerId)) throw customerMissing()
  return customer
}

/** The same for a new quotation or order, which a frozen customer does not get. */
export async function activeCustomerFor(tx: Tx, caller: Caller, id: string): Promise<CustomerFacts> {
  const customer = await customerFor(tx, caller, id)
  if (customer.state === 'frozen') throw new Refusal('customer_frozen', { customer: customer.shortName })
  return customer
}

const exactRank = 1

/** The customers the caller sees that fit what somebody typed, best first. When a number or a whole name fits, what only resembles it is left out. */
export async function searchCustomerIds(tx: Tx, caller: Caller, q: string, limit = 10): Promise<string[]> {
  if (q.trim() === '') return []
  const filter = { q, owners: visibleOwners(caller, 'customer'), byPhone: canRead(caller, 'contact') }
  const found = await findCustomerPage(tx, filter, undefined, limit)
  const exact = found.filter(({ rank }) => rank <= exactRank)
  return (exact.length > 0 ? exact : found).map(({ id }) => id)
}
