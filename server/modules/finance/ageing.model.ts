import { Decimal, toMoney } from '#contract'
import { ageBuckets, type AgeBucket, type Ageing } from './contract.ts'

/** What is owed by age, and what was paid in advance. */
export type Aged = Record<AgeBucket, Decimal> & { advance: Decimal }

const zero = new Decimal(0)
export const nothingAged: Aged = { notDue: zero, upTo30: zero, upTo60: zero, upTo90: zero, over90: zero, advance: zero }

export const addAged = (a: Aged, b: Aged): Aged => ({
  notDue: a.notDue.plus(b.notDue),
  upTo30: a.upTo30.plus(b.upTo30),
  upTo60: a.upTo60.plus(b.upTo60),
  upTo90: a.upTo90.plus(b.upTo90),
  over90: a.over90.plus(b.over90),
  advance: a.advance.plus(b.advance),
})

export const owedOf = (aged: Aged): Decimal => ageBuckets.reduce((sum, { key }) => sum.plus(aged[key]), zero)
export const overdueAmount = (aged: Aged): Decimal => owedOf(aged).minus(aged.notDue)

/** As it crosses the wire: the buckets, what they add up to, and the balance after advances. */
export function shownAgeing(aged: Aged): Ageing {
  const owed = owedOf(aged)
  return {
    notDue: toMoney(aged.notDue),
    upTo30: toMoney(aged.upTo30),
    upTo60: toMoney(aged.upTo60),
    upTo90: toMoney(aged.upTo90),
    over90: toMoney(aged.over90),
    owed: toMoney(owed),
    advance: toMoney(aged.advance),
    balance: toMoney(owed.minus(aged.advance)),
  }
}
