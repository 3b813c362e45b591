import { Decimal } from '#contract'
import { noSql, sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { within } from './warehouse-store.ts'

export type SlowFilter = {
  /** Nothing has gone to a customer since this day. */
  before: Day
  /** Null: all of them. */
  warehouses: readonly string[] | null
  category?: string
  byValue: boolean
  limit: number
}
export type Slow = {
  itemId: string
  onHand: Decimal
  value: Decimal
  lastOutOn: Day | null
  since: Day
  count: number
  total: Decimal
}

/**
 * Items in stock of which nothing has gone out since a day, most of it first; with how many they are and what all of them are worth. What never
 * went out counts from the day it came in. What moves between warehouses has not gone out.
 */
export async function slowStock(tx: Tx, { before, warehouses, category, byValue, limit }: SlowFilter): Promise<Slow[]> {
  const here = within(warehouses, sql`warehouse_id`)
  const rows = await tx.$queryRaw<
    { itemId: string; onHand: string; value: string; lastOutOn: Day | null; since: Day; count: number; total: string }[]
  >`
    with there as (select item_id, sum(on_hand) as on_hand from stock_balance where on_hand > 0 ${here} group by item_id),
    moved as (
      select item_id, max(effective_on) filter (where kind = 'delivery') as last_out, min(effective_on) as first_in
      from stock_move where item_id in (select item_id from there) ${here} group by item_id),
    slow as (
      select t.item_id, t.on_hand, m.last_out, coalesce(m.last_out, m.first_in) as since,
        coalesce(round(t.on_hand * case when c.quantity > 0 then c.value / c.quantity else c.last_cost end, 2), 0) as value
      from there t join moved m using (item_id) join item i on i.id = t.item_id left join item_cost c on c.item_id = t.item_id
      where coalesce(m.last_out, m.first_in) <= ${before}::date ${category ? sql`and i.category = ${category}` : noSql})
    select item_id as "itemId", on_hand::text as "onHand", value::text, to_char(last_out, 'YYYY-MM-DD') as "lastOutOn",
      to_char(since, 'YYYY-MM-DD') as since, (count(*) over ())::int as count, (sum(value) over ())::text as total
    from slow order by ${byValue ? sql`slow.value desc, ` : noSql} slow.since, slow.on_hand desc, item_id limit ${limit}`
  return rows.map((row) => ({
    ...row,
    onHand: new Decimal(row.onHand),
    value: new Decimal(row.value),
    total: new Decimal(row.total),
  }))
}
