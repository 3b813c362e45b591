import { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import { joinSql, type Sql, sql, type Tx } from '#kernel/db'
import { within } from './warehouse-store.ts'

/** In these warehouses; null: in all. */
type Reach = readonly string[] | null

export type ListedMove = {
  id: string
  kind: string
  document: string
  sourceId: string
  number: string
  itemId: string
  warehouseId: string
  warehouse: string
  lot: string | null
  serial: string | null
  quantity: Decimal
  cost: Decimal
  effectiveOn: Day
  documentOn: Day | null
  recordedAt: Date
  by: string
}
type Raw = Omit<ListedMove, 'quantity' | 'cost'> & { quantity: string; cost: string }

const columns = sql`
  m.id, m.kind, m.source_document as document, m.source_id as "sourceId", m.source_number as number, m.item_id as "itemId",
  m.warehouse_id as "warehouseId", w.name as warehouse, l.code as lot, s.code as serial, m.quantity::text, m.cost::text,
  m.effective_on::text as "effectiveOn", m.document_on::text as "documentOn", m.recorded_at as "recordedAt", m.by`
const named = sql`
  join warehouse w on w.id = m.warehouse_id left join lot l on l.id = m.lot_id left join serial s on s.id = m.serial_id`
const joined = sql`stock_move m ${named}`
const exact = (row: Raw): ListedMove => ({ ...row, quantity: new Decimal(row.quantity), cost: new Decimal(row.cost) })

/**
 * Moves of an item in the order of recording, newest first; before `beforeId` when a page went before.
 * `onHand` is what is there now, read in the same moment, so that the balance after each move can be told from it.
 */
export async function listMoves(
  tx: Tx,
  { itemId, warehouses, beforeId }: { itemId: string; warehouses: Reach; beforeId?: string },
  limit: number,
): Promise<{ onHand: Decimal; moves: ListedMove[] }> {
  const here = (column: Sql) => within(warehouses, column)
  const rows = await tx.$queryRaw<(Raw & { onHand: string })[]>`
    select ${columns}, (
      select coalesce(sum(b.on_hand), 0)::text from stock_balance b where b.item_id = ${itemId}::uuid ${here(sql`b.warehouse_id`)}) as "onHand"
    from ${joined}
    where m.item_id = ${itemId}::uuid ${here(sql`m.warehouse_id`)} ${beforeId ? sql`and m.id < ${beforeId}::uuid` : sql``}
    order by m.id desc limit ${limit + 1}`
  return { onHand: new Decimal(rows[0]?.onHand ?? 0), moves: rows.map(exact) }
}

/** Of some moves those that come first in an order. */
export async function movesFrom(tx: Tx, moves: Sql, firstOf: Sql): Promise<ListedMove[]> {
  const rows = await tx.$queryRaw<Raw[]>`select ${columns} from ${moves} m ${named} ${firstOf}`
  return rows.map(exact)
}

/** Where a lot or a serial number came from and went, oldest first. */
export async function tracedMoves(
  tx: Tx,
  ids: { lotIds: string[]; serialIds: string[] },
  warehouses: Reach,
): Promise<(ListedMove & { thingId: string })[]> {
  const conditions = [sql`m.lot_id = any(${ids.lotIds}::uuid[])`, sql`m.serial_id = any(${ids.serialIds}::uuid[])`]
  const rows = await tx.$queryRaw<(Raw & { thingId: string })[]>`
    select ${columns}, coalesce(m.lot_id, m.serial_id) as "thingId" from ${joined}
    where (${joinSql(conditions, ' or ')}) ${within(warehouses, sql`m.warehouse_id`)} order by m.id limit 2000`
  return rows.map((row) => ({ ...exact(row), thingId: row.thingId }))
}

export type Traceable = {
  kind: 'lot' | 'serial'
  id: string
  code: string
  itemId: string
  expiresOn: Day | null
  warehouse: string | null
}

/** Lots and serial numbers of that code, and in which of these warehouses they are; different items may use the same. */
export const thingsByCode = (tx: Tx, code: string, warehouses: Reach): Promise<Traceable[]> =>
  tx.$queryRaw<Traceable[]>`
    select 'lot' as kind, l.id, l.code, l.item_id as "itemId", l.expires_on::text as "expiresOn", (
      select string_agg(w.name, '、' order by w.position) from lot_balance b join warehouse w on w.id = b.warehouse_id
      where b.lot_id = l.id and b.on_hand > 0 ${within(warehouses, sql`b.warehouse_id`)}) as warehouse
    from lot l where l.code = ${code}
    union all
    select 'serial', s.id, s.code, s.item_id, null, w.name
    from serial s left join warehouse w on w.id = s.warehouse_id ${within(warehouses, sql`w.id`)} where s.code = ${code}
    order by 1, 2 limit 20`
