import { Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { person } from '#server/modules/org'
import { allow, type Caller, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import { checkSent, refuseAlike } from './check-customer.ts'
import { contactsAfter } from './contacts.model.ts'
import { insertCustomers, isCustomerThere, keysOf } from './customer-store.ts'
import { customerThere, rowOf } from './customer-view.ts'
import { type CreateCustomer, customerFields } from './new-customer.ts'
import { paymentTerm } from './payment-terms.ts'
import { allowReassigning } from './policy.ts'
import { type CustomerAnswer, readCustomer } from './read-customer.ts'

/** Registers a customer. Sent again under the id it has by now, it answers what is there. */
export async function createCustomer(tx: Tx, caller: Caller, input: CreateCustomer): Promise<CustomerAnswer> {
  const { id } = input
  allow(caller, 'customer.write', { zh: '新建客户', en: 'create customers' })
  const document = await documentFor(tx, 'customer')
  await checkSent(tx, caller, document, input, 'create')
  if (await isCustomerThere(tx, id)) return readCustomer(tx, caller, input)

  const fields = customerFields(input)
  const contacts = contactsAfter([], input.contacts ?? [])
  const ownerId = await ownerOf(tx, caller, input.ownerId)
  await paymentTerm(tx, fields.termCode)
  if (!input.evenIfAlike) await refuseAlike(tx, caller, id, keysOf(fields, contacts))

  const registered = { id, state: 'active' as const, ownerId, createdAt: caller.at, createdBy: caller.personId }
  const inserted = await insertCustomers(tx, [{ ...fields, ...registered, contacts }])
  if (inserted === 0) throw new ChangedMeanwhile()
  await record(tx, caller, document, { id, action: 'create', after: rowOf(await customerThere(tx, caller, id)) })
  return readCustomer(tx, caller, input)
}

/** Mine, or that of somebody else whose customers I see and may reassign. */
async function ownerOf(tx: Tx, caller: Caller, sent: string | undefined): Promise<string> {
  if (!sent || sent === caller.personId) return caller.personId
  allowReassigning(caller)
  const owner = await person(tx, sent)
  if (!owner?.active || !seesOwner(caller, 'customer', sent))
    throw new Refusal('unknown_owner', {}, [{ field: 'ownerId', message: '不在通讯录里 / not in the directory' }])
  return sent
}
