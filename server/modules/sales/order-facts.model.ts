import { Decimal, type Facts, type Fields } from '#contract'
import { type Amounts, bandOf, discountsOf, type Goods, marginPercent, type MarginBands } from './pricing.model.ts'
import { bandField } from './sold-goods.document.ts'

/** Where a customer stands besides the document that is looked at. */
export type Standing = {
  limit: Decimal
  ordered: Decimal
  owed: Decimal
  advance: Decimal
  exposure: Decimal
  overdue: { amount: Decimal; days: number }
}

export type Judged = {
  totals: Amounts
  lines: readonly Goods[]
  customer: { level: string }
  standing: Standing
  bands: MarginBands
  /** Something of it is not in stock. */
  isShort: boolean
  /** Prices and quantities are those of a quotation that was approved. */
  isAgreed: boolean
  /** The company's own fields of the document. */
  custom: Record<string, unknown>
}

/** What rules and flows of orders and quotations may look at, with the group of fields that each figure belongs to. */
export const saleFactFields = {
  'credit.limit': { kind: 'money', label: { zh: '信用额度', en: 'Credit limit' }, group: 'credit' },
  'credit.owed': { kind: 'money', label: { zh: '已发货未收款', en: 'Delivered, not paid' }, group: 'credit' },
  'credit.ordered': { kind: 'money', label: { zh: '已下单未发货', en: 'Ordered, not delivered' }, group: 'credit' },
  'credit.advance': { kind: 'money', label: { zh: '预收款', en: 'Advances' }, group: 'credit' },
  'credit.before': { kind: 'money', label: { zh: '本单前信用占用', en: 'Credit used before' }, group: 'credit' },
  'credit.after': { kind: 'money', label: { zh: '本单后信用占用', en: 'Credit used with this' }, group: 'credit' },
  'credit.usedPercent': { kind: 'percent', label: { zh: '信用额度使用率', en: 'Credit limit used' }, group: 'credit' },
  'overdue.days': { kind: 'integer', label: { zh: '最长逾期天数', en: 'Days overdue at most' }, group: 'credit' },
  'overdue.amount': { kind: 'money', label: { zh: '逾期金额', en: 'Amount overdue' }, group: 'credit' },
  'discount.maxPercent': {
    kind: 'percent',
    label: { zh: '单行最大折让', en: 'Largest discount of a line' },
    group: 'amount',
  },
  'discount.totalPercent': { kind: 'percent', label: { zh: '整单折让', en: 'Discount in total' }, group: 'amount' },
  'margin.percent': { kind: 'percent', label: { zh: '毛利率', en: 'Margin' }, group: 'margin' },
  'margin.band': bandField,
  'order.gross': { kind: 'money', label: { zh: '金额', en: 'Amount' }, group: 'amount' },
  'order.lines': { kind: 'integer', label: { zh: '行数', en: 'Number of lines' } },
  'order.isShort': { kind: 'yesNo', label: { zh: '有缺货', en: 'Something is short' } },
  'order.isAgreed': { kind: 'yesNo', label: { zh: '按已批准的报价', en: 'As quoted and approved' } },
  'customer.level': { kind: 'text', label: { zh: '客户等级', en: 'Customer level' } },
} as const satisfies Fields

/** Something is used where nothing is allowed: above every threshold. */
const beyondAnyLimit = new Decimal('999.99')

/** Per cent of the limit that an exposure uses, exact: it is rounded only where it is shown. */
export function usedPercent(exposure: Decimal, limit: Decimal): Decimal {
  if (exposure.lte(0)) return new Decimal(0)
  return limit.lte(0) ? beyondAnyLimit : Decimal.min(beyondAnyLimit, exposure.times(100).div(limit))
}

/** The figures that rules decide by. */
export function saleFacts({ totals, lines, customer, standing, bands, isShort, isAgreed, custom }: Judged): Facts {
  const after = standing.exposure.plus(totals.gross)
  const discounts = discountsOf(lines)
  const margin = marginPercent(totals)
  return {
    'credit.limit': standing.limit,
    'credit.owed': standing.owed,
    'credit.ordered': standing.ordered,
    'credit.advance': standing.advance,
    'credit.before': standing.exposure,
    'credit.after': after,
    'credit.usedPercent': usedPercent(after, standing.limit),
    'overdue.days': standing.overdue.days,
    'overdue.amount': standing.overdue.amount,
    'discount.maxPercent': discounts.max,
    'discount.totalPercent': discounts.total,
    'margin.percent': margin,
    'margin.band': bandOf(margin, bands),
    'order.gross': totals.gross,
    'order.lines': lines.length,
    'order.isShort': isShort,
    'order.isAgreed': isAgreed,
    'customer.level': customer.level,
    custom,
  }
}
