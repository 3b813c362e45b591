import { Decimal } from '#contract'
import type { PaymentTerm, TermPart } from './contract.ts'

export type Day = string
/** One part of an amount. Without a day of delivery only what follows the order has a due day. */
export type Instalment<D extends Day | null = Day> = {
  percent: string
  from: TermPart['from']
  amount: Decimal
  dueOn: Day | D
}

/**
 * Splits an amount by its terms. Each part ends at a rounded share of the whole (half up, to the fen: the one rounding
 * point), so the parts always add up to it. Parts that come to nothing are left out.
 */
export function instalments<D extends Day | null>(
  term: Pick<PaymentTerm, 'parts'>,
  amount: Decimal.Value,
  on: { orderedOn: Day; deliveredOn: D },
): Instalment<D>[] {
  const total = new Decimal(amount)
  let percent = new Decimal(0)
  let given = new Decimal(0)
  const parts = term.parts.map((part) => {
    percent = percent.plus(part.percent)
    const until = total.times(percent).div(100).toDecimalPlaces(2)
    const share = until.minus(given)
    given = until
    return { percent: part.percent, from: part.from, amount: share, dueOn: dueOn(part, on) }
  })
  return parts.filter((part) => !part.amount.isZero())
}

function dueOn<D extends Day | null>(part: TermPart, on: { orderedOn: Day; deliveredOn: D }): Day | D {
  if (part.from === 'order') return shifted(on.orderedOn, part.days)
  if (on.deliveredOn === null) return on.deliveredOn
  const [year, month] = yearMonth(on.deliveredOn)
  switch (part.from) {
    case 'delivery':
      return shifted(on.deliveredOn, part.days)
    case 'month_end':
      return shifted(dayOfMonth(year, month, 31), part.days)
    case 'next_month_day':
      return shifted(dayOfMonth(year, month + 1, part.dayOfMonth ?? 31), part.days)
  }
}

// Days are counted in UTC, where each has 24 hours, so that no time zone of the process matters.
const written = (at: Date): Day => at.toISOString().slice(0, 10)
const shifted = (day: Day, days: number): Day => written(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000))

function yearMonth(day: Day): [year: number, month: number] {
  const at = new Date(`${day}T00:00:00Z`)
  return [at.getUTCFullYear(), at.getUTCMonth()]
}

/** A day of a month (counted from 0, and beyond December into the next year); its last day where it has not so many. */
function dayOfMonth(year: number, month: number, day: number): Day {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return written(new Date(Date.UTC(year, month, Math.min(day, last))))
}

const all = (part: Omit<TermPart, 'percent'>): TermPart[] => [{ percent: '100', ...part }]

/** The terms a company starts with. */
export const standardTerms: PaymentTerm[] = [
  { code: 'prepaid', name: { zh: '款到发货', en: 'Paid before delivery' }, parts: all({ from: 'order', days: 0 }) },
  { code: 'on_delivery', name: { zh: '货到付款', en: 'On delivery' }, parts: all({ from: 'delivery', days: 0 }) },
  {
    code: 'net_30',
    name: { zh: '货到30天', en: '30 days after delivery' },
    parts: all({ from: 'delivery', days: 30 }),
  },
  { code: 'month_end', name: { zh: '月结', en: 'End of month' }, parts: all({ from: 'month_end', days: 0 }) },
  {
    code: 'month_end_30',
    name: { zh: '月结30天', en: '30 days after the end of month' },
    parts: all({ from: 'month_end', days: 30 }),
  },
  {
    code: 'month_end_60',
    name: { zh: '月结60天', en: '60 days after the end of month' },
    parts: all({ from: 'month_end', days: 60 }),
  },
  {
    code: 'next_month_25',
    name: { zh: '次月25日', en: '25th of the next month' },
    parts: all({ from: 'next_month_day', days: 0, dayOfMonth: 25 }),
  },
  {
    code: 'deposit_30',
    name: { zh: '预付30%，余款货到', en: '30% in advance, the rest on delivery' },
    parts: [
      { percent: '30', from: 'order', days: 0 },
      { percent: '70', from: 'delivery', days: 0 },
    ],
  },
  {
    code: 'parts_30_60_10',
    name: { zh: '预付30%，货到60%，质保金10%一年', en: '30% in advance, 60% on delivery, 10% after a year' },
    parts: [
      { percent: '30', from: 'order', days: 0 },
      { percent: '60', from: 'delivery', days: 0 },
      { percent: '10', from: 'delivery', days: 365 },
    ],
  },
]
