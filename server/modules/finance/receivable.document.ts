import { defineDocument } from '#contract'

/** An open item: an amount that a customer owes from a day on. Made and changed by the ledger alone. */
export const receivableDocument = defineDocument({
  name: 'receivable',
  label: { zh: '应收', en: 'Receivable' },
  page: '/receivables/:id',
  title: 'sourceNumber',
  summary: ['customerId', 'open', 'dueOn', 'overdueDays'],
  states: {
    not_due: { label: { zh: '未到期', en: 'Not due' }, colour: 'blue' },
    overdue: { label: { zh: '已逾期', en: 'Overdue' }, colour: 'red' },
    settled: { label: { zh: '已收清', en: 'Settled' }, colour: 'green' },
  },
  fields: {
    sourceNumber: { kind: 'text', label: { zh: '来源单号', en: 'Source' }, readOnly: true, inList: true },
    sourceDocument: { kind: 'text', label: { zh: '来源单据', en: 'Source document' }, readOnly: true },
    sourceId: { kind: 'text', label: { zh: '来源', en: 'Source id' }, readOnly: true },
    customerId: { kind: 'link', to: 'customer', label: { zh: '客户', en: 'Customer' }, readOnly: true, inList: true },
    ownerId: { kind: 'person', label: { zh: '负责人', en: 'Owner' }, readOnly: true, stored: 'computed', inList: true },
    orderId: { kind: 'link', to: 'sales_order', label: { zh: '销售订单', en: 'Sales order' }, readOnly: true },
    orderNumber: { kind: 'text', label: { zh: '订单号', en: 'Order no.' }, readOnly: true },
    amount: { kind: 'money', label: { zh: '应收金额', en: 'Amount' }, group: 'amount', readOnly: true, inList: true },
    settled: { kind: 'money', label: { zh: '已收', en: 'Settled' }, group: 'amount', readOnly: true },
    open: {
      kind: 'money',
      label: { zh: '未收', en: 'Open' },
      group: 'amount',
      readOnly: true,
      stored: 'computed',
      inList: true,
    },
    postedOn: { kind: 'day', label: { zh: '入账日', en: 'Posted on' }, readOnly: true },
    dueOn: { kind: 'day', label: { zh: '到期日', en: 'Due on' }, readOnly: true, inList: true },
    overdueDays: {
      kind: 'integer',
      label: { zh: '逾期天数', en: 'Days overdue' },
      readOnly: true,
      stored: 'computed',
      inList: true,
    },
    state: { kind: 'text', label: { zh: '状态', en: 'State' }, readOnly: true, stored: 'computed', inList: true },
  },
})
