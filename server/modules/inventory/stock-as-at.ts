import { Decimal, type Input, type Output, showQuantity, toMoney, toQuantity } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { itemsByIds, searchItemIds } from '#server/modules/catalog'
import { listStoodAt, placesStoodAt } from './as-at-store.ts'
import type { inventory, ItemAsAt } from './contract.ts'
import { itemSummary } from './document-page.ts'
import { allowStock, reached } from './policy.ts'

type Endpoints = (typeof inventory)['endpoints']
const hitsMax = 500

/** What all items stood at, at the end of a day, by the days on which moves took effect. */
export async function stockAsAt(
  tx: Tx,
  caller: Caller,
  { q, day, warehouseId, cursor, limit }: Input<Endpoints['stockAsAt']>,
): Promise<Output<Endpoints['stockAsAt']>> {
  allowStock(caller)
  const itemIds = q?.trim() ? await searchItemIds(tx, q, hitsMax) : undefined
  const warehouses = reached(caller, warehouseId)
  const stood = await listStoodAt(tx, day, { itemIds, warehouses }, keysOf(cursor, ['rank', 'text']), limit)
  const page = pageFrom(stood, limit, ({ rank, code }) => [rank, code])
  const items = await itemsByIds(
    tx,
    page.rows.map(({ itemId }) => itemId),
  )
  const rows = page.rows.map(({ itemId, onHand, value }) => {
    const item = items.get(itemId)!
    return { item: itemSummary(item), ...shown(onHand, item.units), ...valued(caller, value) }
  })
  return { rows, cursor: page.cursor }
}

/** What one item stood at, at the end of a day, by warehouse and lot. */
export async function itemAsAt(
  tx: Tx,
  caller: Caller,
  { itemId, day }: Input<Endpoints['itemAsAt']>,
): Promise<ItemAsAt> {
  allowStock(caller)
  const item = (await itemsByIds(tx, [itemId], () => 'itemId')).get(itemId)!
  const { warehouses, lots, value } = await placesStoodAt(tx, itemId, day, reached(caller))
  return {
    item: itemSummary(item),
    day,
    ...shown(Decimal.sum(0, ...warehouses.map(({ onHand }) => onHand)), item.units),
    ...valued(caller, value),
    warehouses: warehouses.map((row) => ({ ...row, ...shown(row.onHand, item.units) })),
    lots: lots.map((row) => ({ ...row, ...shown(row.onHand, item.units) })),
  }
}

const shown = (onHand: Decimal.Value, units: Parameters<typeof showQuantity>[1]) => {
  return { onHand: toQuantity(onHand), shown: showQuantity(onHand, units) }
}

const valued = (caller: Caller, value: Decimal) => (canRead(caller, 'cost') ? { value: toMoney(value) } : {})
