import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import type { Worth } from './cost.model.ts'
import { openLayers } from './cost-layer-store.ts'
import { newItemCosts } from './costing-store.ts'
import { type Balance, type LotBalance, type Movement, place, type SerialAt, type Stock } from './posting.model.ts'

/**
 * Locks what movements touch, in the one order of the house: balances by item and warehouse, lots by lot and warehouse,
 * worth by item, serial numbers by id. Rows that are not there yet are made first, so that there is something to lock.
 * The layers of an item are only touched under the lock of its worth.
 */
export async function lockStock(tx: Tx, movements: readonly Movement[]): Promise<Stock> {
  const balances = await lockBalances(tx, movements)
  const lots = await lockLots(tx, movements)
  const { worths, layered } = await lockWorths(tx, [...new Set(movements.map((movement) => movement.itemId))])
  const layers = await openLayers(tx, layered, movements)
  const serials = await lockSerials(tx, movements)
  return { balances, lots, worths, layers, serials }
}

type Place = { itemId: string; warehouseId: string }

export async function lockBalances(tx: Tx, places: readonly Place[]): Promise<Map<string, Balance>> {
  const unique = new Map(places.map(({ itemId, warehouseId }) => [place(itemId, warehouseId), { itemId, warehouseId }]))
  const wanted = JSON.stringify([...unique.values()])
  const found = await selectBalances(tx, wanted)
  if (found.size === unique.size) return found
  await tx.$executeRaw`
    insert into stock_balance (item_id, warehouse_id)
    select "itemId", "warehouseId" from jsonb_to_recordset(${wanted}::jsonb) as w("itemId" uuid, "warehouseId" uuid)
    order by 1, 2 on conflict do nothing`
  return selectBalances(tx, wanted)
}

async function selectBalances(tx: Tx, wanted: string): Promise<Map<string, Balance>> {
  const rows = await tx.$queryRaw<
    { itemId: string; warehouseId: string; onHand: string; reserved: string; allowNegative: boolean }[]
  >`
    select b.item_id as "itemId", b.warehouse_id as "warehouseId", b.on_hand::text as "onHand", b.reserved::text,
      b.allow_negative as "allowNegative"
    from stock_balance b
    join jsonb_to_recordset(${wanted}::jsonb) as w("itemId" uuid, "warehouseId" uuid)
      on b.item_id = w."itemId" and b.warehouse_id = w."warehouseId"
    order by b.item_id, b.warehouse_id for update of b`
  return new Map(
    rows.map((row) => [
      place(row.itemId, row.warehouseId),
      { ...row, onHand: new Decimal(row.onHand), reserved: new Decimal(row.reserved) },
    ]),
  )
}

async function lockLots(tx: Tx, movements: readonly Movement[]): Promise<Map<string, LotBalance>> {
  const unique = new Map(
    movements.flatMap(({ lotId, warehouseId, itemId }) =>
      lotId ? [[place(lotId, warehouseId), { lotId, warehouseId, itemId }] as const] : [],
    ),
  )
  if (unique.size === 0) return new Map()
  const wanted = JSON.stringify([...unique.values()])
  const found = await selectLots(tx, wanted)
  if (found.size === unique.size) return found
  await tx.$executeRaw`
    insert into lot_balance (lot_id, warehouse_id, item_id)
    select l.id, w."warehouseId", l.item_id
    from jsonb_to_recordset(${wanted}::jsonb) as w("lotId" uuid, "warehouseId" uuid, "itemId" uuid)
    join lot l on l.id = w."lotId" and l.item_id = w."itemId"
    order by 1, 2 on conflict do nothing`
  return selectLots(tx, wanted)
}

async function selectLots(tx: Tx, wanted: string): Promise<Map<string, LotBalance>> {
  const rows = await tx.$queryRaw<
    { lotId: string; warehouseId: string; itemId: string; code: string; onHand: string }[]
  >`
    select b.lot_id as "lotId", b.warehouse_id as "warehouseId", b.item_id as "itemId", l.code, b.on_hand::text as "onHand"
    from lot_balance b
    join lot l on l.id = b.lot_id
    join jsonb_to_recordset(${wanted}::jsonb) as w("lotId" uuid, "warehouseId" uuid, "itemId" uuid)
      on b.lot_id = w."lotId" and b.warehouse_id = w."warehouseId" and b.item_id = w."itemId"
    order by b.lot_id, b.warehouse_id for update of b`
  return new Map(rows.map((row) => [place(row.lotId, row.warehouseId), { ...row, onHand: new Decimal(row.onHand) }]))
}

