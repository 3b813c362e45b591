import { Decimal, type Input, type Output, showQuantity, toMoney, toQuantity, type UnitRatio } from '#contract'
import { type Caller, canRead, visibleWarehouses } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { itemsByIds, searchItemIds } from '#server/modules/catalog'
import type { inventory } from './contract.ts'
import { itemSummary } from './document-page.ts'
import { availability } from './availability.ts'
import { allowStock, reached } from './policy.ts'
import { listStock } from './stock-list-store.ts'

type Endpoint = (typeof inventory)['endpoints']['stock']
/** More hits than anybody pages through; who searches wider than that is better served by another word. */
const hitsMax = 500

/** Items with what is on hand, held, free and coming: all of them by code, or those that a search finds, best first. */
export async function stock(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>> {
  allowStock(caller)
  const { q, cursor, limit, warehouseId, category, low, held } = input
  const itemIds = q?.trim() ? await searchItemIds(tx, q, hitsMax) : undefined
  const warehouses = reached(caller, warehouseId)
  const isPart = visibleWarehouses(caller) !== null
  const listed = await listStock(
    tx,
    { itemIds, warehouses, isPart, category, low, held },
    keysOf(cursor, ['rank', 'text']),
    limit,
  )
  const page = pageFrom(listed, limit, ({ rank, code }) => [rank, code])
  const ids = page.rows.map(({ itemId }) => itemId)
  const items = await itemsByIds(tx, ids)
  const there = await availability(tx, { itemIds: ids, warehouses })
  const rows = page.rows.map(({ itemId, reorderPoint, value, ...row }) => {
    const item = items.get(itemId)!
    const coming = sumOf(there.get(itemId)!.incoming)
    const levels = shownLevels(row, item.units)
    return {
      item: itemSummary(item),
      ...levels,
      shown: {
        ...levels.shown,
        incoming: showQuantity(coming, item.units),
        reorderPoint: showQuantity(reorderPoint, item.units),
      },
      incoming: toQuantity(coming),
      reorderPoint: toQuantity(reorderPoint),
      // How much the house wants to have says nothing of one of its warehouses.
      isLow: !isPart && row.available.lt(reorderPoint),
      ...(canRead(caller, 'cost') ? { value: toMoney(value) } : {}),
    }
  })
  return { rows, cursor: page.cursor }
}

type Levels = { onHand: Decimal; reserved: Decimal; available: Decimal }

/** On hand, held and free, in base units and as people say it. */
export function shownLevels({ onHand, reserved, available }: Levels, units: readonly UnitRatio[]) {
  return {
    onHand: toQuantity(onHand),
    reserved: toQuantity(reserved),
    available: toQuantity(available),
    shown: {
      onHand: showQuantity(onHand, units),
      reserved: showQuantity(reserved, units),
      available: showQuantity(available, units),
    },
  }
}

export const sumOf = (parts: readonly { quantity: Decimal }[]): Decimal =>
  Decimal.sum(0, ...parts.map(({ quantity }) => quantity))
