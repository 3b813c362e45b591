import { Decimal } from '#contract'
import { ageBuckets, type AgeBucket, type Ageing } from '#contract/modules/finance'
import { addDays } from './days.ts'

/** A bar of the ageing: how much, how much of all that is owed, and the due days whose documents make it up. */
export type AgeBar = { key: AgeBucket; amount: string; percent: number; due: DueDays }
export type DueDays = { dueFrom?: string; dueTo?: string }

/** Days overdue of each bucket, from and to; what is not due yet is overdue by none. */
const overdueDays: Record<AgeBucket, { from?: number; to?: number }> = {
  notDue: { to: 0 },
  upTo30: { from: 1, to: 30 },
  upTo60: { from: 31, to: 60 },
  upTo90: { from: 61, to: 90 },
  over90: { from: 91 },
}

/** The due days of what is in a bucket on a day. */
export function dueDaysOf(key: AgeBucket, on: string): DueDays {
  const { from, to } = overdueDays[key]
  return {
    ...(to === undefined ? {} : { dueFrom: addDays(on, -to) }),
    ...(from === undefined ? {} : { dueTo: addDays(on, -from) }),
  }
}

export function barsOf(ageing: Ageing, on: string): AgeBar[] {
  const owed = new Decimal(ageing.owed)
  return ageBuckets.map(({ key }) => ({
    key,
    amount: ageing[key],
    percent: owed.lte(0) ? 0 : new Decimal(ageing[key]).div(owed).times(100).toDecimalPlaces(1).toNumber(),
    due: dueDaysOf(key, on),
  }))
}

export const overdueOf = (ageing: Ageing): string => new Decimal(ageing.owed).minus(ageing.notDue).toFixed(2)

/** Which share of what is owed is overdue. */
export const overduePercent = (ageing: Ageing): string => {
  const owed = new Decimal(ageing.owed)
  return owed.lte(0) ? '0' : new Decimal(overdueOf(ageing)).div(owed).times(100).toFixed(0)
}
