import { type Listener, reaction } from '#kernel/events'
import type {
  PeriodClosed,
  ReceiptAllocated,
  ReceiptPosted,
  ReceiptReversed,
  ReceivableRaised,
} from '#facts/modules/finance'
import type { StockMoved } from '#facts/modules/inventory'
import type { GoodsReturned, ReturnReversed } from '#facts/modules/sales'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { sourcesOf } from '#server/modules/finance'
import type { VouchersBegun } from './facts.ts'
import { catchUp, makeVouchers } from './make-vouchers.ts'

/** What becomes a voucher when stock or money has moved. */
export const accountingListeners: Listener[] = [
  reaction<StockMoved>('accounting.stock', 'inventory.stock-moved', vouchStock),
  reaction<ReceivableRaised>('accounting.debt', 'finance.receivable-raised', vouchDebt),
  reaction<ReceiptPosted>('accounting.receipt', 'finance.receipt-posted', vouchReceipt),
  reaction<ReceiptAllocated>('accounting.allocation', 'finance.receipt-allocated', vouchReceipt),
  reaction<ReceiptReversed>('accounting.reversal', 'finance.receipt-reversed', vouchReceipt),
  reaction<GoodsReturned>('accounting.return', 'sales.goods-returned', vouchReturn),
  reaction<ReturnReversed>('accounting.return-reversal', 'sales.return-reversed', vouchReturn),
  reaction<PeriodClosed>('accounting.period', 'finance.period-closed', vouchAll),
  reaction<VouchersBegun>('accounting.beginning', 'accounting.vouchers-begun', vouchAll),
]

async function vouchStock(tx: Tx, caller: Caller, { body }: StockMoved): Promise<void> {
  // Goods on the way from one warehouse to another are worth what they were.
  if (body.sourceDocument !== 'stock_transfer') await makeVouchers(tx, caller, { sources: [body.sourceId] }, ['stock'])
}

/** A new debt may have taken what was paid in advance: those receipts are met again. */
async function vouchDebt(tx: Tx, caller: Caller, { body }: ReceivableRaised): Promise<void> {
  await makeVouchers(tx, caller, { sources: await sourcesOf(tx, body.receivableIds) }, ['money'])
}

async function vouchReceipt(tx: Tx, caller: Caller, { body }: { body: { receiptId: string } }): Promise<void> {
  await makeVouchers(tx, caller, { sources: [body.receiptId] }, ['money'])
}

/** The credit of a return; its goods are told of as all goods that move. */
async function vouchReturn(tx: Tx, caller: Caller, { body }: { body: { returnId: string } }): Promise<void> {
  await makeVouchers(tx, caller, { sources: [body.returnId] }, ['money'])
}

/** Whoever closes a period wants its vouchers whole; so does a company that kept none before. */
async function vouchAll(tx: Tx, caller: Caller): Promise<void> {
  await catchUp(tx, caller)
}
