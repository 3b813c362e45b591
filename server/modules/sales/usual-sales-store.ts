import { Decimal } from '#contract'
import { noSql, sql, type Tx } from '#kernel/db'

const linesMin = 5
const timesUsual = 20

/** The items of which so much is beyond all that is usual: more than twenty times what nineteen of twenty orders of a year stay below. */
export async function farBeyondUsual(
  tx: Tx,
  wanted: readonly { itemId: string; quantity: string }[],
): Promise<string[]> {
  const itemIds = wanted.map(({ itemId }) => itemId)
  const usual = await tx.$queryRaw<{ itemId: string; quantity: Decimal }[]>`
    select l.item_id as "itemId", percentile_disc(0.95) within group (order by l.quantity) as quantity
    from sales_order_line l join sales_order o on o.id = l.order_id
    where l.item_id = any(${itemIds}::uuid[]) and o.ordered_on > current_date - 365
      and o.state not in ('draft', 'rejected', 'cancelled')
    group by l.item_id having count(*) >= ${linesMin}`
  const most = new Map(usual.map(({ itemId, quantity }) => [itemId, new Decimal(quantity).times(timesUsual)]))
  return wanted.filter(({ itemId, quantity }) => most.get(itemId)?.lt(quantity)).map(({ itemId }) => itemId)
}

type Alike = {
  document: 'sales_order' | 'quotation'
  customerId: string
  itemIds: readonly string[]
  since: Date
  owners: readonly string[] | null
}
const tables = {
  sales_order: { head: sql`sales_order`, lines: sql`sales_order_line`, link: sql`order_id` },
  quotation: { head: sql`quotation`, lines: sql`quotation_line`, link: sql`quotation_id` },
}
const alikeMax = 3

/** Numbers of the documents since a moment that have the same goods for the same customer, whatever the quantities. */
export async function documentsAlike(
  tx: Tx,
  { document, customerId, itemIds, since, owners }: Alike,
): Promise<string[]> {
  const { head, lines, link } = tables[document]
  const goods = [...new Set(itemIds)]
  const rows = await tx.$queryRaw<{ number: string }[]>`
    select d.number from ${head} d join ${lines} l on l.${link} = d.id
    where d.customer_id = ${customerId}::uuid and d.created_at >= ${since} and d.number is not null
      and d.state not in ('draft', 'rejected', 'cancelled', 'lost')
      ${owners ? sql`and d.owner_id = any(${owners}::uuid[])` : noSql}
    group by d.id, d.number
    having count(distinct l.item_id) = ${goods.length} and bool_and(l.item_id = any(${goods}::uuid[]))
    order by d.number desc limit ${alikeMax}`
  return rows.map(({ number }) => number)
}
