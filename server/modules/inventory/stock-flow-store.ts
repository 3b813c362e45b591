import { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import { noSql, sql, type Tx } from '#kernel/db'
import { within } from './warehouse-store.ts'

type FlowFilter = {
  from: Day
  to: Day
  /** Null: all of them. */
  warehouses: readonly string[] | null
  /** Whether what moves between warehouses counts. */
  hasTransfers: boolean
  direction?: 'in' | 'out'
  limit: number
}
type Flow = { itemId: string; cameIn: Decimal; wentOut: Decimal; count: number }

/** Moves of some days added up by item, what moved last first; with how many items they are. */
export async function flowOf(tx: Tx, filter: FlowFilter): Promise<Flow[]> {
  const { from, to, warehouses, hasTransfers, direction, limit } = filter
  const asked = {
    in: sql`having sum(quantity) filter (where quantity > 0) > 0`,
    out: sql`having sum(quantity) filter (where quantity < 0) < 0`,
  }
  const rows = await tx.$queryRaw<{ itemId: string; cameIn: string; wentOut: string; count: number }[]>`
    select item_id as "itemId", coalesce(sum(quantity) filter (where quantity > 0), 0)::text as "cameIn",
      coalesce(-sum(quantity) filter (where quantity < 0), 0)::text as "wentOut", (count(*) over ())::int as count
    from stock_move
    where effective_on between ${from}::date and ${to}::date and quantity <> 0 ${within(warehouses, sql`warehouse_id`)}
      ${hasTransfers ? noSql : sql`and kind not in ('transfer_out', 'transfer_in')`}
    group by item_id ${direction ? asked[direction] : noSql} order by max(id::text) desc limit ${limit}`
  return rows.map((row) => ({ ...row, cameIn: new Decimal(row.cameIn), wentOut: new Decimal(row.wentOut) }))
}
