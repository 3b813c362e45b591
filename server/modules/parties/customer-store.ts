import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { Prisma } from '#kernel/prisma/client'
import { alikeKeys } from './alike.model.ts'
import type { Contact } from './contacts.model.ts'
import { insertContacts } from './contact-store.ts'
import type { CustomerState } from './customer.document.ts'
import { holdRegister, takeNumbers } from './number-store.ts'
import { searchColumns } from './search-store.ts'

export type CustomerFields = {
  name: string
  shortName: string
  level: string
  region: string
  industry: string
  address: string
  phone: string | null
  taxNumber: string
  termCode: string
  creditLimit: string
  note: string
  aliases: string[]
  custom: Record<string, never>
}
export type NewCustomer = CustomerFields & {
  id: string
  state: CustomerState
  ownerId: string
  createdAt: Date
  createdBy: string
  contacts: Contact[]
}

export const prefix = 'C'
const whole = {
  term: { select: { name: true } },
  contacts: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.CustomerInclude
export type StoredCustomer = Prisma.CustomerGetPayload<{ include: typeof whole }>
export type ListedCustomer = Omit<StoredCustomer, 'contacts'>

/** `rows` are the caller's row rights. */
export const findCustomer = (
  tx: Tx,
  id: string,
  rows: { ownerId?: { in: string[] } },
): Promise<StoredCustomer | null> => tx.customer.findFirst({ where: { id, ...rows }, include: whole })

export const isCustomerThere = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.customer.count({ where: { id } })) > 0

/** Customers without their contacts, as lists show them. */
export async function findCustomers(tx: Tx, ids: readonly string[]): Promise<Map<string, ListedCustomer>> {
  const customers = await tx.customer.findMany({ where: { id: { in: [...ids] } }, include: { term: whole.term } })
  return new Map(customers.map((customer) => [customer.id, customer]))
}

export const findWholeCustomers = (tx: Tx, ids: readonly string[]): Promise<StoredCustomer[]> =>
  tx.customer.findMany({ where: { id: { in: [...ids] } }, include: whole, orderBy: { number: 'asc' } })

/** From here to the end of the transaction nobody else registers a customer. */
export const holdCustomers = (tx: Tx): Promise<void> => holdRegister(tx, prefix)

/** Inserts customers with their contacts, set-based, in the order given; answers how many were new. Taken ids are passed over. */
export async function insertCustomers(tx: Tx, customers: readonly NewCustomer[]): Promise<number> {
  const numbers = await takeNumbers(tx, prefix, customers.length)
  const rows = customers.map((customer, i) => {
    const number = numbers[i] ?? ''
    const derived = searchColumns({ ...customer, number })
    return { ...customer, ...derived, number, alikeKeys: keysOf(customer, customer.contacts) }
  })
  const inserted = await tx.$executeRaw`
    insert into customer (id, number, name, short_name, level, state, owner_id, region, industry, address, phone, tax_number, term_code,
      credit_limit, note, aliases, pinyin, initials, grams, search_text, alike_keys, custom, created_at, created_by)
    select id, number, name, "shortName", level, state, "ownerId", region, industry, address, phone, "taxNumber", "termCode",
      "creditLimit", note, aliases, pinyin, initials, grams, "searchText", "alikeKeys", custom, "createdAt", "createdBy"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new_customer(
      id uuid, number text, name text, "shortName" text, level text, state text, "ownerId" uuid, region text, industry text,
      address text, phone text, "taxNumber" text, "termCode" text, "creditLimit" numeric, note text, aliases text[], pinyin text,
      initials text, grams text[], "searchText" text, "alikeKeys" text[], custom jsonb, "createdAt" timestamptz, "createdBy" uuid)
    on conflict do nothing`
  if (inserted === customers.length) await insertContacts(tx, customers)
  return inserted
}

/** Saves the fields of the customer that was read at `version`. */
export async function updateCustomer(
  tx: Tx,
  before: StoredCustomer,
  fields: CustomerFields,
  contacts: readonly Contact[],
): Promise<void> {
  const derived = { ...searchColumns({ ...fields, number: before.number }), alikeKeys: keysOf(fields, contacts) }
  await saveIfUnchanged(tx, before, { ...fields, ...derived })
}

/** Moves the customer that was read at `version` to another state or owner. */
export const moveCustomer = (
  tx: Tx,
  before: StoredCustomer,
  to: { state: CustomerState } | { ownerId: string },
): Promise<void> => saveIfUnchanged(tx, before, to)

async function saveIfUnchanged(
  tx: Tx,
  { id, version }: StoredCustomer,
  data: Prisma.CustomerUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await tx.customer.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  })
  if (count === 0) throw new ChangedMeanwhile()
}

type Alike = { id: string; shortName: string; ownerId: string }

/**
 * Other customers that share a name, tax number or phone. From here on nobody else registers one until this transaction
 * ends, so two people who enter the same company at the same moment do not miss each other.
 */
export async function findAlike(tx: Tx, id: string, keys: readonly string[]): Promise<Alike[]> {
  await holdRegister(tx, prefix)
  return tx.customer.findMany({
    where: { alikeKeys: { hasSome: [...keys] }, NOT: { id } },
    select: { id: true, shortName: true, ownerId: true },
    orderBy: { number: 'asc' },
    take: 10,
  })
}

export const keysOf = (
  fields: Pick<CustomerFields, 'name' | 'shortName' | 'aliases' | 'taxNumber' | 'phone'>,
  contacts: readonly Contact[],
): string[] => alikeKeys({ ...fields, phones: [fields.phone, ...contacts.map(({ phone }) => phone)] })
