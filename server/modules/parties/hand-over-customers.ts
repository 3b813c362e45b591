import { type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { type Belonging, type Passing, registerBelonging } from '#server/modules/org'
import { customersOwnedBy, giveCustomers } from './customer-owner-store.ts'
import type { CustomerReassigned } from './facts.ts'

/** Customers belong to the company: they go to somebody else with whoever looked after them. */
export const registerCustomerBelonging = (): void =>
  registerBelonging({
    kind: 'customer',
    label: { zh: '客户', en: 'Customers' },
    position: 10,
    scope: 'customer',
    find: customersOf,
    pass: handOverCustomers,
  })

async function customersOf(tx: Tx, _caller: Caller, personId: string): Promise<Belonging[]> {
  const customers = await customersOwnedBy(tx, personId)
  return customers.map(({ id, shortName }) => ({ id, title: shortName, path: `/customers/${id}`, amount: null }))
}

/** Who may do this has been asked by whoever passes a person's things on. */
async function handOverCustomers(tx: Tx, caller: Caller, passing: Passing): Promise<string[]> {
  const { fromId, toId } = passing
  const ids = await giveCustomers(tx, passing)
  const document = await documentFor(tx, 'customer')
  for (const id of ids) {
    const deed = { id, action: 'reassign', before: { id, ownerId: fromId }, after: { id, ownerId: toId } }
    await record(tx, caller, document, deed)
  }
  const told = ids.map((customerId): CustomerReassigned => ({
    name: 'parties.customer-reassigned',
    body: { customerId, fromId, toId },
  }))
  await publish(tx, caller, told)
  return ids
}
