import { sql, type Sql, type Tx } from '#kernel/db'
import type { Passing } from '#server/modules/org'

export type SaleTable = 'quotation' | 'sales_order'
const tables: Record<SaleTable, Sql> = { quotation: sql`quotation`, sales_order: sql`sales_order` }

type Owned = { id: string; number: string | null; customerId: string; amount: string }

/** Somebody's quotations or orders in these states, the largest first. */
export const salesOwnedBy = (
  tx: Tx,
  table: SaleTable,
  ownerId: string,
  states: readonly string[],
): Promise<Owned[]> => tx.$queryRaw<Owned[]>`
  select id, number, customer_id as "customerId", gross_total::text as amount from ${tables[table]}
  where owner_id = ${ownerId}::uuid and state = any(${[...states]}) order by gross_total desc, id`

/** Gives them to another, those in these states or all; answers which went. The notes and returns of an order go with it. */
export async function giveSales(
  tx: Tx,
  table: SaleTable,
  { fromId, toId, only, withSettled = false }: Passing,
  states: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with theirs as (
      select id from ${tables[table]}
      where owner_id = ${fromId}::uuid and (${withSettled} or state = any(${[...states]}))
        and (${only === undefined} or id = any(${only ?? []}::uuid[])) order by id for update)
    update ${tables[table]} set owner_id = ${toId}::uuid, version = version + 1 where id in (select id from theirs) returning id`
  const ids = rows.map((row) => row.id)
  if (table === 'sales_order') {
    await tx.$executeRaw`
      update delivery set owner_id = ${toId}::uuid, version = version + 1 where order_id = any(${ids}::uuid[]) and owner_id <> ${toId}::uuid`
    await tx.$executeRaw`
      update sales_return set owner_id = ${toId}::uuid, version = version + 1 where order_id = any(${ids}::uuid[]) and owner_id <> ${toId}::uuid`
  }
  return ids
}
