import { z } from 'zod'
import { defineDocument, Entered, Id, Quantity, TimelineEntry, viewSchema } from '#contract'
import { custom, LineDetail, serials, MovedLater } from './stock.document.ts'

/** Goods on the way from one warehouse to another: sent, then received. */
export const stockTransfer = defineDocument({
  name: 'stock_transfer',
  label: { zh: '调拨单', en: 'Stock transfer' },
  page: '/stock/transfers/:id',
  numbers: 'TR',
  title: 'number',
  summary: ['number', 'fromId', 'toId', 'sentOn', 'receivedOn'],
  states: {
    draft: { label: { zh: '草稿', en: 'Draft' }, colour: 'grey' },
    sent: { label: { zh: '在途', en: 'On the way' }, colour: 'orange' },
    received: { label: { zh: '已收货', en: 'Received' }, colour: 'green' },
    cancelled: { label: { zh: '已取消', en: 'Cancelled' }, colour: 'grey' },
  },
  moves: {
    send: { from: ['draft'], to: 'sent', label: { zh: '发出', en: 'Send' }, done: 'Sent' },
    receive: { from: ['sent'], to: 'received', label: { zh: '收货', en: 'Receive' }, done: 'Received' },
    cancel: { from: ['draft'], to: 'cancelled', label: { zh: '取消', en: 'Cancel' }, done: 'Cancelled' },
  },
  fields: {
    number: { kind: 'text', label: { zh: '单号', en: 'Number' }, readOnly: true, inList: true },
    state: { kind: 'text', label: { zh: '状态', en: 'State' }, readOnly: true, inList: true },
    fromId: { kind: 'link', to: 'warehouse', label: { zh: '调出仓库', en: 'From' }, required: true, inList: true },
    toId: { kind: 'link', to: 'warehouse', label: { zh: '调入仓库', en: 'To' }, required: true, inList: true },
    sentOn: { kind: 'day', label: { zh: '发出日期', en: 'Sent on' }, readOnly: true, inList: true },
    receivedOn: { kind: 'day', label: { zh: '收货日期', en: 'Received on' }, readOnly: true, inList: true },
    total: { kind: 'money', label: { zh: '成本', en: 'Cost' }, stored: 'computed', group: 'cost' },
    note: { kind: 'longText', label: { zh: '备注', en: 'Note' }, max: 500 },
    createdBy: { kind: 'person', label: { zh: '制单人', en: 'Made by' }, readOnly: true },
    createdAt: { kind: 'instant', label: { zh: '制单时间', en: 'Made at' }, readOnly: true },
  },
  lines: {
    label: { zh: '调拨明细', en: 'Lines' },
    fields: {
      itemId: { kind: 'link', to: 'item', label: { zh: '商品', en: 'Item' }, required: true },
      quantity: { kind: 'quantity', label: { zh: '数量（基本单位）', en: 'Quantity (base unit)' }, readOnly: true },
      shown: { kind: 'text', label: { zh: '数量', en: 'Quantity' }, stored: 'computed' },
      lotCodes: { kind: 'longText', label: { zh: '批次', en: 'Lots' }, stored: 'computed' },
      serialCodes: { kind: 'longText', label: { zh: '序列号', en: 'Serial numbers' }, stored: 'computed' },
      cost: { kind: 'money', label: { zh: '成本', en: 'Cost' }, readOnly: true, group: 'cost' },
    },
  },
})

export const StockTransferView = viewSchema(stockTransfer)
export const StockTransferLine = z.strictObject({
  id: Id,
  itemId: Id,
  entered: Entered,
  /** Left out: those that expire first are taken when it is sent. */
  lots: z
    .array(z.strictObject({ lotId: Id, quantity: Quantity }))
    .max(100)
    .default([]),
  serials,
  custom,
})
export type StockTransferLine = z.output<typeof StockTransferLine>
export const transferLines = z.array(StockTransferLine).max(500)
export const StockTransferPage = z.object({
  transfer: StockTransferView,
  lines: z.array(LineDetail),
  movedLater: z.array(MovedLater),
  timeline: z.array(TimelineEntry),
})
export type StockTransferPage = z.output<typeof StockTransferPage>
