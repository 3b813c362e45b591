import type { Condition, Text } from '#contract'
import type { FlowNode } from '#contract/engines/approvals'

type DemoFlow = { key: string; name: Text; document: string; move: string; nodes: FlowNode[] }
type DemoRule = {
  key: string
  name: Text
  document: string
  event: string
  condition: Condition
  actions: ({ do: string } & Record<string, unknown>)[]
  position: number
}

const day = 24

const byFinance: FlowNode[] = [
  {
    kind: 'approve',
    name: { zh: '财务总监审批', en: 'Finance director' },
    approvers: [{ role: 'finance_director' }],
    sign: 'any',
    limit: { hours: day, remindEveryHours: 4, then: 'escalate', to: [{ role: 'owner' }] },
  },
]
const byManager: FlowNode[] = [
  {
    kind: 'approve',
    name: { zh: '销售经理审批', en: 'Sales manager' },
    approvers: [{ managerOf: 'owner', levels: 1 }],
    sign: 'any',
    limit: { hours: 8, remindEveryHours: 2, then: 'escalate' },
  },
]

/** The flows that the demo company begins with; business people change them from then on. */
export const demoFlows: DemoFlow[] = [
  { key: 'credit', name: { zh: '信用审批', en: 'Credit' }, document: 'sales_order', move: 'submit', nodes: byFinance },
  { key: 'price', name: { zh: '价格审批', en: 'Price' }, document: 'sales_order', move: 'submit', nodes: byManager },
  {
    key: 'quotation_price',
    name: { zh: '报价审批', en: 'Price of a quotation' },
    document: 'quotation',
    move: 'submit',
    nodes: byManager,
  },
]

const order = { document: 'sales_order', event: 'submit' }
const quotation = { document: 'quotation', event: 'submit' }
const marginLow: Condition = { field: 'margin.percent', is: 'lt', value: '22' }
const discountHigh: Condition = { field: 'discount.maxPercent', is: 'gt', value: '10' }
const notAgreed: Condition = { field: 'order.isAgreed', is: 'eq', value: false }

/** The price is looked at before the credit: only an order at a price that stands need trouble the finance director. */
export const demoRules: DemoRule[] = [
  {
    ...order,
    key: 'margin_floor',
    name: { zh: '毛利率低于 22%', en: 'Margin below 22%' },
    condition: { all: [marginLow, notAgreed] },
    actions: [{ do: 'require_approval', flow: 'price' }],
    position: 10,
  },
  {
    ...order,
    key: 'discount_limit',
    name: { zh: '折让超过 10%', en: 'Discount above 10%' },
    condition: { all: [discountHigh, notAgreed] },
    actions: [{ do: 'require_approval', flow: 'price' }],
    position: 11,
  },
  {
    ...order,
    key: 'credit_over_90',
    name: { zh: '信用额度使用超过 90%', en: 'More than 90% of the credit limit used' },
    condition: { field: 'credit.usedPercent', is: 'gt', value: '90' },
    actions: [{ do: 'require_approval', flow: 'credit' }],
    position: 20,
  },
  {
    ...order,
    key: 'overdue_asked',
    name: { zh: '客户逾期超过 15 天', en: 'Customer overdue for more than 15 days' },
    condition: {
      all: [
        { field: 'overdue.days', is: 'gt', value: 15 },
        { field: 'overdue.days', is: 'lte', value: 90 },
      ],
    },
    actions: [{ do: 'require_approval', flow: 'credit' }],
    position: 30,
  },
  {
    ...order,
    key: 'overdue_blocked',
    name: { zh: '客户逾期超过 90 天', en: 'Customer overdue for more than 90 days' },
    condition: { field: 'overdue.days', is: 'gt', value: 90 },
    actions: [
      { do: 'block', words: { zh: '请先收回逾期欠款再下单', en: 'Collect what is overdue before taking a new order' } },
    ],
    position: 31,
  },
  {
    ...quotation,
    key: 'quotation_margin',
    name: { zh: '报价毛利率低于 22%', en: 'Margin of a quotation below 22%' },
    condition: { any: [marginLow, discountHigh] },
    actions: [{ do: 'require_approval', flow: 'quotation_price' }],
    position: 40,
  },
]
