import { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import { type Sql, sql, type Tx } from '#kernel/db'
import type { Keys } from '#kernel/paging'
import { within } from './warehouse-store.ts'

export type StoodAt = { itemId: string; code: string; rank: number; onHand: Decimal; value: Decimal }
/** In these warehouses; null: in all. */
type Reach = readonly string[] | null
type Scope = { itemIds?: readonly string[]; warehouses: Reach }

/**
 * What items stood at, at the end of a day. Reckoned back from what is there now by the moves that took effect since:
 * the balances are the checkpoint, so the past costs as much as it is long ago. Items that stood at nothing are left out.
 */
export async function listStoodAt(
  tx: Tx,
  day: Day,
  scope: Scope,
  after: Keys | undefined,
  limit: number,
): Promise<StoodAt[]> {
  const { itemIds, warehouses } = scope
  const here = within(warehouses, sql`warehouse_id`)
  const rank = itemIds ? sql`array_position(${[...itemIds]}::uuid[], i.id)` : sql`0`
  const rows = await tx.$queryRaw<{ itemId: string; code: string; rank: number; onHand: string; value: string }[]>`
    with now as (select item_id, sum(on_hand) as on_hand from stock_balance where true ${here} group by item_id),
    since as (
      select item_id, sum(quantity) as quantity from stock_move where effective_on > ${day}::date ${here} group by item_id),
    stood as (
      select i.id, i.code, ${rank} as rank, coalesce(now.on_hand, 0) - coalesce(since.quantity, 0) as on_hand
      from item i left join now on now.item_id = i.id left join since on since.item_id = i.id
      where ${itemIds ? sql`i.id = any(${[...itemIds]}::uuid[])` : sql`true`}),
    page as (
      select * from stood where on_hand <> 0 and ${after ? sql`(rank, code) > (${after[0]}::int, ${after[1]})` : sql`true`}
      order by rank, code limit ${limit + 1})
    select page.id as "itemId", page.code, page.rank, page.on_hand::text as "onHand", (
      select coalesce(sum(m.cost), 0)::text from stock_move m
      where m.item_id = page.id and m.effective_on <= ${day}::date ${within(warehouses, sql`m.warehouse_id`)}) as value
    from page order by page.rank, page.code`
  return rows.map((row) => ({ ...row, onHand: new Decimal(row.onHand), value: new Decimal(row.value) }))
}

/** One item at the end of a day, by warehouse and by lot. */
export async function placesStoodAt(tx: Tx, itemId: string, day: Day, reach: Reach) {
  const here = (column: Sql) => within(reach, column)
  const warehouses = await tx.$queryRaw<{ id: string; name: string; onHand: string }[]>`
    select w.id, w.name, (b.on_hand - coalesce(sum(m.quantity), 0))::text as "onHand"
    from stock_balance b join warehouse w on w.id = b.warehouse_id
    left join stock_move m on m.item_id = b.item_id and m.warehouse_id = b.warehouse_id and m.effective_on > ${day}::date
    where b.item_id = ${itemId}::uuid ${here(sql`b.warehouse_id`)}
    group by w.id, w.name, w.position, w.code, b.on_hand having b.on_hand <> coalesce(sum(m.quantity), 0)
    order by w.position, w.code`
  const lots = await tx.$queryRaw<{ id: string; code: string; warehouse: string; onHand: string }[]>`
    select l.id, l.code, w.name as warehouse, (b.on_hand - coalesce(sum(m.quantity), 0))::text as "onHand"
    from lot_balance b join lot l on l.id = b.lot_id join warehouse w on w.id = b.warehouse_id
    left join stock_move m on m.lot_id = b.lot_id and m.warehouse_id = b.warehouse_id and m.effective_on > ${day}::date
    where b.item_id = ${itemId}::uuid ${here(sql`b.warehouse_id`)}
    group by l.id, l.code, l.expires_on, w.name, b.on_hand having b.on_hand <> coalesce(sum(m.quantity), 0)
    order by l.expires_on nulls last, l.code`
  const [worth] = await tx.$queryRaw<{ value: string }[]>`
    select coalesce(sum(cost), 0)::text as value from stock_move where item_id = ${itemId}::uuid and effective_on <= ${day}::date
      ${here(sql`warehouse_id`)}`
  return { warehouses, lots, value: new Decimal(worth?.value ?? 0) }
}
