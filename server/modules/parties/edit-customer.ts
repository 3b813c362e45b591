import { type Input, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { documentFor, mergedCustom } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { checkSent, refuseAlike } from './check-customer.ts'
import { replaceContacts } from './contact-store.ts'
import { contactsAfter } from './contacts.model.ts'
import { cleared } from './cleared.ts'
import type { parties } from './contract.ts'
import { type CustomerFields, keysOf, type StoredCustomer, updateCustomer } from './customer-store.ts'
import { contactsOf, customerThere, rowOf } from './customer-view.ts'
import { paymentTerm } from './payment-terms.ts'
import { allowCustomerChange } from './policy.ts'
import { type CustomerAnswer, readCustomer } from './read-customer.ts'

type EditCustomer = Input<(typeof parties)['endpoints']['editCustomer']>

/** Changes the fields that are sent; contacts and other names are replaced as a whole. */
export async function editCustomer(tx: Tx, caller: Caller, input: EditCustomer): Promise<CustomerAnswer> {
  const { id } = input
  const before = await customerThere(tx, caller, id)
  allowCustomerChange(caller, input)
  const document = await documentFor(tx, 'customer')
  await checkSent(tx, caller, document, input, 'patch')
  if (before.version !== input.version) throw new Refusal('stale')

  const fields = merged(before, input)
  const contacts = input.contacts ? contactsAfter(contactsOf(before), input.contacts) : contactsOf(before)
  if (fields.termCode !== before.termCode) await paymentTerm(tx, fields.termCode)
  const newKeys = keysOf(fields, contacts).filter((key) => !before.alikeKeys.includes(key))
  if (newKeys.length > 0 && !input.evenIfAlike) await refuseAlike(tx, caller, id, newKeys)

  await updateCustomer(tx, before, fields, contacts)
  if (input.contacts) await replaceContacts(tx, { id, contacts })
  const after = await customerThere(tx, caller, id)
  await record(tx, caller, document, { id, action: 'edit', before: rowOf(before), after: rowOf(after) })
  return readCustomer(tx, caller, input)
}

const merged = (before: StoredCustomer, input: EditCustomer): CustomerFields => ({
  name: input.name ?? before.name,
  shortName: input.shortName ?? before.shortName,
  level: input.level ?? before.level,
  termCode: input.termCode ?? before.termCode,
  region: cleared(input.region, before.region),
  industry: cleared(input.industry, before.industry),
  address: cleared(input.address, before.address),
  phone: input.phone === undefined ? before.phone : input.phone,
  taxNumber: cleared(input.taxNumber, before.taxNumber),
  creditLimit: input.creditLimit === undefined ? before.creditLimit.toString() : (input.creditLimit ?? '0'),
  note: cleared(input.note, before.note),
  aliases: input.aliases ?? before.aliases,
  custom: mergedCustom(before.custom, input.custom),
})
