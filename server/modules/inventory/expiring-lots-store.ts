import { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import { noSql, sql, type Tx } from '#kernel/db'
import type { LotHere } from './balance-store.ts'
import { within } from './warehouse-store.ts'

type ExpiringFilter = {
  from?: Day
  until: Day
  today: Day
  itemId?: string
  category?: string
  /** Null: all of them. */
  warehouses: readonly string[] | null
  limit: number
}
type Expiring = Omit<LotHere, 'expiresOn' | 'receivedOn'> & { expiresOn: Day; count: number; expired: number }

/** Lots in stock by the day on which they expire, with how many there are and how many of them have expired by today. */
export async function expiringLots(tx: Tx, filter: ExpiringFilter): Promise<Expiring[]> {
  const { from, until, today, itemId, category, warehouses, limit } = filter
  const rows = await tx.$queryRaw<(Omit<Expiring, 'onHand'> & { onHand: string })[]>`
    select l.id as "lotId", l.code, b.item_id as "itemId", b.warehouse_id as "warehouseId", w.name as warehouse, b.on_hand::text as "onHand",
      l.expires_on::text as "expiresOn", (count(*) over ())::int as count,
      (count(*) filter (where l.expires_on < ${today}::date) over ())::int as expired
    from lot_balance b join lot l on l.id = b.lot_id join warehouse w on w.id = b.warehouse_id join item i on i.id = b.item_id
    where b.on_hand > 0 and l.expires_on <= ${until}::date ${within(warehouses, sql`b.warehouse_id`)}
      ${from ? sql`and l.expires_on >= ${from}::date` : noSql}
      ${itemId ? sql`and b.item_id = ${itemId}::uuid` : noSql}
      ${category ? sql`and i.category = ${category}` : noSql}
    order by l.expires_on, i.code, l.code, w.position limit ${limit}`
  return rows.map((row) => ({ ...row, onHand: new Decimal(row.onHand) }))
}
