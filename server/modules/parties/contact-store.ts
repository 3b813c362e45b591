import { Refusal } from '#contract'
import type { Tx } from '#kernel/db'
import type { Contact } from './contacts.model.ts'

type WithContacts = { id: string; contacts: readonly Contact[] }

export async function insertContacts(tx: Tx, customers: readonly WithContacts[]): Promise<void> {
  const rows = customers.flatMap(({ id, contacts }) =>
    contacts.map((contact, position) => ({
      ...contact,
      custom: contact.custom as Record<string, never>,
      customerId: id,
      position,
    })),
  )
  const { count } = await tx.contact.createMany({ data: rows, skipDuplicates: true })
  // Only an id that is somebody else's contact can be there already.
  if (count < rows.length)
    throw new Refusal('malformed', {}, [{ field: 'contacts', message: '联系人编号重复 / the id of another contact' }])
}

export async function replaceContacts(tx: Tx, customer: WithContacts): Promise<void> {
  await tx.contact.deleteMany({ where: { customerId: customer.id } })
  await insertContacts(tx, [customer])
}
