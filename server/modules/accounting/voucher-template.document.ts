import type { Text } from '#contract'

export const sides = { debit: { zh: '借', en: 'Debit' }, credit: { zh: '贷', en: 'Credit' } } as const satisfies Record<
  string,
  Text
>
export type Side = keyof typeof sides

/** The ledgers that some accounts have to agree with, line by line. */
export const controls = {
  receivable: { zh: '客户欠款', en: 'What customers owe' },
  advance: { zh: '客户预付', en: 'What customers paid in advance' },
  stock: { zh: '库存金额', en: 'The value of the stock' },
} as const satisfies Record<string, Text>
export type Control = keyof typeof controls

/** A line of a template: on which side which amount of the event goes, and the account it goes to unless the company says another. */
export type TemplateLine = { amount: string; words: Text; side: Side; account: string; control?: Control }
export type TemplateEvent = { label: Text; lines: readonly TemplateLine[] }

const line = (side: Side, amount: string, account: string, words: Text, control?: Control): TemplateLine => ({
  amount,
  words,
  side,
  account,
  ...(control && { control }),
})
const value = { zh: '金额', en: 'Amount' }

/** What becomes a voucher, and how: event, then its lines. What money undoes, in red, is made from the voucher that it undoes. */
export const templateEvents = {
  opening_stock: {
    label: { zh: '期初库存', en: 'Opening stock' },
    lines: [
      line('debit', 'cost', '1405', { zh: '库存金额', en: 'Value of the goods' }, 'stock'),
      line('credit', 'cost', '4199', value),
    ],
  },
  goods_receipt: {
    label: { zh: '采购入库', en: 'Goods received' },
    lines: [
      line('debit', 'cost', '1405', { zh: '入库金额', en: 'Value of the goods' }, 'stock'),
      line('credit', 'cost', '220201', { zh: '货款（暂估）', en: 'To be paid' }),
    ],
  },
  landed_cost: {
    label: { zh: '采购费用', en: 'Purchase costs' },
    lines: [
      line('debit', 'inStock', '1405', { zh: '摊入库存', en: 'On goods in stock' }, 'stock'),
      line('debit', 'expensed', '6401', { zh: '摊入已售商品', en: 'On goods that have left' }),
      line('credit', 'amount', '220202', { zh: '费用合计', en: 'To be paid' }),
    ],
  },
  delivery_cost: {
    label: { zh: '出库成本', en: 'Cost of goods delivered' },
    lines: [
      line('debit', 'netCost', '6401', { zh: '成本（不含税）', en: 'Cost, net' }),
      line('debit', 'costTax', '222102', { zh: '成本所含进项税', en: 'Tax in the cost' }),
      line('credit', 'cost', '1405', { zh: '出库金额（含税）', en: 'Value of the goods' }, 'stock'),
    ],
  },
  stock_return: {
    label: { zh: '退货入库', en: 'Goods returned' },
    lines: [
      line('debit', 'cost', '1405', { zh: '入库金额（含税）', en: 'Value of the goods' }, 'stock'),
      line('credit', 'netCost', '6401', { zh: '成本（不含税）', en: 'Cost, net' }),
      line('credit', 'costTax', '222102', { zh: '成本所含进项税', en: 'Tax in the cost' }),
    ],
  },
  stock_adjustment: {
    label: { zh: '库存调整', en: 'Stock adjusted' },
    lines: [
      line('debit', 'gain', '1405', { zh: '盘盈', en: 'Found' }, 'stock'),
      line('credit', 'gain', '1901', { zh: '盘盈', en: 'Found' }),
      line('debit', 'loss', '1901', { zh: '盘亏', en: 'Missing' }),
      line('credit', 'loss', '1405', { zh: '盘亏', en: 'Missing' }, 'stock'),
    ],
  },
  cost_correction: {
    label: { zh: '成本差异', en: 'Cost corrected' },
    lines: [
      line('debit', 'cost', '1405', { zh: '缺货先发后补的差价', en: 'What shortages turned out to cost' }, 'stock'),
      line('credit', 'cost', '6401', { zh: '缺货先发后补的差价', en: 'What shortages turned out to cost' }),
    ],
  },
  opening_receivable: {
    label: { zh: '期初应收', en: 'Opening receivable' },
    lines: [
      line('debit', 'gross', '1122', { zh: '欠款', en: 'Owed' }, 'receivable'),
      line('credit', 'gross', '4199', value),
    ],
  },
  sale: {
    label: { zh: '销售收入', en: 'Sale' },
    lines: [
      line('debit', 'gross', '1122', { zh: '应收（含税）', en: 'Owed, tax included' }, 'receivable'),
      line('credit', 'net', '6001', { zh: '收入（不含税）', en: 'Sales, net' }),
      line('credit', 'tax', '222101', { zh: '销项税', en: 'Tax' }),
    ],
  },
  sales_return: {
    label: { zh: '销售退货', en: 'Sale returned' },
    lines: [
      line('debit', 'net', '6001', { zh: '收入（不含税）', en: 'Sales, net' }),
      line('debit', 'tax', '222101', { zh: '销项税', en: 'Tax' }),
      line('credit', 'allocated', '1122', { zh: '核销应收', en: 'Set against receivables' }, 'receivable'),
      line('credit', 'advance', '2203', { zh: '留作预收', en: 'Kept as an advance' }, 'advance'),
    ],
  },
  receipt: {
    label: { zh: '收款', en: 'Money received' },
    lines: [
      line('debit', 'bank', '1002', { zh: '银行转账', en: 'Bank transfer' }),
      line('debit', 'cash', '1001', { zh: '现金', en: 'Cash' }),
      line('debit', 'wechat', '101201', { zh: '微信', en: 'WeChat Pay' }),
      line('debit', 'alipay', '101202', { zh: '支付宝', en: 'Alipay' }),
      line('debit', 'acceptance', '1121', { zh: '承兑汇票', en: 'Acceptance bill' }),
      line('credit', 'allocated', '1122', { zh: '核销应收', en: 'Set against receivables' }, 'receivable'),
      line('credit', 'advance', '2203', { zh: '留作预收', en: 'Kept as an advance' }, 'advance'),
    ],
  },
  allocation: {
    label: { zh: '预收核销', en: 'Advance set against receivables' },
    lines: [
      line('debit', 'allocated', '2203', { zh: '用掉预收', en: 'Advance used' }, 'advance'),
      line('credit', 'allocated', '1122', { zh: '核销应收', en: 'Set against receivables' }, 'receivable'),
    ],
  },
} as const satisfies Record<string, TemplateEvent>
export type TemplateKey = keyof typeof templateEvents

/** What a voucher may tell of. */
export const voucherEvents = {
  ...(Object.fromEntries(Object.entries(templateEvents).map(([key, { label }]) => [key, label])) as Record<
    TemplateKey,
    Text
  >), // made of the keys of the table above
  receipt_reversal: { zh: '冲销收款', en: 'Receipt reversed' },
  return_reversal: { zh: '冲销退货', en: 'Return reversed' },
} as const
export type VoucherEvent = keyof typeof voucherEvents

/** Events that undo others, and whatever of the same document they undo. */
export const undoes = {
  receipt_reversal: ['receipt', 'allocation'],
  return_reversal: ['sales_return', 'allocation'],
} as const satisfies Partial<Record<VoucherEvent, readonly TemplateKey[]>>
export type Undoing = keyof typeof undoes

/** The lines of an event's template. */
export const linesOf = (event: TemplateKey): readonly TemplateLine[] => templateEvents[event].lines
/** What a line of a template is called by: two lines of one event differ in side or amount. */
export const keyOfLine = ({ side, amount }: Pick<TemplateLine, 'side' | 'amount'>): string => `${side}.${amount}`
