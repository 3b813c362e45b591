import { z } from 'zod'
import {
  contract,
  Day,
  endpoint,
  Entered,
  Id,
  inputSchema,
  ListInput,
  pageOf,
  Price,
  TimelineEntry,
  Version,
  viewSchema,
} from '#contract'
import { goodsReceipt, receiptKinds } from './goods-receipt.document.ts'
import { AsAtRow, ItemStock, ItemStockAsAt, MoveRow, StockRow, Traced, Units } from './stock-views.document.ts'
import { stockAdjustment } from './stock-adjustment.document.ts'
import { stockTransfer } from './stock-transfer.document.ts'

export * from './refusals.document.ts'
export * from './stock-views.document.ts'
export { goodsReceipt, stockAdjustment, stockTransfer }
