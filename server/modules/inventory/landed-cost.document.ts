import { z } from 'zod'
import { Day, defineDocument, Id, Money, TimelineEntry, viewSchema } from '#contract'

const landedCostKinds = [
  { value: 'freight', label: { zh: '运费', en: 'Freight' } },
  { value: 'loading', label: { zh: '装卸费', en: 'Loading' } },
  { value: 'insurance', label: { zh: '保险费', en: 'Insurance' } },
  { value: 'customs', label: { zh: '关税', en: 'Customs' } },
  { value: 'other', label: { zh: '其他', en: 'Other' } },
] as const

/** A cost of bringing goods in, spread over what was received: what is still in stock is worth more, the rest changes the cost of sales. */
export const landedCost = defineDocument({
  name: 'landed_cost',
  label: { zh: '费用分摊单', en: 'Landed cost' },
  page: '/stock/landed-costs/:id',
  numbers: 'LC',
  title: 'number',
  summary: ['number', 'kind', 'supplierId', 'amount', 'postedOn'],
  states: {
    draft: { label: { zh: '草稿', en: 'Draft' }, colour: 'grey' },
    posted: { label: { zh: '已分摊', en: 'Spread' }, colour: 'green' },
    cancelled: { label: { zh: '已取消', en: 'Cancelled' }, colour: 'grey' },
  },
  moves: {
    post: { from: ['draft'], to: 'posted', label: { zh: '分摊', en: 'Spread' }, done: 'Spread' },
    cancel: { from: ['draft'], to: 'cancelled', label: { zh: '取消', en: 'Cancel' }, done: 'Cancelled' },
  },
  fields: {
    number: { kind: 'text', label: { zh: '单号', en: 'Number' }, readOnly: true, inList: true },
    state: { kind: 'text', label: { zh: '状态', en: 'State' }, readOnly: true, inList: true },
    kind: {
      kind: 'choice',
      label: { zh: '费用', en: 'Cost' },
      options: landedCostKinds,
      required: true,
      inList: true,
    },
    supplierId: { kind: 'link', to: 'supplier', label: { zh: '收款方', en: 'Paid to' }, inList: true },
    amount: {
      kind: 'money',
      label: { zh: '费用金额', en: 'Amount' },
      group: 'cost',
      required: true,
      inList: true,
      hint: { zh: '冲减以前的费用填负数', en: 'Negative takes cost off again' },
    },
    basis: {
      kind: 'choice',
      label: { zh: '分摊方式', en: 'Spread by' },
      options: [
        { value: 'value', label: { zh: '按金额', en: 'Value' } },
        { value: 'quantity', label: { zh: '按数量', en: 'Quantity' } },
      ],
      required: true,
    },
    postedOn: { kind: 'day', label: { zh: '分摊日期', en: 'Spread on' }, readOnly: true, inList: true },
    inStock: { kind: 'money', label: { zh: '计入库存', en: 'Into stock' }, stored: 'computed', group: 'cost' },
    expensed: {
      kind: 'money',
      label: { zh: '计入销售成本', en: 'Into cost of sales' },
      stored: 'computed',
      group: 'cost',
      hint: { zh: '已发出货物分到的费用', en: 'What falls on goods that have left already' },
    },
    note: { kind: 'longText', label: { zh: '备注', en: 'Note' }, max: 500 },
    createdBy: { kind: 'person', label: { zh: '制单人', en: 'Made by' }, readOnly: true },
    createdAt: { kind: 'instant', label: { zh: '制单时间', en: 'Made at' }, readOnly: true },
  },
  lines: {
    label: { zh: '分摊明细', en: 'What falls on what' },
    fields: {
      itemId: { kind: 'link', to: 'item', label: { zh: '商品', en: 'Item' }, readOnly: true },
      goodsReceiptId: {
        kind: 'link',
        to: 'goods_receipt',
        label: { zh: '入库单', en: 'Goods receipt' },
        readOnly: true,
      },
      shown: { kind: 'text', label: { zh: '入库数量', en: 'Received' }, stored: 'computed' },
      value: { kind: 'money', label: { zh: '入库金额', en: 'Value' }, stored: 'computed', group: 'purchase_price' },
      amount: { kind: 'money', label: { zh: '分摊费用', en: 'Share' }, readOnly: true, group: 'cost' },
      inStock: { kind: 'money', label: { zh: '计入库存', en: 'Into stock' }, readOnly: true, group: 'cost' },
      expensed: {
        kind: 'money',
        label: { zh: '计入销售成本', en: 'Into cost of sales' },
        readOnly: true,
        group: 'cost',
      },
    },
  },
})

export const LandedCostView = viewSchema(landedCost)
export const CostedReceipt = z.object({
  id: Id,
  number: z.string(),
  supplier: z.string(),
  warehouse: z.string(),
  receivedOn: Day.nullable(),
})
export type CostedReceipt = z.output<typeof CostedReceipt>
export const LandedCostPage = z.object({
  landedCost: LandedCostView,
  receipts: z.array(CostedReceipt),
  timeline: z.array(TimelineEntry),
})
export type LandedCostPage = z.output<typeof LandedCostPage>
/** What was put upon the goods of a receipt, as its page links to it. */
export const LandedCostBrief = z.object({
  id: Id,
  number: z.string(),
  kind: z.string(),
  state: z.string(),
  amount: Money,
})
