import { Decimal } from '#contract'
import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { ReportGroup, ReportStage } from './sales-report.document.ts'

type Asked = {
  stage: ReportStage
  from: string
  to: string
  /** Whose orders; null: everybody's. */
  owners: readonly string[] | null
  customerId?: string
  ownerId?: string
  itemId?: string
  itemIds?: readonly string[]
  region?: string
  category?: string
}
type Sort = 'gross' | 'net' | 'orders' | 'profit' | 'percent'
export type Grouped = Asked & {
  by: ReportGroup
  sort: Sort
  direction: 'asc' | 'desc'
  after?: readonly [string, string]
  limit: number
}
type Sums = { orders: number; gross: Decimal; net: Decimal; cost: Decimal }
export type Group = Sums & { key: string; quantity: Decimal; rank: string }

const keys: Record<ReportGroup, Sql> = {
  order: sql`s.order_id::text`,
  item: sql`s.item_id::text`,
  customer: sql`s.customer_id::text`,
  seller: sql`s.owner_id::text`,
  region: sql`c.region`,
  category: sql`i.category`,
}
const ranks: Record<Sort, Sql> = {
  gross: sql`gross`,
  net: sql`net`,
  orders: sql`orders`,
  profit: sql`net - cost`,
  percent: sql`coalesce(round((net - cost) * 100 / nullif(net, 0), 6), 0)`,
}

/** What was sold, one row for each group, in one statement; one more than asked for tells that there is more. */
export async function soldBy(tx: Tx, asked: Grouped): Promise<Group[]> {
  const { by, sort, direction, after, limit } = asked
  const beyond = direction === 'desc' ? sql`<` : sql`>`
  const order = direction === 'desc' ? sql`desc` : sql`asc`
  const rest = after ? sql`where (rank, key) ${beyond} (${after[0]}::numeric, ${after[1]})` : noSql
  const rows = await tx.$queryRaw<Raw<Group>[]>`
    with grouped as (
      select ${keys[by]} as key, sum(s.quantity) as quantity, ${sums} from ${sold(asked, by)} group by 1),
    ranked as (select *, (${ranks[sort]})::numeric as rank from grouped)
    select key, orders, quantity::text, gross::text, net::text, cost::text, rank::text from ranked ${rest}
    order by ranked.rank ${order}, key ${order} limit ${limit + 1}`
  return rows.map((row) => ({ ...exact(row), key: row.key, rank: row.rank, quantity: new Decimal(row.quantity) }))
}

/** All of it together. */
export async function soldTotal(tx: Tx, asked: Asked): Promise<Sums> {
  const [row] = await tx.$queryRaw<Raw<Sums>[]>`
    select orders, gross::text, net::text, cost::text from (select ${sums} from ${sold(asked)}) as t`
  return exact(row!)
}

type Raw<T> = { [K in keyof T]: T[K] extends Decimal ? string : T[K] }
const exact = ({ orders, gross, net, cost }: Raw<Sums>): Sums => ({
  orders,
  gross: new Decimal(gross),
  net: new Decimal(net),
  cost: new Decimal(cost),
})

const sums = sql`count(distinct s.order_id)::int as orders, coalesce(sum(s.gross), 0) as gross,
  coalesce(sum(s.net), 0) as net, coalesce(sum(s.cost), 0) as cost`

/** The goods that count, with what they are joined to only where it is asked for. What comes back takes off on the day it is posted. */
function sold(asked: Asked, by?: ReportGroup): Sql {
  const { owners, customerId, ownerId, itemId, itemIds, region, category } = asked
  const conditions = [
    owners ? sql`s.owner_id = any(${owners}::uuid[])` : noSql,
    customerId ? sql`s.customer_id = ${customerId}::uuid` : noSql,
    ownerId ? sql`s.owner_id = ${ownerId}::uuid` : noSql,
    itemId ? sql`s.item_id = ${itemId}::uuid` : noSql,
    itemIds ? sql`s.item_id = any(${itemIds}::uuid[])` : noSql,
    region === undefined ? noSql : sql`c.region = ${region}`,
    category === undefined ? noSql : sql`i.category = ${category}`,
  ].filter((condition) => condition !== noSql)
  return sql`(${goods(asked)}) as s
    ${by === 'region' || region !== undefined ? sql`join customer c on c.id = s.customer_id` : noSql}
    ${by === 'category' || category !== undefined ? sql`join item i on i.id = s.item_id` : noSql}
    ${conditions.length > 0 ? sql`where ${joinSql(conditions, ' and ')}` : noSql}`
}

const goods = ({ stage, from, to }: Asked): Sql =>
  stage === 'ordered'
    ? sql`
      select o.id as order_id, o.customer_id, o.owner_id, l.item_id, l.quantity, l.gross, l.net, l.cost
      from sales_order o join sales_order_line l on l.order_id = o.id
      where o.confirmed_at is not null and o.state in ('confirmed', 'partly_delivered', 'delivered', 'closed')
        and o.ordered_on between ${from}::date and ${to}::date`
    : sql`
      select d.order_id, d.customer_id, d.owner_id, n.item_id, n.picked as quantity, n.gross, n.net, n.net_cost as cost
      from delivery d join delivery_line n on n.delivery_id = d.id and n.picked > 0
      where d.state = 'shipped' and d.shipped_on between ${from}::date and ${to}::date
      union all
      select r.order_id, r.customer_id, r.owner_id, l.item_id, -l.received, -l.gross, -l.net, -l.net_cost
      from sales_return r join sales_return_line l on l.return_id = r.id and l.received > 0
      where r.posted_on between ${from}::date and ${to}::date
      union all
      select r.order_id, r.customer_id, r.owner_id, l.item_id, l.received, l.gross, l.net, l.net_cost
      from sales_return r join sales_return_line l on l.return_id = r.id and l.received > 0
      where r.reversed_on between ${from}::date and ${to}::date`
