import { defineDocument, type Moves, type State } from '#contract'

export const receiptStates = {
  posted: { label: { zh: '已入账', en: 'Posted' }, colour: 'green' },
  reversed: { label: { zh: '已冲销', en: 'Reversed' }, colour: 'grey' },
} as const satisfies Record<string, State>
export type ReceiptState = keyof typeof receiptStates

export const receiptMoves = {
  allocate: { from: ['posted'], to: 'posted', label: { zh: '核销', en: 'Allocate' }, done: 'Allocated' },
  reverse: { from: ['posted'], to: 'reversed', label: { zh: '冲销', en: 'Reverse' }, done: 'Reversed' },
} as const satisfies Moves<ReceiptState>

/** How its numbers begin: RC202611-00042. */
export const receiptPrefix = 'RC'

/** Not paid: what a customer is credited for goods that he gave back. It has the id and the number of its return. */
export const creditMethod = 'return'

/** Money that came in from a customer. */
export const receiptDocument = defineDocument({
  name: 'receipt',
  label: { zh: '收款', en: 'Receipt' },
  page: '/receipts/:id',
  numbers: receiptPrefix,
  title: 'number',
  summary: ['customerId', 'amount', 'unallocated', 'receivedOn'],
  states: receiptStates,
  moves: receiptMoves,
  fields: {
    number: { kind: 'text', label: { zh: '收款单号', en: 'Number' }, readOnly: true, inList: true },
    customerId: { kind: 'link', to: 'customer', label: { zh: '客户', en: 'Customer' }, required: true, inList: true },
    amount: {
      kind: 'money',
      label: { zh: '收款金额', en: 'Amount' },
      group: 'amount',
      required: true,
      inList: true,
    },
    unallocated: {
      kind: 'money',
      label: { zh: '未核销', en: 'Not allocated' },
      group: 'amount',
      readOnly: true,
      inList: true,
    },
    method: {
      kind: 'choice',
      label: { zh: '收款方式', en: 'Method' },
      required: true,
      inList: true,
      options: [
        { value: 'bank', label: { zh: '银行转账', en: 'Bank transfer' } },
        { value: 'cash', label: { zh: '现金', en: 'Cash' } },
        { value: 'wechat', label: { zh: '微信', en: 'WeChat' } },
        { value: 'alipay', label: { zh: '支付宝', en: 'Alipay' } },
        { value: 'acceptance', label: { zh: '承兑汇票', en: 'Acceptance' } },
        { value: creditMethod, label: { zh: '退货抵款', en: 'Credit for a return' } },
      ],
    },
    receivedOn: { kind: 'day', label: { zh: '到账日', en: 'Received on' }, required: true, inList: true },
    reference: { kind: 'text', max: 100, label: { zh: '流水号', en: 'Reference' } },
    note: { kind: 'longText', max: 500, label: { zh: '备注', en: 'Note' } },
    state: { kind: 'text', label: { zh: '状态', en: 'State' }, readOnly: true, inList: true },
    createdAt: { kind: 'instant', label: { zh: '登记时间', en: 'Recorded at' }, readOnly: true },
    createdBy: { kind: 'person', label: { zh: '登记人', en: 'Recorded by' }, readOnly: true },
  },
})

/** How money comes in: what one may choose when a receipt is entered. */
export const paymentMethods = receiptDocument.fields.method.options.filter(({ value }) => value !== creditMethod)
