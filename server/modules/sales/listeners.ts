import type { ApprovalSettled } from '#facts/engines/approvals'
import type { GoodsReceived, HoldExpired, StockMoved } from '#facts/modules/inventory'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Listener, reaction } from '#kernel/events'
import type {
  OrderCancelled,
  OrderClosed,
  OrderRejected,
  OrderReturned,
  QuotationExpired,
  QuotationLost,
} from './facts.ts'
import { holdBackorders } from './hold-backorders.ts'
import { findOrder } from './order-store.ts'
import { findQuotation } from './quotation-store.ts'
import { settleOrder } from './settle-order.ts'
import { endHold, settleQuotation } from './settle-quotation.ts'
import { settleReturn } from './submit-return.ts'

/** What sales does when others announce something, and when an order lets go of goods that others wait for. */
export const salesListeners: Listener[] = [
  reaction<ApprovalSettled>('sales.settle', 'approvals.settled', settle),
  reaction<GoodsReceived>('sales.goods-received', 'inventory.goods-received', (tx, caller, { body }) =>
    holdBackorders(tx, caller, body.itemIds),
  ),
  reaction<StockMoved>('sales.stock-moved', 'inventory.stock-moved', takeWhatCame),
  reaction<HoldExpired>('sales.hold-expired', 'inventory.hold-expired', afterHold),
  reaction<OrderReturned>('sales.after-return', 'sales.order-returned', takeWhatOrderLeft),
  reaction<OrderRejected>('sales.after-rejection', 'sales.order-rejected', takeWhatOrderLeft),
  reaction<OrderCancelled>('sales.after-cancel', 'sales.order-cancelled', takeWhatOrderLeft),
  reaction<OrderClosed>('sales.after-close', 'sales.order-closed', takeWhatOrderLeft),
  reaction<QuotationLost>('sales.after-loss', 'sales.quotation-lost', takeWhatQuotationLeft),
  reaction<QuotationExpired>('sales.after-expiry', 'sales.quotation-expired', takeWhatQuotationLeft),
]

function settle(tx: Tx, caller: Caller, fact: ApprovalSettled): Promise<void> {
  if (fact.body.document === 'sales_order') return settleOrder(tx, caller, fact)
  if (fact.body.document === 'quotation') return settleQuotation(tx, caller, fact)
  if (fact.body.document === 'sales_return') return settleReturn(tx, caller, fact)
  return Promise.resolve()
}

const incomingKinds = ['transfer_in', 'adjustment', 'return']

async function takeWhatCame(tx: Tx, caller: Caller, { body }: StockMoved): Promise<void> {
  if (incomingKinds.includes(body.kind)) await holdBackorders(tx, caller, body.itemIds)
}

async function afterHold(tx: Tx, caller: Caller, fact: HoldExpired): Promise<void> {
  await endHold(tx, caller, fact)
  if (fact.body.sourceDocument === 'quotation')
    await takeItemsOf(tx, caller, await findQuotation(tx, fact.body.sourceId))
}

async function takeWhatOrderLeft(tx: Tx, caller: Caller, { body }: { body: { orderId: string } }): Promise<void> {
  await takeItemsOf(tx, caller, await findOrder(tx, body.orderId))
}

async function takeWhatQuotationLeft(
  tx: Tx,
  caller: Caller,
  { body }: { body: { quotationId: string } },
): Promise<void> {
  await takeItemsOf(tx, caller, await findQuotation(tx, body.quotationId))
}

async function takeItemsOf(
  tx: Tx,
  caller: Caller,
  document: { lines: readonly { itemId: string }[] } | undefined,
): Promise<void> {
  if (document) await holdBackorders(tx, caller, [...new Set(document.lines.map((line) => line.itemId))])
}