type Worths = {
  worths: Map<string, Worth>
  /** The items among them whose cost is first in, first out. */
  layered: string[]
}

async function lockWorths(tx: Tx, itemIds: string[]): Promise<Worths> {
  const found = await selectWorths(tx, itemIds)
  if (found.worths.size === itemIds.length) return found
  await newItemCosts(tx, itemIds)
  return selectWorths(tx, itemIds)
}

async function selectWorths(tx: Tx, itemIds: string[]): Promise<Worths> {
  const rows = await tx.$queryRaw<
    { itemId: string; quantity: string; value: string; lastCost: string; isLayered: boolean }[]
  >`
    select item_id as "itemId", quantity::text, value::text, last_cost::text as "lastCost", method = 'fifo' as "isLayered"
    from item_cost where item_id = any(${itemIds}::uuid[]) order by item_id for update`
  const worths = rows.map(({ itemId, quantity, value, lastCost }): [string, Worth] => [
    itemId,
    { quantity: new Decimal(quantity), value: new Decimal(value), lastCost: new Decimal(lastCost) },
  ])
  return { worths: new Map(worths), layered: rows.filter((row) => row.isLayered).map((row) => row.itemId) }
}

async function lockSerials(tx: Tx, movements: readonly Movement[]): Promise<Map<string, SerialAt>> {
  const ids = movements.flatMap(({ serialId }) => serialId ?? [])
  if (ids.length === 0) return new Map()
  const itemIds = [...new Set(movements.map((movement) => movement.itemId))]
  const rows = await tx.$queryRaw<SerialAt[]>`
    select id, code, state, warehouse_id as "warehouseId" from serial
    where id = any(${ids}::uuid[]) and item_id = any(${itemIds}::uuid[]) order by id for update`
  return new Map(rows.map((row) => [row.id, row]))
}

/** Writes what `settle` decided, under the locks of `lockStock`. */
export async function saveStock(tx: Tx, before: Stock, after: Stock): Promise<void> {
  await saveBalances(tx, changed(before.balances, after.balances))
  await saveLots(tx, changed(before.lots, after.lots))
  await saveWorths(tx, before.worths, after.worths)
  await saveSerials(tx, changed(before.serials, after.serials))
}

const changed = <T>(before: Map<string, T>, after: Map<string, T>): T[] =>
  [...after].filter(([key, row]) => before.get(key) !== row).map(([, row]) => row)

async function saveBalances(tx: Tx, balances: Balance[]): Promise<void> {
  await tx.$executeRaw`
    update stock_balance b set on_hand = w."onHand", allow_negative = w."allowNegative"
    from jsonb_to_recordset(${JSON.stringify(balances)}::jsonb)
      as w("itemId" uuid, "warehouseId" uuid, "onHand" numeric, "allowNegative" boolean)
    where b.item_id = w."itemId" and b.warehouse_id = w."warehouseId"`
}

async function saveLots(tx: Tx, lots: LotBalance[]): Promise<void> {
  if (lots.length === 0) return
  await tx.$executeRaw`
    update lot_balance b set on_hand = w."onHand"
    from jsonb_to_recordset(${JSON.stringify(lots)}::jsonb) as w("lotId" uuid, "warehouseId" uuid, "onHand" numeric)
    where b.lot_id = w."lotId" and b.warehouse_id = w."warehouseId"`
}

async function saveWorths(tx: Tx, before: Map<string, Worth>, after: Map<string, Worth>): Promise<void> {
  const worths = [...after].filter(([itemId, worth]) => before.get(itemId) !== worth)
  if (worths.length === 0) return
  const rows = JSON.stringify(worths.map(([itemId, worth]) => ({ itemId, ...worth })))
  await tx.$executeRaw`
    update item_cost c set quantity = w.quantity, value = w.value, last_cost = w."lastCost"
    from jsonb_to_recordset(${rows}::jsonb) as w("itemId" uuid, quantity numeric, value numeric, "lastCost" numeric)
    where c.item_id = w."itemId"`
}

async function saveSerials(tx: Tx, serials: SerialAt[]): Promise<void> {
  if (serials.length === 0) return
  await tx.$executeRaw`
    update serial s set state = w.state, warehouse_id = w."warehouseId"
    from jsonb_to_recordset(${JSON.stringify(serials)}::jsonb) as w(id uuid, state text, "warehouseId" uuid)
    where s.id = w.id`
}
