import { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import { sql, type Tx } from '#kernel/db'
import { within } from './warehouse-store.ts'

export type IncomingGoods = {
  document: 'goods_receipt' | 'stock_transfer'
  id: string
  number: string
  itemId: string
  warehouseId: string
  fromId: string | null
  quantity: Decimal
  on: Day | null
}

/** What is coming to these warehouses (null: to all): receipts that are expected and transfers on the way, soonest first. */
export async function incomingOf(
  tx: Tx,
  itemIds: readonly string[],
  warehouses: readonly string[] | null,
): Promise<IncomingGoods[]> {
  const rows = await tx.$queryRaw<(Omit<IncomingGoods, 'quantity'> & { quantity: string })[]>`
    select c.document, c.id, c.number, c.item_id as "itemId", c.warehouse_id as "warehouseId", c.from_id as "fromId",
      sum(c.quantity)::text as quantity, c.coming_on::text as on
    from (
      select 'goods_receipt' as document, r.id, r.number, l.item_id, r.warehouse_id, null::uuid as from_id, l.quantity, r.expected_on as coming_on
      from goods_receipt r join goods_receipt_line l on l.goods_receipt_id = r.id
      where r.state = 'expected' and l.item_id = any(${[...itemIds]}::uuid[])
      union all
      select 'stock_transfer', t.id, t.number, l.item_id, t.to_id, t.from_id, l.quantity, t.sent_on
      from stock_transfer t join stock_transfer_line l on l.stock_transfer_id = t.id
      where t.state = 'sent' and l.item_id = any(${[...itemIds]}::uuid[])) c
    where true ${within(warehouses, sql`c.warehouse_id`)}
    group by 1, 2, 3, 4, 5, 6, c.coming_on order by c.coming_on nulls last, c.number`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity) }))
}
