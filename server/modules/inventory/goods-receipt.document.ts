import { z } from 'zod'
import { Day, defineDocument, Entered, Id, Price, TimelineEntry, viewSchema } from '#contract'
import { LandedCostBrief } from './landed-cost.document.ts'
import { custom, LineDetail, serials, MovedLater } from './stock.document.ts'

export const receiptKinds = [
  { value: 'opening', label: { zh: '期初', en: 'Opening' } },
  { value: 'purchase', label: { zh: '采购', en: 'Purchase' } },
  { value: 'other', label: { zh: '其他', en: 'Other' } },
] as const

/** Goods that come in: expected (on the way), then received. */
export const goodsReceipt = defineDocument({
  name: 'goods_receipt',
  label: { zh: '入库单', en: 'Goods receipt' },
  page: '/stock/receipts/:id',
  numbers: 'GR',
  title: 'number',
  summary: ['number', 'kind', 'supplierId', 'warehouseId', 'expectedOn', 'total'],
  states: {
    expected: { label: { zh: '待入库', en: 'Expected' }, colour: 'orange' },
    received: { label: { zh: '已入库', en: 'Received' }, colour: 'green' },
    cancelled: { label: { zh: '已取消', en: 'Cancelled' }, colour: 'grey' },
  },
  moves: {
    receive: { from: ['expected'], to: 'received', label: { zh: '入库', en: 'Receive' }, done: 'Received' },
    cancel: { from: ['expected'], to: 'cancelled', label: { zh: '取消', en: 'Cancel' }, done: 'Cancelled' },
  },
  fields: {
    number: { kind: 'text', label: { zh: '单号', en: 'Number' }, readOnly: true, inList: true },
    kind: { kind: 'choice', label: { zh: '类型', en: 'Kind' }, options: receiptKinds, required: true, inList: true },
    state: { kind: 'text', label: { zh: '状态', en: 'State' }, readOnly: true, inList: true },
    supplierId: { kind: 'link', to: 'supplier', label: { zh: '供应商', en: 'Supplier' }, inList: true },
    warehouseId: {
      kind: 'link',
      to: 'warehouse',
      label: { zh: '仓库', en: 'Warehouse' },
      required: true,
      inList: true,
    },
    expectedOn: { kind: 'day', label: { zh: '预计到货', en: 'Expected on' }, inList: true },
    receivedOn: { kind: 'day', label: { zh: '入库日期', en: 'Received on' }, readOnly: true, inList: true },
    total: {
      kind: 'money',
      label: { zh: '金额', en: 'Total' },
      stored: 'computed',
      group: 'purchase_price',
      inList: true,
    },
    note: { kind: 'longText', label: { zh: '备注', en: 'Note' }, max: 500 },
    createdBy: { kind: 'person', label: { zh: '制单人', en: 'Made by' }, readOnly: true },
    createdAt: { kind: 'instant', label: { zh: '制单时间', en: 'Made at' }, readOnly: true },
  },
  lines: {
    label: { zh: '入库明细', en: 'Lines' },
    fields: {
      itemId: { kind: 'link', to: 'item', label: { zh: '商品', en: 'Item' }, required: true },
      quantity: { kind: 'quantity', label: { zh: '数量（基本单位）', en: 'Quantity (base unit)' }, readOnly: true },
      shown: { kind: 'text', label: { zh: '数量', en: 'Quantity' }, stored: 'computed' },
      unitCost: { kind: 'price', label: { zh: '单位成本', en: 'Unit cost' }, group: 'purchase_price' },
      amount: { kind: 'money', label: { zh: '金额', en: 'Amount' }, stored: 'computed', group: 'purchase_price' },
      lotCode: { kind: 'text', label: { zh: '批次', en: 'Lot' }, max: 40 },
      expiresOn: { kind: 'day', label: { zh: '有效期至', en: 'Expires on' } },
      serialCodes: { kind: 'longText', label: { zh: '序列号', en: 'Serial numbers' }, stored: 'computed' },
    },
  },
})

export const GoodsReceiptView = viewSchema(goodsReceipt)
export const GoodsReceiptLine = z.strictObject({
  id: Id,
  itemId: Id,
  entered: Entered,
  /** Left out: what the item costs now. */
  unitCost: Price.nullish(),
  lotCode: z.string().trim().max(40).nullish(),
  expiresOn: Day.nullish(),
  serials,
  custom,
})
export type GoodsReceiptLine = z.output<typeof GoodsReceiptLine>
export const receiptLines = z.array(GoodsReceiptLine).max(500)
export const GoodsReceiptPage = z.object({
  receipt: GoodsReceiptView,
  lines: z.array(LineDetail),
  /** Costs that were put upon these goods, and whether the viewer may put one; none for who may not read costs. */
  landedCosts: z.array(LandedCostBrief),
  mayAddCost: z.boolean(),
  movedLater: z.array(MovedLater),
  timeline: z.array(TimelineEntry),
})
export type GoodsReceiptPage = z.output<typeof GoodsReceiptPage>
