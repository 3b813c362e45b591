import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import type { CustomerState } from './customer.document.ts'

/** What documents need to know of a customer. */
export type CustomerFacts = {
  id: string
  number: string
  name: string
  shortName: string
  level: string
  state: CustomerState
  ownerId: string
  termCode: string
  creditLimit: Decimal
  address: string
  phone: string
}

type Row = Omit<CustomerFacts, 'creditLimit'> & { creditLimit: string }

/** No rights are asked here: for names on documents that the caller may see. */
export async function customersByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, CustomerFacts>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<Row[]>`
    select id, number, name, short_name as "shortName", level, state, owner_id as "ownerId", term_code as "termCode",
      credit_limit::text as "creditLimit", address, coalesce(phone, '') as phone
    from customer where id = any(${[...new Set(ids)]}::uuid[])`
  return new Map(rows.map((row) => [row.id, { ...row, creditLimit: new Decimal(row.creditLimit) }]))
}

/** The customers of some owners. */
export async function customerIdsOf(tx: Tx, ownerIds: readonly string[]): Promise<string[]> {
  const customers = await tx.customer.findMany({ where: { ownerId: { in: [...ownerIds] } }, select: { id: true } })
  return customers.map(({ id }) => id)
}
