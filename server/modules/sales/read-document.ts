import { Decimal, showQuantity, toPercent, toQuantity } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { lastApprovalOf } from '#server/engines/approvals'
import { itemsByIds } from '#server/modules/catalog'
import { chainOfOrder, chainOfQuotation, outcomeOf } from './chain.ts'
import type { DeliveryDetail, OrderDetail, QuotationDetail, ReturnDetail } from './contract.ts'
import { deliveryDetail } from './delivery-view.ts'
import { type Delivery, finalMargin } from './delivery.model.ts'
import { creditView } from './judge-sale.ts'
import { itemBrief } from './linked-names.ts'
import { orderAnswer } from './order-view.ts'
import { mayReturn } from './policy.ts'
import { returnDetail } from './sales-return-view.ts'
import type { SoldLine } from './order.model.ts'
import { quotationAnswer } from './quotation-view.ts'
import { seeDelivery } from './see-delivery.ts'
import { seeOrder } from './see-order.ts'
import { seeQuotation } from './see-quotation.ts'
import { seeReturn } from './see-return.ts'
import { standingOfOrder } from './settle-order.ts'
import { timelineOf, timelineOfOrder } from './timeline.ts'

/** An order with everything its page shows: lines, chain, timeline, the approval it waits for, and how it would get on. */
export async function order(tx: Tx, caller: Caller, { id }: { id: string }): Promise<OrderDetail> {
  const found = await seeOrder(tx, caller, id)
  const { standing } = await standingOfOrder(tx, caller, found)
  const outcome = await outcomeOf(tx, found)
  const final = finalMargin(outcome.deliveries)
  return {
    ...(await orderAnswer(tx, caller, found, { standing })),
    lines: await orderLineFacts(tx, caller, found.lines, outcome.deliveries),
    mayReturn: mayReturn(caller, outcome.deliveries),
    chain: await chainOfOrder(tx, caller, found, outcome),
    timeline: await timelineOfOrder(tx, caller, found, outcome),
    approval: await lastApprovalOf(tx, 'sales_order', id),
    credit: creditView(caller, standing, found.state === 'draft' ? found.grossTotal : found.exposed),
    finalMarginPercent: final && canRead(caller, 'margin') ? toPercent(final) : null,
  }
}

/** A quotation with everything its page shows. */
export async function quotation(tx: Tx, caller: Caller, { id }: { id: string }): Promise<QuotationDetail> {
  const found = await seeQuotation(tx, caller, id)
  return {
    ...(await quotationAnswer(tx, caller, found)),
    lines: await lineFacts(tx, caller, found.lines),
    chain: await chainOfQuotation(tx, caller, found),
    timeline: await timelineOf(tx, caller, 'quotation', id),
    approval: await lastApprovalOf(tx, 'quotation', id),
  }
}

/** A delivery note with what to take for each line. */
export const delivery = async (tx: Tx, caller: Caller, { id }: { id: string }): Promise<DeliveryDetail> =>
  deliveryDetail(tx, caller, await seeDelivery(tx, caller, id))

/** A return with the pieces that may come, and what happened to it. */
export const salesReturn = async (tx: Tx, caller: Caller, { id }: { id: string }): Promise<ReturnDetail> =>
  returnDetail(tx, caller, await seeReturn(tx, caller, id))

async function orderLineFacts(
  tx: Tx,
  caller: Caller,
  lines: readonly SoldLine[],
  deliveries: readonly Delivery[],
): Promise<OrderDetail['lines']> {
  const facts = await lineFacts(tx, caller, lines)
  const left = deliveries.flatMap((note) => note.lines)
  return facts.map((line) => {
    const returned = Decimal.sum(
      0,
      ...left.filter(({ orderLineId }) => orderLineId === line.lineId).map((one) => one.returned),
    )
    const returnedText = returned.isZero() ? '' : showQuantity(returned, line.item.units)
    return { ...line, returned: toQuantity(returned), returnedText }
  })
}

async function lineFacts(tx: Tx, caller: Caller, lines: readonly SoldLine[]): Promise<QuotationDetail['lines']> {
  const items = await itemsByIds(
    tx,
    lines.map((line) => line.itemId),
  )
  return lines.map(({ id, itemId, entered, priceRule }) => ({
    lineId: id,
    item: itemBrief(items.get(itemId)!),
    entered,
    rule: canRead(caller, 'amount') ? priceRule : null,
  }))
}
