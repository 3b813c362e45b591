import { type Input, type Output, showQuantity, toMoney, toQuantity } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import { addDays, dayAt, daysBetween } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import type { inventory } from './contract.ts'
import { itemSummary } from './document-page.ts'
import { allowStock, reached } from './policy.ts'
import { slowStock as listSlow } from './slow-stock-store.ts'

type Endpoint = (typeof inventory)['endpoints']['slowStock']

/** What lies in stock and does not sell, what is worth most first; for those who may not read costs, what has lain longest. */
export async function slowStock(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>> {
  allowStock(caller)
  const { idleDays, warehouseId, category, limit } = input
  const today = dayAt(caller.at)
  const byValue = canRead(caller, 'cost')
  const before = addDays(today, -idleDays)
  const rows = await listSlow(tx, { before, warehouses: reached(caller, warehouseId), category, byValue, limit })
  const items = await itemsByIds(
    tx,
    rows.map(({ itemId }) => itemId),
  )
  return {
    count: rows[0]?.count ?? 0,
    ...(byValue ? { value: toMoney(rows[0]?.total ?? 0) } : {}),
    rows: rows.map(({ itemId, onHand, value, lastOutOn, since }) => {
      const item = items.get(itemId)!
      return {
        item: itemSummary(item),
        onHand: toQuantity(onHand),
        shown: showQuantity(onHand, item.units),
        lastOutOn,
        idleDays: daysBetween(since, today),
        ...(byValue ? { value: toMoney(value) } : {}),
      }
    }),
  }
}
