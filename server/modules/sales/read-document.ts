import { toPercent } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { lastApprovalOf } from '#server/engines/approvals'
import { itemsByIds } from '#server/modules/catalog'
import { chainOfOrder, chainOfQuotation, outcomeOf } from './chain.ts'
import type { DeliveryDetail, OrderDetail, QuotationDetail } from './contract.ts'
import { deliveryDetail } from './delivery-view.ts'
import { finalMargin } from './delivery.model.ts'
import { creditView } from './judge-sale.ts'
import { itemBrief } from './linked-names.ts'
import { orderAnswer } from './order-view.ts'
import type { SoldLine } from './order.model.ts'
import { quotationAnswer } from './quotation-view.ts'
import { seeDelivery } from './see-delivery.ts'
import { seeOrder } from './see-order.ts'
import { seeQuotation } from './see-quotation.ts'
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
    lines: await lineFacts(tx, caller, found.lines),
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

async function lineFacts(tx: Tx, caller: Caller, lines: readonly SoldLine[]): Promise<OrderDetail['lines']> {
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
