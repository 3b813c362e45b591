import { showQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { inBinOrder, placesOf } from '#server/modules/inventory'
import { findDeliveries } from './delivery-store.ts'
import { itemName, linksOf } from './linked-names.ts'

/** What a delivery note says to whoever picks it. */
export type ToPick = {
  id: string
  number: string
  ownerId: string
  warehouseId: string
  customer: string
  warehouse: string
  /** In the order of the bins. */
  lines: { item: string; planned: string }[]
}

/** What there is to pick on these delivery notes, whoever asks (see `seesDelivery`): a fixed number of queries, however many. */
export async function toPick(tx: Tx, caller: Caller, ids: readonly string[]): Promise<ToPick[]> {
  const deliveries = await findDeliveries(tx, ids)
  if (deliveries.length === 0) return []
  const itemIds = deliveries.flatMap(({ lines }) => lines.map(({ itemId }) => itemId))
  const [links, binsOf] = await Promise.all([
    linksOf(tx, caller, deliveries),
    placesOf(tx, [...new Set(itemIds)], [...new Set(deliveries.map(({ warehouseId }) => warehouseId))]),
  ])
  return deliveries.map((note) => {
    const names = links.names(note)
    const lines = note.lines.map(({ itemId, planned }) => {
      const item = links.items.get(itemId)!
      return {
        bins: binsOf(itemId, note.warehouseId),
        item: itemName(item),
        planned: showQuantity(planned, item.units),
      }
    })
    return {
      id: note.id,
      number: note.number,
      ownerId: note.ownerId,
      warehouseId: note.warehouseId,
      customer: names['customerId'] ?? '',
      warehouse: names['warehouseId'] ?? '',
      lines: inBinOrder(lines).map(({ item, planned }) => ({ item, planned })),
    }
  })
}
