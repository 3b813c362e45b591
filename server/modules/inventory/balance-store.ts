import { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import { sql, type Tx } from '#kernel/db'
import type { Worth } from './cost.model.ts'
import { within } from './warehouse-store.ts'

export type BalanceRow = {
  itemId: string
  warehouseId: string
  name: string
  onHand: Decimal
  reserved: Decimal
  /** Whether what lies there may be promised. */
  forSale: boolean
}

/** What these warehouses (null: all) hold of items; places where nothing is held are left out. */
export async function balancesOf(
  tx: Tx,
  itemIds: readonly string[],
  warehouses: readonly string[] | null,
): Promise<BalanceRow[]> {
  const rows = await tx.$queryRaw<
    { itemId: string; warehouseId: string; name: string; onHand: string; reserved: string; forSale: boolean }[]
  >`
    select b.item_id as "itemId", b.warehouse_id as "warehouseId", w.name, b.on_hand::text as "onHand", b.reserved::text,
      w.for_sale as "forSale"
    from stock_balance b join warehouse w on w.id = b.warehouse_id
    where b.item_id = any(${[...itemIds]}::uuid[]) and (b.on_hand <> 0 or b.reserved <> 0)
      ${within(warehouses, sql`b.warehouse_id`)}
    order by w.position, w.code`
  return rows.map((row) => ({ ...row, onHand: new Decimal(row.onHand), reserved: new Decimal(row.reserved) }))
}

export async function worthsOf(tx: Tx, itemIds: readonly string[]): Promise<Map<string, Worth>> {
  const rows = await tx.$queryRaw<{ itemId: string; quantity: string; value: string; lastCost: string }[]>`
    select item_id as "itemId", quantity::text, value::text, last_cost::text as "lastCost"
    from item_cost where item_id = any(${[...itemIds]}::uuid[])`
  return new Map(
    rows.map(({ itemId, quantity, value, lastCost }) => [
      itemId,
      { quantity: new Decimal(quantity), value: new Decimal(value), lastCost: new Decimal(lastCost) },
    ]),
  )
}

export type LotHere = {
  lotId: string
  code: string
  itemId: string
  warehouseId: string
  warehouse: string
  onHand: Decimal
  expiresOn: Day | null
  receivedOn: Day
}

/** Lots in stock, in the order in which they should leave: first to expire, then first in. */
export async function lotsOf(
  tx: Tx,
  itemIds: readonly string[],
  warehouses: readonly string[] | null,
): Promise<LotHere[]> {
  const rows = await tx.$queryRaw<(Omit<LotHere, 'onHand'> & { onHand: string })[]>`
    select l.id as "lotId", l.code, b.item_id as "itemId", b.warehouse_id as "warehouseId", w.name as warehouse, b.on_hand::text as "onHand",
      l.expires_on::text as "expiresOn", l.received_on::text as "receivedOn"
    from lot_balance b join lot l on l.id = b.lot_id join warehouse w on w.id = b.warehouse_id
    where b.item_id = any(${[...itemIds]}::uuid[]) and b.on_hand > 0 ${within(warehouses, sql`b.warehouse_id`)}
    order by l.expires_on nulls last, l.received_on, l.code, w.position`
  return rows.map((row) => ({ ...row, onHand: new Decimal(row.onHand) }))
}

export type SerialHere = { serialId: string; code: string; itemId: string; warehouseId: string; warehouse: string }

/** Serial numbers in stock, longest in the house first. */
export const serialsOf = (
  tx: Tx,
  itemIds: readonly string[],
  warehouses: readonly string[] | null,
  limit: number,
): Promise<SerialHere[]> =>
  tx.$queryRaw<SerialHere[]>`
    select s.id as "serialId", s.code, s.item_id as "itemId", s.warehouse_id as "warehouseId", w.name as warehouse
    from serial s join warehouse w on w.id = s.warehouse_id
    where s.item_id = any(${[...itemIds]}::uuid[]) and s.state = 'in_stock' ${within(warehouses, sql`s.warehouse_id`)}
    order by s.id limit ${limit}`
