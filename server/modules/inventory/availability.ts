import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import { type IncomingGoods, incomingOf } from './incoming-store.ts'
import { type BalanceRow, balancesOf, worthsOf } from './balance-store.ts'
import { noWorth, unitCostOf } from './cost.model.ts'

export type InWarehouse = {
  warehouseId: string
  name: string
  onHand: Decimal
  reserved: Decimal
  available: Decimal
  forSale: boolean
}
export type Availability = {
  onHand: Decimal
  reserved: Decimal
  available: Decimal
  warehouses: InWarehouse[]
  incoming: { quantity: Decimal; on: string | null; number: string }[]
}

/** What is on hand, held, free and coming of items, everywhere or in some warehouses. Items without stock are there with zeros. */
export async function availability(
  tx: Tx,
  { itemIds, warehouses = null }: { itemIds: readonly string[]; warehouses?: readonly string[] | null },
): Promise<Map<string, Availability>> {
  const balances = await balancesOf(tx, itemIds, warehouses)
  const incoming = await incomingOf(tx, itemIds, warehouses)
  return new Map(
    itemIds.map((itemId) => {
      const held = balances.filter((row) => row.itemId === itemId)
      return [itemId, { ...totalOf(held), warehouses: held.map(inWarehouse), incoming: coming(incoming, itemId) }]
    }),
  )
}

/** What one base unit of each item costs now, by moving average. */
export async function unitCosts(tx: Tx, itemIds: readonly string[]): Promise<Map<string, Decimal>> {
  const worths = await worthsOf(tx, itemIds)
  return new Map(itemIds.map((itemId) => [itemId, unitCostOf(worths.get(itemId) ?? noWorth)]))
}

export function totalOf(rows: readonly BalanceRow[]): { onHand: Decimal; reserved: Decimal; available: Decimal } {
  const onHand = Decimal.sum(0, ...rows.map((row) => row.onHand))
  const reserved = Decimal.sum(0, ...rows.map((row) => row.reserved))
  return { onHand, reserved, available: Decimal.sum(0, ...rows.map(freeOf)) }
}

/** What may be promised of it: nothing where the warehouse is not for sale. */
export const freeOf = ({ onHand, reserved, forSale }: BalanceRow): Decimal =>
  forSale ? onHand.minus(reserved) : new Decimal(0)

const inWarehouse = (row: BalanceRow): InWarehouse => {
  const { warehouseId, name, onHand, reserved, forSale } = row
  return { warehouseId, name, onHand, reserved, available: freeOf(row), forSale }
}

const coming = (incoming: readonly IncomingGoods[], itemId: string) =>
  incoming.filter((one) => one.itemId === itemId).map(({ quantity, on, number }) => ({ quantity, on, number }))
