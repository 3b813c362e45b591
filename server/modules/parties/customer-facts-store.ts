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

const facts = {
  id: true,
  number: true,
  name: true,
  shortName: true,
  level: true,
  state: true,
  ownerId: true,
  termCode: true,
  creditLimit: true,
  address: true,
  phone: true,
} as const

/** No rights are asked here: for names on documents that the caller may see. */
export async function customersByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, CustomerFacts>> {
  if (ids.length === 0) return new Map()
  const customers = await tx.customer.findMany({ where: { id: { in: [...new Set(ids)] } }, select: facts })
  return new Map(
    customers.map((customer) => [
      customer.id,
      {
        ...customer,
        state: customer.state as CustomerState, // a CHECK of the table holds it to these
        creditLimit: new Decimal(customer.creditLimit.toString()),
        phone: customer.phone ?? '',
      },
    ]),
  )
}

/** The customers of some owners. */
export async function customerIdsOf(tx: Tx, ownerIds: readonly string[]): Promise<string[]> {
  const customers = await tx.customer.findMany({ where: { ownerId: { in: [...ownerIds] } }, select: { id: true } })
  return customers.map(({ id }) => id)
}
