import { Decimal, showQuantity, toMoney, toPrice, toQuantity } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { freeOf, totalOf } from './availability.ts'
import { placesOf } from './bin-store.ts'
import { balancesOf, lotsOf, serialsOf, worthsOf } from './balance-store.ts'
import type { ItemStock } from './contract.ts'
import { noWorth, unitCostOf } from './cost.model.ts'
import { itemSummary } from './document-page.ts'
import { incomingOf } from './incoming-store.ts'
import { allowStock, reached } from './policy.ts'
import { holdsOf } from './reservation-store.ts'
import { reorderPoints } from './stock-list-store.ts'
import { shownLevels, sumOf } from './stock-list.ts'
import { warehouseNames } from './warehouse-store.ts'

const shownSerialsMax = 500

/** All there is to say of an item's stock: where, which lots, held for whom, what comes, what it is worth. */
export async function itemStock(tx: Tx, caller: Caller, { itemId }: { itemId: string }): Promise<ItemStock> {
  allowStock(caller)
  const item = (await itemsByIds(tx, [itemId], () => 'itemId')).get(itemId)!
  const warehouses = reached(caller)
  const balances = await balancesOf(tx, [itemId], warehouses)
  const expected = await expectedOf(tx, item, warehouses)
  const places = await placesOf(tx, [itemId], warehouses)
  const total = totalOf(balances)
  const reorderPoint = (await reorderPoints(tx, [itemId])).get(itemId) ?? new Decimal(0)
  return {
    item: itemSummary(item),
    at: caller.at.toISOString(),
    ...shownLevels(total, item.units),
    incoming: toQuantity(sumOf(expected)),
    reorderPoint: toQuantity(reorderPoint),
    isLow: warehouses === null && total.available.lt(reorderPoint),
    warehouses: balances.map((row) => ({
      id: row.warehouseId,
      name: row.name,
      forSale: row.forSale,
      ...shownLevels({ ...row, available: freeOf(row) }, item.units),
      bins: places(itemId, row.warehouseId),
    })),
    lots: await shownLots(tx, caller, item, warehouses),
    serials: await shownSerials(tx, itemId, warehouses),
    reservations: await shownHolds(tx, item, warehouses),
    expected: expected.map((one) => ({ ...one, quantity: toQuantity(one.quantity) })),
    // What all of the house's stock is worth is not for who sees a part of it.
    ...(canRead(caller, 'cost') && warehouses === null ? { cost: await costOf(tx, itemId) } : {}),
  }
}

type Reach = readonly string[] | null

async function expectedOf(tx: Tx, { id, units }: ItemFacts, warehouses: Reach) {
  const names = await warehouseNames(tx)
  const incoming = await incomingOf(tx, [id], warehouses)
  return incoming.map(({ document, id: documentId, number, warehouseId, fromId, quantity, on }) => ({
    source: { document, id: documentId, number },
    warehouseId,
    warehouse: names.get(warehouseId) ?? '',
    from: fromId ? (names.get(fromId) ?? '') : null,
    quantity,
    shown: showQuantity(quantity, units),
    on,
  }))
}

async function shownLots(
  tx: Tx,
  caller: Caller,
  { id, units }: ItemFacts,
  warehouses: Reach,
): Promise<ItemStock['lots']> {
  const today = dayAt(caller.at)
  const lots = await lotsOf(tx, [id], warehouses)
  return lots.map(({ lotId, code, expiresOn, receivedOn, warehouseId, warehouse, onHand }) => ({
    id: lotId,
    code,
    expiresOn,
    receivedOn,
    isExpired: expiresOn !== null && expiresOn < today,
    warehouseId,
    warehouse,
    onHand: toQuantity(onHand),
    shown: showQuantity(onHand, units),
  }))
}

async function shownSerials(tx: Tx, itemId: string, warehouses: Reach): Promise<ItemStock['serials']> {
  const serials = await serialsOf(tx, [itemId], warehouses, shownSerialsMax)
  return serials.map(({ serialId, code, warehouseId, warehouse }) => ({ id: serialId, code, warehouseId, warehouse }))
}

async function shownHolds(tx: Tx, { id, units }: ItemFacts, warehouses: Reach): Promise<ItemStock['reservations']> {
  const holds = await holdsOf(tx, id, warehouses)
  return holds.map(({ source, warehouseId, warehouse, quantity, createdAt, expiresAt }) => ({
    source,
    warehouseId,
    warehouse,
    quantity: toQuantity(quantity),
    shown: showQuantity(quantity, units),
    since: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  }))
}

async function costOf(tx: Tx, itemId: string): Promise<ItemStock['cost']> {
  const worth = (await worthsOf(tx, [itemId])).get(itemId) ?? noWorth
  return {
    unitCost: toPrice(unitCostOf(worth)),
    value: toMoney(worth.value),
    quantity: toQuantity(worth.quantity),
    lastCost: toPrice(worth.lastCost),
  }
}
