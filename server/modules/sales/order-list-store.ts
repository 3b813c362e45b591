import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { Keys } from '#kernel/paging'
import { searchWords } from '#kernel/search'

/** What a list of documents of a customer is asked for; `owners` null: everybody's. */
export type Listed = {
  owners: readonly string[] | null
  states: readonly string[] | null
  customerId?: string
  ownerId?: string
  warehouseId?: string
  /** Only of these warehouses, and what belongs to this person; null: of all. */
  reach?: { warehouses: readonly string[]; personId: string } | null
  orderId?: string
  /** The days on which an order was placed, or a delivery left or is to leave. */
  from?: string
  to?: string
  /** Words in the number, or a customer found by them. */
  q?: string
  customerIds: readonly string[]
  after?: Keys
  limit: number
}
export type ListedId = { id: string; at: string }

const tables = {
  sales_order: sql`sales_order`,
  quotation: sql`quotation`,
  delivery: sql`delivery`,
  sales_return: sql`sales_return`,
}
const dayOf = {
  sales_order: sql`ordered_on`,
  quotation: sql`created_at::date`,
  delivery: sql`coalesce(shipped_on, planned_on)`,
  sales_return: sql`created_at::date`,
}

/** A page of ids, newest first; one more than asked for tells that there is more. */
export async function listIds(tx: Tx, table: keyof typeof tables, listed: Listed): Promise<ListedId[]> {
  const { owners, states, customerId, ownerId, warehouseId, reach, orderId, from, to, after, limit } = listed
  const conditions: Sql[] = [
    owners ? sql`owner_id = any(${owners}::uuid[])` : noSql,
    states ? sql`state = any(${states}::text[])` : noSql,
    customerId ? sql`customer_id = ${customerId}::uuid` : noSql,
    ownerId ? sql`owner_id = ${ownerId}::uuid` : noSql,
    warehouseId ? sql`warehouse_id = ${warehouseId}::uuid` : noSql,
    reach ? sql`(warehouse_id = any(${reach.warehouses}::uuid[]) or owner_id = ${reach.personId}::uuid)` : noSql,
    orderId ? sql`order_id = ${orderId}::uuid` : noSql,
    from ? sql`${dayOf[table]} >= ${from}::date` : noSql,
    to ? sql`${dayOf[table]} <= ${to}::date` : noSql,
    after ? sql`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : noSql,
    matching(listed),
  ].filter((condition) => condition !== noSql)
  const where = conditions.length > 0 ? sql`where ${joinSql(conditions, ' and ')}` : noSql
  return tx.$queryRaw<ListedId[]>`
    select id, created_at::text as at from ${tables[table]} ${where} order by created_at desc, id desc limit ${limit + 1}`
}

function matching({ q, customerIds }: Listed): Sql {
  const words = searchWords(q ?? '')
  if (words.length === 0) return noSql
  const ofCustomers = sql`customer_id = any(${customerIds}::uuid[])`
  // Numbers are in Latin letters and digits: a name in Chinese would be looked for in each of them, in vain.
  if (!words.every((word) => /^[ -~]+$/.test(word))) return ofCustomers
  const inNumber = words.map((word) => sql`number ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  return sql`((${joinSql(inNumber, ' and ')}) or ${ofCustomers})`
}

/** The numbers of those among these documents that belong to `owners`; null: everybody's. */
export async function numbersOf(
  tx: Tx,
  table: keyof typeof tables,
  ids: readonly string[],
  owners: readonly string[] | null,
): Promise<Map<string, string>> {
  const whose = owners ? sql`and owner_id = any(${owners}::uuid[])` : noSql
  const rows = await tx.$queryRaw<{ id: string; number: string | null }[]>`
    select id, number from ${tables[table]} where id = any(${ids}::uuid[]) ${whose}`
  return new Map(rows.map(({ id, number }) => [id, number ?? '草稿']))
}

/** Number and address of orders, for what belongs to them. */
export async function orderLabels(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { number: string | null; address: string }>> {
  const rows = await tx.$queryRaw<{ id: string; number: string | null; address: string }[]>`
    select id, number, address from sales_order where id = any(${[...new Set(ids)]}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}

/** The newest order of a customer that was submitted and not refused. */
export async function lastOrderId(tx: Tx, customerId: string): Promise<string | undefined> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from sales_order where customer_id = ${customerId}::uuid and state not in ('draft', 'rejected', 'cancelled')
    order by created_at desc, id desc limit 1`
  return row?.id
}

export type PaidPrice = { itemId: string; price: string; quantity: string; on: string; orderId: string; number: string }

/** The last three prices of each item that a customer agreed to, newest first. */
export function lastPaidPrices(tx: Tx, customerId: string, itemIds: readonly string[]): Promise<PaidPrice[]> {
  return tx.$queryRaw<PaidPrice[]>`
    select wanted.item_id as "itemId", last.*
    from unnest(${itemIds}::uuid[]) as wanted(item_id)
    cross join lateral (
      select l.price::text as price, l.quantity::text as quantity, o.ordered_on::text as on, o.id as "orderId", o.number
      from sales_order_line l join sales_order o on o.id = l.order_id
      where l.item_id = wanted.item_id and o.customer_id = ${customerId}::uuid and o.confirmed_at is not null
      order by o.created_at desc, l.position limit 3) as last`
}

/** The day of the newest order of each of these customers that was submitted and not refused. */
export async function lastOrderedOn(tx: Tx, customerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; day: string }[]>`
    select customer_id as id, to_char(max(ordered_on), 'YYYY-MM-DD') as day from sales_order
    where customer_id = any(${customerIds}::uuid[]) and state not in ('draft', 'rejected', 'cancelled') group by customer_id`
  return new Map(rows.map(({ id, day }) => [id, day]))
}
