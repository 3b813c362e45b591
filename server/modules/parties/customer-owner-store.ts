import type { Tx } from '#kernel/db'
import type { Passing } from '#server/modules/org'

export const customersOwnedBy = (tx: Tx, ownerId: string) =>
  tx.customer.findMany({
    where: { ownerId },
    select: { id: true, shortName: true },
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
  })

/** Gives all of somebody's customers, or those named, to another; answers which went. */
export async function giveCustomers(tx: Tx, { fromId, toId, only }: Passing): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with theirs as (
      select id from customer
      where owner_id = ${fromId}::uuid and (${only === undefined} or id = any(${only ?? []}::uuid[])) order by id for update)
    update customer set owner_id = ${toId}::uuid, version = version + 1 where id in (select id from theirs) returning id`
  return rows.map((row) => row.id)
}
