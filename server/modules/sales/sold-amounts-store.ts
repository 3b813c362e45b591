import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'

/** What goods of one category came to on a delivery note, an order or a return; `netCost` is what a note's or a return's ledger cost is without tax. */
export type SoldAmount = {
  sourceId: string
  customerId: string
  category: string
  gross: Decimal
  net: Decimal
  netCost: Decimal
}

/** What was sold with these delivery notes and orders, or given back with these returns, by category. */
export async function soldAmounts(tx: Tx, sourceIds: readonly string[]): Promise<SoldAmount[]> {
  const ids = [...sourceIds]
  const rows = await tx.$queryRaw<Record<keyof SoldAmount, string>[]>`
    select d.id as "sourceId", d.customer_id as "customerId", i.category, sum(l.gross)::text as gross, sum(l.net)::text as net, sum(l.net_cost)::text as "netCost"
    from delivery d join delivery_line l on l.delivery_id = d.id join item i on i.id = l.item_id where d.id = any(${ids}::uuid[]) group by 1, 2, 3
    union all
    select o.id, o.customer_id, i.category, sum(l.gross)::text, sum(l.net)::text, '0'
    from sales_order o join sales_order_line l on l.order_id = o.id join item i on i.id = l.item_id where o.id = any(${ids}::uuid[]) group by 1, 2, 3
    union all
    select r.id, r.customer_id, i.category, sum(l.gross)::text, sum(l.net)::text, sum(l.net_cost)::text
    from sales_return r join sales_return_line l on l.return_id = r.id join item i on i.id = l.item_id where r.id = any(${ids}::uuid[]) group by 1, 2, 3
    order by 1, 3`
  return rows.map(({ gross, net, netCost, ...of }) => ({
    ...of,
    gross: new Decimal(gross),
    net: new Decimal(net),
    netCost: new Decimal(netCost),
  }))
}
