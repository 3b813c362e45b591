import { showQuantity, toQuantity, type View } from '#contract'
import { type Caller, seesOwner, seesWarehouse } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { lastApprovalOf } from '#server/engines/approvals'
import { documentFor, present, withOwnNames } from '#server/engines/forms'
import { namesOf } from '#server/modules/org'
import { warehousesForSale } from '#server/modules/inventory'
import type { ReturnDetail } from './contract.ts'
import { deliveriesOf } from './delivery-store.ts'
import { reasonsFor } from './judge-sale.ts'
import { itemBrief, itemName, type Links, linksOf } from './linked-names.ts'
import { orderLabels } from './order-list-store.ts'
import { can, returnDeeds } from './policy.ts'
import { cameBackOf } from './sales-return-store.ts'
import type { salesReturn } from './sales-return.document.ts'
import { leftToReturn, piecesLeft, type ReturnLine, type SalesReturn } from './sales-return.model.ts'
import { leftFor } from './see-return.ts'
import { timelineOf } from './timeline.ts'

type ReturnView = View<typeof salesReturn>

/** Returns as the caller may see them: who sees no amounts is shown none. */
export const returnViews = async (tx: Tx, caller: Caller, returns: readonly SalesReturn[]): Promise<ReturnView[]> =>
  shown(tx, caller, returns, await linksOf(tx, caller, returns))

export async function returnView(tx: Tx, caller: Caller, found: SalesReturn): Promise<ReturnView> {
  const [view] = await returnViews(tx, caller, [found])
  return view!
}

/** A return with the notes its goods had left with, the pieces that may come, and what happened to it. */
export async function returnDetail(tx: Tx, caller: Caller, found: SalesReturn): Promise<ReturnDetail> {
  const links = await linksOf(tx, caller, [found])
  const [view] = await shown(tx, caller, [found], links)
  const { lines, notes } = leftFor(await deliveriesOf(tx, found.orderId))
  const before = await cameBackOf(tx, [...lines.keys()])
  return {
    return: view!,
    reasons: await reasonsFor(tx, caller, 'sales_return', found.reasons),
    lines: found.lines.map((line) => {
      const delivered = lines.get(line.deliveryLineId)!
      const note = notes.get(line.deliveryLineId)!
      const gone = before.filter((one) => one.deliveryLineId === line.deliveryLineId)
      return {
        lineId: line.id,
        deliveryLineId: line.deliveryLineId,
        delivery: { id: note.id, number: note.number, on: note.shippedOn },
        item: itemBrief(links.items.get(line.itemId)!),
        left: toQuantity(leftToReturn(delivered)),
        lots: line.lots,
        serials: line.serials,
        open: piecesLeft(delivered, gone),
      }
    }),
    timeline: await timelineOf(tx, caller, 'sales_return', found.id),
    approval: await lastApprovalOf(tx, 'sales_return', found.id),
    seesOrder: seesOwner(caller, 'sales_order', found.ownerId),
  }
}

async function shown(tx: Tx, caller: Caller, returns: readonly SalesReturn[], links: Links): Promise<ReturnView[]> {
  const document = await documentFor(tx, 'sales_return')
  const orders = await orderLabels(
    tx,
    returns.map((found) => found.orderId),
  )
  const forSale = await warehousesForSale(tx)
  const people = await namesOf(
    tx,
    returns.flatMap((found) => found.receiverId ?? []),
  )
  const views = returns.map((found) => {
    const names = {
      ...links.names(found),
      orderId: orders.get(found.orderId)?.number ?? '',
      ...(found.receiverId ? { receiverId: people.get(found.receiverId) ?? '' } : {}),
    }
    const mayReceive = seesWarehouse(caller, found.warehouseId)
    return present(
      document,
      caller,
      { ...found, backForSale: forSale.has(found.warehouseId) },
      {
        can: can(caller, returnDeeds, found.state).filter((deed) => deed !== 'receive' || mayReceive),
        names,
        lines: found.lines.map((line) => lineRow(line, links)),
      },
    ) // documentFor answers the return's own descriptor
  })
  return withOwnNames(tx, caller, document, views)
}

function lineRow(line: ReturnLine, links: Links) {
  const item = links.items.get(line.itemId)
  return {
    ...line,
    quantityText: item ? showQuantity(line.quantity, item.units) : '',
    receivedText: item ? showQuantity(line.received, item.units) : '',
    names: { itemId: item ? itemName(item) : '' },
  }
}
