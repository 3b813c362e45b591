import { defineDocument, type Fields, type Moves } from '#contract'
import { bandField, lineFields, totalFields } from './sold-goods.document.ts'

const states = {
  draft: { label: { zh: '草稿', en: 'Draft' }, colour: 'grey' },
  submitted: { label: { zh: '审批中', en: 'In approval' }, colour: 'orange' },
  confirmed: { label: { zh: '已确认', en: 'Confirmed' }, colour: 'blue' },
  partly_delivered: { label: { zh: '部分发货', en: 'Partly delivered' }, colour: 'blue' },
  delivered: { label: { zh: '已发货', en: 'Delivered' }, colour: 'green' },
  closed: { label: { zh: '已关闭', en: 'Closed' }, colour: 'green' },
  rejected: { label: { zh: '已驳回', en: 'Rejected' }, colour: 'red' },
  cancelled: { label: { zh: '已取消', en: 'Cancelled' }, colour: 'grey' },
} as const

/** What a line of an order is made of. */
export const orderLineFields = {
  ...lineFields,
  warehouseId: { kind: 'link', to: 'warehouse', label: { zh: '仓库', en: 'Warehouse' } },
  reserved: { kind: 'quantity', label: { zh: '已占用', en: 'Held' }, readOnly: true },
  delivered: { kind: 'quantity', label: { zh: '已发货', en: 'Delivered' }, readOnly: true },
  short: { kind: 'quantity', label: { zh: '缺货', en: 'Short' }, stored: 'computed' },
  promisedOn: { kind: 'day', label: { zh: '预计到货', en: 'Expected on' }, readOnly: true },
} as const satisfies Fields

export type OrderState = keyof typeof states

/**
 * draft ─submit─▶ submitted ─confirm─▶ confirmed ─ship─▶ partly_delivered ─ship─▶ delivered ─close─▶ closed
 *   ▲───withdraw, return──┘ └─reject─▶ rejected   └─cancel─▶ cancelled  └──────close──────────▲
 */
export const orderMoves = {
  submit: { from: ['draft'], to: 'submitted', label: { zh: '提交', en: 'Submit' }, done: 'Submitted' },
  withdraw: { from: ['submitted'], to: 'draft', label: { zh: '撤回', en: 'Withdraw' }, done: 'Withdrawn' },
  return: {
    from: ['submitted'],
    to: 'draft',
    label: { zh: '退回修改', en: 'Return for changes' },
    done: 'Returned for changes',
  },
  confirm: { from: ['submitted'], to: 'confirmed', label: { zh: '确认', en: 'Confirm' }, done: 'Confirmed' },
  reject: { from: ['submitted'], to: 'rejected', label: { zh: '驳回', en: 'Reject' }, done: 'Rejected' },
  cancel: { from: ['draft', 'confirmed'], to: 'cancelled', label: { zh: '取消', en: 'Cancel' }, done: 'Cancelled' },
  deliverPart: {
    from: ['confirmed', 'partly_delivered'],
    to: 'partly_delivered',
    label: { zh: '部分发货', en: 'Deliver a part' },
    done: 'Delivered in part',
  },
  deliverRest: {
    from: ['confirmed', 'partly_delivered'],
    to: 'delivered',
    label: { zh: '发货完成', en: 'Deliver the rest' },
    done: 'Delivered in full',
  },
  close: { from: ['partly_delivered', 'delivered'], to: 'closed', label: { zh: '关闭', en: 'Close' }, done: 'Closed' },
} as const satisfies Moves<OrderState>

export const salesOrder = defineDocument({
  name: 'sales_order',
  label: { zh: '销售订单', en: 'Sales order' },
  page: '/orders/:id',
  numbers: 'SO',
  title: 'number',
  summary: ['customerId', 'grossTotal', 'state', 'marginBand', 'promisedOn'],
  states,
  moves: orderMoves,
  fields: {
    number: { kind: 'text', label: { zh: '订单号', en: 'Order no.' }, readOnly: true, inList: true },
    customerId: { kind: 'link', to: 'customer', label: { zh: '客户', en: 'Customer' }, required: true, inList: true },
    state: {
      kind: 'choice',
      label: { zh: '状态', en: 'State' },
      options: Object.entries(states).map(([value, state]) => ({ value, ...state })),
      readOnly: true,
      inList: true,
    },
    ownerId: { kind: 'person', label: { zh: '销售', en: 'Seller' }, readOnly: true, inList: true },
    warehouseId: { kind: 'link', to: 'warehouse', label: { zh: '发货仓库', en: 'Warehouse' }, required: true },
    orderedOn: { kind: 'day', label: { zh: '下单日期', en: 'Ordered on' }, readOnly: true, inList: true },
    promisedOn: { kind: 'day', label: { zh: '约定交期', en: 'Promised on' }, inList: true },
    termCode: { kind: 'text', label: { zh: '付款条件', en: 'Payment terms' }, readOnly: true },
    ...totalFields,
    marginBand: bandField,
    paymentState: {
      kind: 'choice',
      label: { zh: '回款', en: 'Payment' },
      options: [
        { value: 'unpaid', label: { zh: '未回款', en: 'Unpaid' }, colour: 'grey' },
        { value: 'part', label: { zh: '部分回款', en: 'Partly paid' }, colour: 'orange' },
        { value: 'paid', label: { zh: '已回款', en: 'Paid' }, colour: 'green' },
      ],
      group: 'amount',
      stored: 'computed',
      inList: true,
    },
    deliveredPercent: { kind: 'percent', label: { zh: '发货进度', en: 'Delivered' }, stored: 'computed', inList: true },
    deliveredGross: {
      kind: 'money',
      label: { zh: '已发货金额', en: 'Amount delivered' },
      group: 'amount',
      readOnly: true,
    },
    backorder: {
      kind: 'yesNo',
      label: { zh: '缺货先发有货部分', en: 'Deliver what is there, the rest later' },
      hint: {
        zh: '有多少先占用多少，余下的到货后自动占用',
        en: 'What is in stock is held now, the rest as soon as it arrives',
      },
    },
    address: { kind: 'text', max: 300, label: { zh: '收货地址', en: 'Delivery address' } },
    note: { kind: 'longText', label: { zh: '备注', en: 'Note' } },
    quotationId: { kind: 'link', to: 'quotation', label: { zh: '来自报价单', en: 'From quotation' }, readOnly: true },
    submittedAt: { kind: 'instant', label: { zh: '提交时间', en: 'Submitted at' }, readOnly: true },
    confirmedAt: { kind: 'instant', label: { zh: '确认时间', en: 'Confirmed at' }, readOnly: true },
  },
  lines: {
    label: { zh: '商品明细', en: 'Lines' },
    fields: orderLineFields,
  },
})
