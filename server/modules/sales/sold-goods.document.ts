import type { Fields } from '#contract'

/** What quotations and orders have in common: amounts on the document, goods and prices on its lines. */
export const totalFields = {
  grossTotal: { kind: 'money', label: { zh: '价税合计', en: 'Total' }, group: 'amount', readOnly: true, inList: true },
  netTotal: { kind: 'money', label: { zh: '不含税金额', en: 'Net' }, group: 'amount', readOnly: true },
  taxTotal: { kind: 'money', label: { zh: '税额', en: 'Tax' }, group: 'amount', readOnly: true },
  costTotal: { kind: 'money', label: { zh: '成本（不含税）', en: 'Cost (net)' }, group: 'cost', readOnly: true },
  marginPercent: { kind: 'percent', label: { zh: '毛利率', en: 'Margin' }, group: 'margin', stored: 'computed' },
} as const satisfies Fields

/** What a seller sees of the margin: the band, never the figure. */
export const bandField = {
  kind: 'choice',
  label: { zh: '毛利', en: 'Margin band' },
  options: [
    { value: 'ok', label: { zh: '正常', en: 'Fine' }, colour: 'green' },
    { value: 'low', label: { zh: '偏低', en: 'Low' }, colour: 'orange' },
    { value: 'below_floor', label: { zh: '低于底线', en: 'Below the floor' }, colour: 'red' },
  ],
  group: 'amount',
  stored: 'computed',
} as const satisfies Fields[string]

export const lineFields = {
  itemId: { kind: 'link', to: 'item', label: { zh: '商品', en: 'Item' }, required: true },
  entered: { kind: 'text', label: { zh: '数量', en: 'Quantity' }, stored: 'computed' },
  quantity: { kind: 'quantity', label: { zh: '基本单位数量', en: 'In base units' }, readOnly: true },
  rulePrice: { kind: 'price', label: { zh: '规则价', en: 'Rule price' }, group: 'amount', readOnly: true },
  price: {
    kind: 'price',
    label: { zh: '单价（含税）', en: 'Price (tax included)' },
    group: 'amount',
    hint: { zh: '不填则按价格规则', en: 'Left empty, the price rule decides' },
  },
  priceNote: { kind: 'text', max: 120, label: { zh: '改价原因', en: 'Why this price' }, group: 'amount' },
  discountPercent: { kind: 'percent', label: { zh: '折让', en: 'Discount' }, group: 'amount', stored: 'computed' },
  taxRate: { kind: 'percent', label: { zh: '税率', en: 'Tax rate' }, group: 'amount', readOnly: true },
  net: { kind: 'money', label: { zh: '不含税', en: 'Net' }, group: 'amount', readOnly: true },
  tax: { kind: 'money', label: { zh: '税额', en: 'Tax' }, group: 'amount', readOnly: true },
  gross: { kind: 'money', label: { zh: '金额', en: 'Amount' }, group: 'amount', readOnly: true },
  unitCost: { kind: 'price', label: { zh: '单位成本', en: 'Unit cost' }, group: 'cost', readOnly: true },
  cost: { kind: 'money', label: { zh: '成本（不含税）', en: 'Cost (net)' }, group: 'cost', readOnly: true },
  marginPercent: { kind: 'percent', label: { zh: '毛利率', en: 'Margin' }, group: 'margin', stored: 'computed' },
} as const satisfies Fields
