import { Decimal } from '#contract'
import { checkAlong, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { within } from './warehouse-store.ts'

export type Hold = { lineId: string; itemId: string; warehouseId: string; quantity: Decimal; allowNegative: boolean }
export type Granted = { lineId: string; itemId: string; warehouseId: string; wanted: Decimal; reserved: Decimal }
type Holder = { document: string; id: string; number: string; expiresAt: Date | null; at: Date }

/**
 * Holds stock for all lines in one statement: balances are locked in the order of item and warehouse, lines of one item are
 * served in their order, and nothing is written when a line is short and `partial` is false. What lies in a warehouse that is not for sale
 * is promised to nobody.
 */
export async function holdStock(tx: Tx, holder: Holder, lines: readonly Hold[], partial: boolean): Promise<Granted[]> {
  const column = <K extends keyof Hold>(key: K): Hold[K][] => lines.map((line) => line[key])
  const rows = await tx.$queryRaw<
    { lineId: string; itemId: string; warehouseId: string; wanted: string; reserved: string }[]
  >`
    with line as (
      select l.*, sum(quantity) over (partition by item_id, warehouse_id order by position) - quantity as before
      from unnest((select ${lines.map(() => newId())}::uuid[]), ${column('lineId')}::uuid[], ${column('itemId')}::uuid[],
        ${column('warehouseId')}::uuid[], ${column('quantity')}::numeric[], ${column('allowNegative')}::boolean[])
        with ordinality as l(id, line_id, item_id, warehouse_id, quantity, allow_negative, position)),
    balance as materialized (
      select b.item_id, b.warehouse_id, b.on_hand - b.reserved as available from stock_balance b
      where (b.item_id, b.warehouse_id) in (select item_id, warehouse_id from line)
      order by b.item_id, b.warehouse_id for update of b),
    granted as materialized (
      select l.*, case when not w.for_sale then 0 when l.allow_negative then l.quantity
        else greatest(0, least(l.quantity, coalesce(b.available, 0) - l.before)) end as reserved
      from line l join warehouse w on w.id = l.warehouse_id left join balance b using (item_id, warehouse_id)),
    held as (
      select * from granted where reserved > 0 and (${partial}::boolean or not exists (select 1 from granted where reserved < quantity))),
    kept as (
      insert into reservation (id, item_id, warehouse_id, quantity, source_document, source_id, source_line_id, source_number,
        expires_at, created_at)
      select id, item_id, warehouse_id, reserved, ${holder.document}, ${holder.id}::uuid, line_id, ${holder.number},
        ${holder.expiresAt}::timestamptz, ${holder.at}::timestamptz from held order by position
      on conflict (source_line_id, warehouse_id) do update
        set quantity = reservation.quantity + excluded.quantity, expires_at = excluded.expires_at),
    total as (
      select item_id, warehouse_id, bool_or(allow_negative) as allow_negative, sum(reserved) as reserved
      from held group by item_id, warehouse_id),
    taken as (
      update stock_balance b set reserved = b.reserved + t.reserved
      from total t where not t.allow_negative and b.item_id = t.item_id and b.warehouse_id = t.warehouse_id),
    promised as (
      insert into stock_balance (item_id, warehouse_id, reserved, allow_negative)
      select item_id, warehouse_id, reserved, true from total where allow_negative order by item_id, warehouse_id
      on conflict (item_id, warehouse_id) do update
        set reserved = stock_balance.reserved + excluded.reserved, allow_negative = true)
    select line_id as "lineId", item_id as "itemId", warehouse_id as "warehouseId", quantity::text as wanted, reserved::text
    from granted order by position`
  return rows.map((row) => ({ ...row, wanted: new Decimal(row.wanted), reserved: new Decimal(row.reserved) }))
}

/** Holding that need not be waited for: whether it could be done is known before the transaction is committed. */
export const holdMeanwhile = (tx: Tx, holding: Promise<unknown>): Promise<void> => checkAlong(tx, holding)

/** Takes what was held for lines, at most the quantities given; the balances must be locked. */
export async function takeHeld(
  tx: Tx,
  lines: readonly { lineId: string; warehouseId: string; quantity: Decimal }[],
): Promise<void> {
  const rows = JSON.stringify(lines)
  await tx.$executeRaw`
    with line as (
      select "lineId" as line_id, "warehouseId" as warehouse_id, sum(quantity) as quantity
      from jsonb_to_recordset(${rows}::jsonb) as l("lineId" uuid, "warehouseId" uuid, quantity numeric) group by 1, 2),
    taken as materialized (
      select r.id, r.item_id, r.warehouse_id, r.quantity as held, least(r.quantity, l.quantity) as taken
      from reservation r join line l on r.source_line_id = l.line_id and r.warehouse_id = l.warehouse_id
      order by r.id for update of r),
    used as (update reservation r set quantity = t.held - t.taken from taken t where r.id = t.id and t.held > t.taken),
    emptied as (delete from reservation r using taken t where r.id = t.id and t.held = t.taken)
    update stock_balance b set reserved = b.reserved - t.taken
    from (select item_id, warehouse_id, sum(taken) as taken from taken group by 1, 2) t
    where b.item_id = t.item_id and b.warehouse_id = t.warehouse_id`
}

export type HeldPlace = { itemId: string; warehouseId: string }
/** Where something is held for a document. */
export const placesHeldFor = (tx: Tx, sourceId: string): Promise<HeldPlace[]> =>
  tx.reservation.findMany({ where: { sourceId }, select: { itemId: true, warehouseId: true } })
/** Where something is held whose time is over. */
export const placesExpired = (tx: Tx, at: Date): Promise<HeldPlace[]> =>
  tx.reservation.findMany({ where: { expiresAt: { lte: at } }, select: { itemId: true, warehouseId: true } })

/** Lets go of all that is still held for a document. A hold is deleted once, so it is given back once. */
export async function dropHolds(tx: Tx, sourceId: string): Promise<void> {
  await tx.$executeRaw`
    with gone as (delete from reservation where source_id = ${sourceId}::uuid returning item_id, warehouse_id, quantity)
    update stock_balance b set reserved = b.reserved - g.quantity
    from (select item_id, warehouse_id, sum(quantity) as quantity from gone group by 1, 2) g
    where b.item_id = g.item_id and b.warehouse_id = g.warehouse_id`
}

/** Lets go of what was held only until now; answers for which documents. */
export async function dropExpiredHolds(tx: Tx, at: Date): Promise<{ sourceDocument: string; sourceId: string }[]> {
  return tx.$queryRaw`
    with gone as (
      delete from reservation where expires_at <= ${at}::timestamptz
      returning item_id, warehouse_id, quantity, source_document, source_id),
    given_back as (
      update stock_balance b set reserved = b.reserved - g.quantity
      from (select item_id, warehouse_id, sum(quantity) as quantity from gone group by 1, 2) g
      where b.item_id = g.item_id and b.warehouse_id = g.warehouse_id)
    select distinct source_document as "sourceDocument", source_id as "sourceId" from gone order by 2`
}

/** Open holds of an item, oldest first. */
export async function holdsOf(tx: Tx, itemId: string, warehouses: readonly string[] | null) {
  const rows = await tx.$queryRaw<
    {
      document: string
      id: string
      number: string
      warehouseId: string
      warehouse: string
      quantity: string
      createdAt: Date
      expiresAt: Date | null
    }[]
  >`
    select r.source_document as document, r.source_id as id, r.source_number as number, r.warehouse_id as "warehouseId",
      w.name as warehouse, r.quantity::text, r.created_at as "createdAt", r.expires_at as "expiresAt"
    from reservation r join warehouse w on w.id = r.warehouse_id
    where r.item_id = ${itemId}::uuid ${within(warehouses, sql`r.warehouse_id`)} order by r.created_at, r.id`
  return rows.map(({ document, id, number, quantity, ...row }) => ({
    ...row,
    source: { document, id, number },
    quantity: new Decimal(quantity),
  }))
}
