import { sql, type Tx } from '#kernel/db'
import type { Use } from '#server/engines/imports'

export type KnownCustomer = {
  id: string
  number: string
  name: string
  shortName: string
  ownerId: string
  keys: string[]
}

/** The customers that have one of these keys, whoever's they are. */
export const findKeyHolders = (tx: Tx, keys: readonly string[]): Promise<KnownCustomer[]> =>
  tx.$queryRaw`
    select id, number, name, short_name as "shortName", owner_id as "ownerId", alike_keys as keys
    from customer where alike_keys && ${keys}::text[] order by number`

/** Takes customers away with their contacts; numbers that nobody has taken after theirs are free again. */
export async function deleteCustomers(tx: Tx, ids: readonly string[], prefix: string): Promise<void> {
  await tx.$executeRaw`delete from contact where customer_id = any(${ids}::uuid[])`
  await tx.$executeRaw`delete from customer where id = any(${ids}::uuid[])`
  await tx.$executeRaw`
    update number_sequence set last = coalesce((
      select max(substr(number, length(${prefix}) + 1)::int) from customer where number ~ ('^' || ${prefix} || '[0-9]{1,9}$')), 0)
    where prefix = ${prefix} and month = ''`
  await tx.$executeRaw`delete from number_sequence where prefix = ${prefix} and month = '' and last = 0`
}

/** What in this module speaks of customers. */
export const partiesUses: Use[] = [
  {
    of: 'customer',
    what: { zh: '导入后改过', en: 'changed since' },
    ids: sql`select id from customer where version > 1`,
  },
  {
    of: 'customer',
    what: { zh: '有跟进记录', en: 'has follow-ups' },
    ids: sql`select customer_id as id from follow_up`,
  },
]
