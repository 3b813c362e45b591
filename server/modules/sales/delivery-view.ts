import { showQuantity, type View } from '#contract'
import { type Caller, seesOwner, seesWarehouse } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { documentFor, present, withOwnNames } from '#server/engines/forms'
import { inBinOrder, placesOf, proposeLots } from '#server/modules/inventory'
import type { DeliveryDetail } from './contract.ts'
import type { delivery as deliveryDocument } from './delivery.document.ts'
import type { Delivery, DeliveryLine } from './delivery.model.ts'
import { itemBrief, itemName, type Links, linksOf } from './linked-names.ts'
import { orderLabels } from './order-list-store.ts'
import { can, deliveryDeeds, mayReturn } from './policy.ts'
import { timelineOf } from './timeline.ts'

type DeliveryView = View<typeof deliveryDocument>

/** Delivery notes as the caller may see them: the warehouse sees no amounts. */
export const deliveryViews = async (tx: Tx, caller: Caller, deliveries: readonly Delivery[]): Promise<DeliveryView[]> =>
  shown(tx, caller, deliveries, await linksOf(tx, caller, deliveries))

export async function deliveryView(tx: Tx, caller: Caller, delivery: Delivery): Promise<DeliveryView> {
  const [view] = await deliveryViews(tx, caller, [delivery])
  return view!
}

/** A delivery note with what to take for each line, and what happened to it. */
export async function deliveryDetail(tx: Tx, caller: Caller, delivery: Delivery): Promise<DeliveryDetail> {
  const links = await linksOf(tx, caller, [delivery])
  const [view] = await shown(tx, caller, [delivery], links)
  const proposals = await proposalsFor(tx, caller, delivery)
  const { warehouseId } = delivery
  const itemIds = delivery.lines.map(({ itemId }) => itemId)
  const binsOf = await placesOf(tx, itemIds, [warehouseId])
  return {
    delivery: view!,
    lines: inBinOrder(
      delivery.lines.map((line, i) => {
        const item = links.items.get(line.itemId)!
        return {
          lineId: line.id,
          item: itemBrief(item),
          bins: binsOf(line.itemId, warehouseId),
          plannedText: showQuantity(line.planned, item.units),
          pickedText: showQuantity(line.picked, item.units),
          proposal: proposals[i] ?? [],
          lots: line.lots,
          serials: line.serials,
          returnedText: line.returned.isZero() ? '' : showQuantity(line.returned, item.units),
        }
      }),
    ),
    mayReturn: seesOwner(caller, 'sales_order', delivery.ownerId) && mayReturn(caller, [delivery]),
    timeline: await timelineOf(tx, caller, 'delivery', delivery.id),
  }
}

async function shown(tx: Tx, caller: Caller, deliveries: readonly Delivery[], links: Links): Promise<DeliveryView[]> {
  const document = await documentFor(tx, 'delivery')
  const orders = await orderLabels(
    tx,
    deliveries.map((delivery) => delivery.orderId),
  )
  const views = deliveries.map((delivery) => {
    const order = orders.get(delivery.orderId)
    const names = { ...links.names(delivery), orderId: order?.number ?? '' }
    const lines = delivery.lines.map((line) => lineRow(line, links))
    const row = { ...delivery, address: order?.address ?? '' }
    return present(document, caller, row, {
      can: seesWarehouse(caller, delivery.warehouseId) ? can(caller, deliveryDeeds, delivery.state) : [],
      names,
      lines,
    }) // documentFor answers the note's own descriptor
  })
  return withOwnNames(tx, caller, document, views)
}

function lineRow(line: DeliveryLine, links: Links) {
  const item = links.items.get(line.itemId)
  return {
    ...line,
    plannedText: item ? showQuantity(line.planned, item.units) : '',
    names: { itemId: item ? itemName(item) : '' },
  }
}

/** What has left needs no proposal any more. */
async function proposalsFor(
  tx: Tx,
  caller: Caller,
  delivery: Delivery,
): Promise<DeliveryDetail['lines'][number]['proposal'][]> {
  if (delivery.state === 'shipped' || delivery.state === 'cancelled') return []
  const { warehouseId } = delivery
  const wanted = delivery.lines.map(({ itemId, planned }) => ({ itemId, warehouseId, quantity: planned }))
  const proposals = await proposeLots(tx, wanted, dayAt(caller.at))
  return proposals.map(({ lots }) =>
    lots.map(({ lotId, code, expiresOn, quantity }) => ({
      lotId,
      lotCode: code,
      expiresOn,
      quantity: quantity.toFixed(),
    })),
  )
}
