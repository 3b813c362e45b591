import { z } from 'zod'
import { defineDocument, Entered, Id, Price, TimelineEntry, viewSchema } from '#contract'
import { custom, LineDetail, serials, MovedLater } from './stock.document.ts'

/** A correction of what is on hand, with its reason. */
export const stockAdjustment = defineDocument({
  name: 'stock_adjustment',
  label: { zh: '库存调整单', en: 'Stock adjustment' },
  page: '/stock/adjustments/:id',
  numbers: 'SA',
  title: 'number',
  summary: ['number', 'warehouseId', 'reason', 'postedOn'],
  states: {
    draft: { label: { zh: '草稿', en: 'Draft' }, colour: 'grey' },
    posted: { label: { zh: '已过账', en: 'Posted' }, colour: 'green' },
    cancelled: { label: { zh: '已取消', en: 'Cancelled' }, colour: 'grey' },
  },
  moves: {
    post: { from: ['draft'], to: 'posted', label: { zh: '过账', en: 'Post' }, done: 'Posted' },
    cancel: { from: ['draft'], to: 'cancelled', label: { zh: '取消', en: 'Cancel' }, done: 'Cancelled' },
  },
  fields: {
    number: { kind: 'text', label: { zh: '单号', en: 'Number' }, readOnly: true, inList: true },
    state: { kind: 'text', label: { zh: '状态', en: 'State' }, readOnly: true, inList: true },
    warehouseId: {
      kind: 'link',
      to: 'warehouse',
      label: { zh: '仓库', en: 'Warehouse' },
      required: true,
      inList: true,
    },
    reason: { kind: 'text', label: { zh: '原因', en: 'Reason' }, required: true, inList: true },
    postedOn: { kind: 'day', label: { zh: '过账日期', en: 'Posted on' }, readOnly: true, inList: true },
    total: { kind: 'money', label: { zh: '成本变动', en: 'Change of value' }, stored: 'computed', group: 'cost' },
    createdBy: { kind: 'person', label: { zh: '制单人', en: 'Made by' }, readOnly: true },
    createdAt: { kind: 'instant', label: { zh: '制单时间', en: 'Made at' }, readOnly: true },
  },
  lines: {
    label: { zh: '调整明细', en: 'Lines' },
    fields: {
      itemId: { kind: 'link', to: 'item', label: { zh: '商品', en: 'Item' }, required: true },
      quantity: { kind: 'quantity', label: { zh: '增减（基本单位）', en: 'Change (base unit)' }, readOnly: true },
      shown: { kind: 'text', label: { zh: '增减', en: 'Change' }, stored: 'computed' },
      lotId: { kind: 'link', to: 'lot', label: { zh: '批次', en: 'Lot' } },
      serialCodes: { kind: 'longText', label: { zh: '序列号', en: 'Serial numbers' }, stored: 'computed' },
      unitCost: { kind: 'price', label: { zh: '单位成本', en: 'Unit cost' }, group: 'cost' },
      cost: { kind: 'money', label: { zh: '成本变动', en: 'Change of value' }, readOnly: true, group: 'cost' },
    },
  },
})

export const StockAdjustmentView = viewSchema(stockAdjustment)
export const StockAdjustmentLine = z.strictObject({
  id: Id,
  itemId: Id,
  /** Signed: [{ unit: '盒', quantity: '-2' }] takes two boxes off. */
  entered: Entered,
  lotId: Id.nullish(),
  serials,
  /** Of what is added; left out: what the item costs now. */
  unitCost: Price.nullish(),
  custom,
})
export type StockAdjustmentLine = z.output<typeof StockAdjustmentLine>
export const adjustmentLines = z.array(StockAdjustmentLine).max(500)
export const StockAdjustmentPage = z.object({
  adjustment: StockAdjustmentView,
  lines: z.array(LineDetail),
  movedLater: z.array(MovedLater),
  timeline: z.array(TimelineEntry),
})
export type StockAdjustmentPage = z.output<typeof StockAdjustmentPage>
