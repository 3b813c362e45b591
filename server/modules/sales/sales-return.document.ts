import { defineDocument, type Fields, type Moves } from '#contract'

const states = {
  draft: { label: { zh: '草稿', en: 'Draft' }, colour: 'grey' },
  submitted: { label: { zh: '待审批', en: 'Awaiting approval' }, colour: 'orange' },
  approved: { label: { zh: '待收货', en: 'To be received' }, colour: 'blue' },
  received: { label: { zh: '已退货', en: 'Returned' }, colour: 'green' },
  reversed: { label: { zh: '已冲销', en: 'Reversed' }, colour: 'grey' },
  rejected: { label: { zh: '已驳回', en: 'Rejected' }, colour: 'red' },
  cancelled: { label: { zh: '已取消', en: 'Cancelled' }, colour: 'grey' },
} as const

export type ReturnState = keyof typeof states

/**
 * draft ─submit─▶ submitted ─approve─▶ approved ─receive─▶ received ─reverse─▶ reversed. What no rule asks about is approved at once;
 * rejected and cancelled are the ends beside it.
 */
export const returnMoves = {
  submit: { from: ['draft'], to: 'submitted', label: { zh: '提交', en: 'Submit' }, done: 'Submitted' },
  approve: { from: ['submitted'], to: 'approved', label: { zh: '同意退货', en: 'Agree' }, done: 'Agreed' },
  reject: { from: ['submitted'], to: 'rejected', label: { zh: '驳回', en: 'Reject' }, done: 'Rejected' },
  return: { from: ['submitted'], to: 'draft', label: { zh: '退回修改', en: 'Send back' }, done: 'Sent back' },
  withdraw: { from: ['submitted'], to: 'draft', label: { zh: '撤回', en: 'Withdraw' }, done: 'Withdrawn' },
  receive: { from: ['approved'], to: 'received', label: { zh: '确认收货', en: 'Receive' }, done: 'Received' },
  reverse: { from: ['received'], to: 'reversed', label: { zh: '冲销', en: 'Reverse' }, done: 'Reversed' },
  cancel: { from: ['draft', 'approved'], to: 'cancelled', label: { zh: '取消', en: 'Cancel' }, done: 'Cancelled' },
} as const satisfies Moves<ReturnState>

export const returnReasons = [
  { value: 'unwanted', label: { zh: '客户不要了', en: 'Not wanted any more' } },
  { value: 'wrong', label: { zh: '发错货', en: 'Wrong goods' } },
  { value: 'defective', label: { zh: '质量问题', en: 'Defective' } },
  { value: 'damaged', label: { zh: '运输损坏', en: 'Damaged on the way' } },
  { value: 'other', label: { zh: '其他', en: 'Other' } },
] as const

/** Goods that a customer gives back: what he is credited for them, and where they go. */
export const salesReturn = defineDocument({
  name: 'sales_return',
  label: { zh: '退货单', en: 'Return' },
  page: '/returns/:id',
  numbers: 'RT',
  title: 'number',
  summary: ['customerId', 'orderId', 'grossTotal', 'reason', 'state'],
  states,
  moves: returnMoves,
  fields: {
    number: { kind: 'text', label: { zh: '退货单号', en: 'Return no.' }, readOnly: true, inList: true },
    orderId: { kind: 'link', to: 'sales_order', label: { zh: '订单', en: 'Order' }, readOnly: true, inList: true },
    customerId: { kind: 'link', to: 'customer', label: { zh: '客户', en: 'Customer' }, readOnly: true, inList: true },
    state: {
      kind: 'choice',
      label: { zh: '状态', en: 'State' },
      options: Object.entries(states).map(([value, state]) => ({ value, ...state })),
      readOnly: true,
      inList: true,
    },
    reason: {
      kind: 'choice',
      label: { zh: '退货原因', en: 'Reason' },
      options: returnReasons,
      required: true,
      inList: true,
    },
    warehouseId: {
      kind: 'link',
      to: 'warehouse',
      label: { zh: '退到仓库', en: 'Goes to' },
      required: true,
      inList: true,
    },
    backForSale: { kind: 'yesNo', label: { zh: '可再销售', en: 'For sale again' }, stored: 'computed' },
    ownerId: { kind: 'person', label: { zh: '销售', en: 'Seller' }, readOnly: true },
    grossTotal: {
      kind: 'money',
      label: { zh: '退货金额', en: 'Credit' },
      group: 'amount',
      readOnly: true,
      inList: true,
    },
    netTotal: { kind: 'money', label: { zh: '不含税金额', en: 'Net' }, group: 'amount', readOnly: true },
    costTotal: { kind: 'money', label: { zh: '退回成本', en: 'Cost taken back' }, group: 'cost', readOnly: true },
    receivedOn: { kind: 'day', label: { zh: '收货日期', en: 'Received on' }, readOnly: true, inList: true },
    postedOn: { kind: 'day', label: { zh: '入账日期', en: 'Posted on' }, readOnly: true },
    reversedOn: { kind: 'day', label: { zh: '冲销日期', en: 'Reversed on' }, readOnly: true },
    receiverId: { kind: 'person', label: { zh: '收货人', en: 'Received by' }, readOnly: true },
    note: { kind: 'longText', max: 500, label: { zh: '备注', en: 'Note' } },
  },
  lines: {
    label: { zh: '退货明细', en: 'Lines' },
    fields: {
      itemId: { kind: 'link', to: 'item', label: { zh: '商品', en: 'Item' }, readOnly: true },
      quantity: { kind: 'quantity', label: { zh: '申请数量', en: 'To come back' }, readOnly: true },
      quantityText: {
        kind: 'text',
        label: { zh: '申请数量（整件）', en: 'To come back, in units' },
        stored: 'computed',
      },
      received: { kind: 'quantity', label: { zh: '实收', en: 'Came back' }, readOnly: true },
      receivedText: { kind: 'text', label: { zh: '实收（整件）', en: 'Came back, in units' }, stored: 'computed' },
      gross: { kind: 'money', label: { zh: '金额', en: 'Amount' }, group: 'amount', readOnly: true },
      net: { kind: 'money', label: { zh: '不含税', en: 'Net' }, group: 'amount', readOnly: true },
      cost: { kind: 'money', label: { zh: '退回成本', en: 'Cost taken back' }, group: 'cost', readOnly: true },
    },
  },
})

/** What rules and flows of returns may look at. */
export const returnFactFields = {
  'return.gross': { kind: 'money', label: { zh: '退货金额', en: 'Credit' }, group: 'amount' },
  'return.percent': { kind: 'percent', label: { zh: '占已发货金额', en: 'Of what was delivered' }, group: 'amount' },
  'return.days': { kind: 'integer', label: { zh: '距最早发货天数', en: 'Days since the first delivery' } },
  'return.reason': { kind: 'choice', label: { zh: '退货原因', en: 'Reason' }, options: returnReasons },
  'return.lines': { kind: 'integer', label: { zh: '行数', en: 'Number of lines' } },
  'customer.level': { kind: 'text', label: { zh: '客户等级', en: 'Customer level' } },
} as const satisfies Fields
