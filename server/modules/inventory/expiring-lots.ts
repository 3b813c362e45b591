import { type Input, type Output, showQuantity, toQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt, daysBetween } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import type { inventory } from './contract.ts'
import { itemSummary } from './document-page.ts'
import { expiringLots as listExpiring } from './expiring-lots-store.ts'
import { allowStock, reached } from './policy.ts'

type Endpoint = (typeof inventory)['endpoints']['expiringLots']

/** What in stock expires within some days, and what has expired, first to expire first. */
export async function expiringLots(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>> {
  allowStock(caller)
  const { warehouseId, ...filter } = input
  const today = dayAt(caller.at)
  const lots = await listExpiring(tx, { ...filter, today, warehouses: reached(caller, warehouseId) })
  const items = await itemsByIds(tx, [...new Set(lots.map(({ itemId }) => itemId))])
  return {
    at: caller.at.toISOString(),
    count: lots[0]?.count ?? 0,
    expired: lots[0]?.expired ?? 0,
    rows: lots.map(({ lotId, code, itemId, warehouseId: inWarehouse, warehouse, onHand, expiresOn }) => {
      const item = items.get(itemId)!
      return {
        id: lotId,
        code,
        item: itemSummary(item),
        warehouseId: inWarehouse,
        warehouse,
        onHand: toQuantity(onHand),
        shown: showQuantity(onHand, item.units),
        expiresOn,
        isExpired: expiresOn < today,
        daysLeft: daysBetween(today, expiresOn),
      }
    }),
  }
}
