import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'

/** What goods of one category came to on a delivery note or an order; `netCost` is what a note's ledger cost is without tax. */
export type SoldAmount = {
  sourceId: string
  category: string
  gross: Decimal
  net: Decimal
  netCost: Decimal
}

/** What was sold with these delivery notes and orders, by category. */
export async function soldAmounts(tx: Tx, sourceIds: readonly string[]): Promise<SoldAmount[]> {
  const ids = [...sourceIds]
  const rows = await tx.$queryRaw<Record<keyof SoldAmount, string>[]>`
    select l.delivery_id as "sourceId", i.category, sum(l.gross)::text as gross, sum(l.net)::text as net, sum(l.net_cost)::text as "netCost"
    from delivery_line l join item i on i.id = l.item_id where l.delivery_id = any(${ids}::uuid[]) group by 1, 2
    union all
    select l.order_id, i.category, sum(l.gross)::text, sum(l.net)::text, '0'
    from sales_order_line l join item i on i.id = l.item_id where l.order_id = any(${ids}::uuid[]) group by 1, 2
    order by 1, 2`
  return rows.map(({ sourceId, category, gross, net, netCost }) => ({
    sourceId,
    category,
    gross: new Decimal(gross),
    net: new Decimal(net),
    netCost: new Decimal(netCost),
  }))
}
