import { Refusal } from '#contract'
import type { Tx } from '#kernel/db'
import type { Contact } from './contacts.model.ts'

type WithContacts = { id: string; contacts: readonly Contact[] }

export async function insertContacts(tx: Tx, customers: readonly WithContacts[]): Promise<void> {
  const rows = customers.flatMap(({ id: customerId, contacts }) =>
    contacts.map((contact, position) => ({ ...contact, customerId, position })),
  )
  const inserted = await tx.$executeRaw`
    insert into contact (id, customer_id, name, role, phone, email, is_main, position, custom)
    select id, "customerId", name, role, phone, email, "isMain", position, custom
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new_contact(
      id uuid, "customerId" uuid, name text, role text, phone text, email text, "isMain" boolean, position int, custom jsonb)
    on conflict (id) do nothing`
  // Only an id that is somebody else's contact can be there already.
  if (inserted < rows.length)
    throw new Refusal('malformed', {}, [{ field: 'contacts', message: '联系人编号重复 / the id of another contact' }])
}

export async function replaceContacts(tx: Tx, customer: WithContacts): Promise<void> {
  await tx.contact.deleteMany({ where: { customerId: customer.id } })
  await insertContacts(tx, [customer])
}
