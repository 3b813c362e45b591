import { Decimal } from '#contract'
import { joinSql, sql, type Sql, type Tx } from '#kernel/db'
import type { Keys } from '#kernel/paging'
import { within } from './warehouse-store.ts'

export type Listed = {
  itemId: string
  code: string
  /** Its place among the hits of a search. */
  rank: number
  reorderPoint: Decimal
  onHand: Decimal
  reserved: Decimal
  available: Decimal
  value: Decimal
}
export type StockFilter = {
  /** The hits of a search, best first; without it every item that is sold or still in stock. */
  itemIds?: readonly string[]
  /** Null: all of them. */
  warehouses: readonly string[] | null
  /** Whether the one who asks sees no other warehouses than these. */
  isPart: boolean
  category?: string
  low?: boolean
  held?: boolean
}

/**
 * A page of items with what is there of them. Reads the catalogue's items beside our balances, since what is low depends on both.
 * Value: of all of it as the cost ledger has it; of some warehouses at moving average.
 */
export async function listStock(
  tx: Tx,
  filter: StockFilter,
  after: Keys | undefined,
  limit: number,
): Promise<Listed[]> {
  const { itemIds, warehouses } = filter
  const rank = itemIds ? sql`array_position(${[...itemIds]}::uuid[], i.id)` : sql`0`
  const here = within(warehouses, sql`warehouse_id`)
  const value = warehouses
    ? sql`case when c.quantity > 0 then round(coalesce(b.on_hand, 0) * c.value / c.quantity, 2) else round(coalesce(b.on_hand, 0) * c.last_cost, 2) end`
    : sql`c.value`
  const rows = await tx.$queryRaw<
    {
      itemId: string
      code: string
      rank: number
      reorderPoint: string
      onHand: string
      reserved: string
      available: string
      value: string
    }[]
  >`
    select * from (
      select i.id as "itemId", i.code, ${rank} as rank, i.reorder_point::text as "reorderPoint", coalesce(b.on_hand, 0)::text as "onHand",
        coalesce(b.reserved, 0)::text as reserved, coalesce(b.available, 0)::text as available, coalesce(${value}, 0)::text as value
      from item i
      left join lateral (
        select sum(on_hand) as on_hand, sum(reserved) as reserved, sum(on_hand - reserved) filter (where w.for_sale) as available
        from stock_balance join warehouse w on w.id = warehouse_id where item_id = i.id ${here}) b on true
      left join item_cost c on c.item_id = i.id
      where ${joinSql(conditions(filter), ' and ')}) as listed
    where ${after ? sql`(rank, code) > (${after[0]}::int, ${after[1]})` : sql`true`}
    order by rank, code limit ${limit + 1}`
  return rows.map((row) => ({
    ...row,
    reorderPoint: new Decimal(row.reorderPoint),
    onHand: new Decimal(row.onHand),
    reserved: new Decimal(row.reserved),
    available: new Decimal(row.available),
    value: new Decimal(row.value),
  }))
}

const conditions = ({ itemIds, category, low, held, isPart }: StockFilter): Sql[] => [
  // Of one's own warehouses one wants to know what is there; what could be there is the whole catalogue.
  itemIds ? sql`i.id = any(${[...itemIds]}::uuid[])` : isPart ? sql`b.on_hand <> 0` : sql`(i.active or b.on_hand <> 0)`,
  category ? sql`i.category = ${category}` : sql`true`,
  low ? lowHere(isPart) : sql`true`,
  held ? sql`b.on_hand > 0` : sql`true`,
]

/** How much the house wants to have says nothing of a part of it: there nothing is low. */
const lowHere = (isPart: boolean): Sql => (isPart ? sql`false` : sql`coalesce(b.available, 0) < i.reorder_point`)

/** Below which quantity of each item it is time to order. */
export async function reorderPoints(tx: Tx, itemIds: readonly string[]): Promise<Map<string, Decimal>> {
  const rows = await tx.$queryRaw<{ id: string; reorderPoint: string }[]>`
    select id, reorder_point::text as "reorderPoint" from item where id = any(${[...itemIds]}::uuid[])`
  return new Map(rows.map(({ id, reorderPoint }) => [id, new Decimal(reorderPoint)]))
}
