import { type Input, type Output, showQuantity, toQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import type { inventory } from './contract.ts'
import { itemSummary } from './document-page.ts'
import { flowOf } from './stock-flow-store.ts'
import { allowStock, reached } from './policy.ts'

type Endpoint = (typeof inventory)['endpoints']['stockFlow']

/** What came into a warehouse, or into the house, and left it within some days, added up by item. */
export async function stockFlow(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>> {
  allowStock(caller)
  const { warehouseId, ...days } = input
  const flow = await flowOf(tx, {
    ...days,
    warehouses: reached(caller, warehouseId),
    hasTransfers: warehouseId !== undefined,
  })
  const items = await itemsByIds(
    tx,
    flow.map(({ itemId }) => itemId),
  )
  return {
    count: flow[0]?.count ?? 0,
    rows: flow.map(({ itemId, cameIn, wentOut }) => {
      const item = items.get(itemId)!
      return {
        item: itemSummary(item),
        in: toQuantity(cameIn),
        out: toQuantity(wentOut),
        shown: { in: showQuantity(cameIn, item.units), out: showQuantity(wentOut, item.units) },
      }
    }),
  }
}
