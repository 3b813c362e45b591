import { say, type Text } from '#contract'
import { documentFor, present, type Row, withOwnNames } from '#server/engines/forms'
import { namesOf } from '#server/modules/org'
import { type Caller, ownedBy } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Contact } from './contacts.model.ts'
import type { CustomerView } from './contract.ts'
import type { CustomerState } from './customer.document.ts'
import { findCustomer, type ListedCustomer, type StoredCustomer } from './customer-store.ts'
import { canOnCustomer, customerMissing } from './policy.ts'

/** The customer, if the caller may see it; a foreign one is missing. */
export async function customerThere(tx: Tx, caller: Caller, id: string): Promise<StoredCustomer> {
  const customer = await findCustomer(tx, id, ownedBy(caller, 'customer'))
  if (!customer) throw customerMissing()
  return customer
}

/** A customer as the descriptor's fields read it, with its contacts as lines. */
export const rowOf = (customer: ListedCustomer & { contacts?: StoredCustomer['contacts'] }): Row & { lines: Row[] } => {
  const { contacts = [], ...row } = customer
  return { ...row, aliases: row.aliases.join('、'), lines: contacts }
}

/** A CHECK of the table holds the state to these. */
export const stateOf = ({ state }: { state: string }): CustomerState => state as CustomerState

export const contactsOf = (customer: StoredCustomer): Contact[] =>
  customer.contacts.map(({ id, name, role, phone, email, isMain, custom }) => ({
    id,
    name,
    role,
    phone,
    email,
    isMain,
    custom: custom as Contact['custom'], // a jsonb object
  }))

/** Customers as this caller may see them, owners and terms by name. */
export async function customerViews(
  tx: Tx,
  caller: Caller,
  customers: readonly (ListedCustomer | StoredCustomer)[],
): Promise<CustomerView[]> {
  const document = await documentFor(tx, 'customer')
  const owners = await namesOf(
    tx,
    customers.map(({ ownerId }) => ownerId),
  )
  const views = customers.map((customer) => {
    const term = customer.term.name as Text // parsed by the contract when it was saved
    const names = { ownerId: owners.get(customer.ownerId) ?? '—', termCode: say(term, caller.lang) }
    const row = rowOf(customer)
    return present(document, caller, row, { can: canOnCustomer(caller, stateOf(customer)), names, lines: row.lines })
  })
  return withOwnNames(tx, caller, document, views)
}
