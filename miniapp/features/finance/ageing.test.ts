import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '#contract'
import { ageBuckets, type Ageing } from '#contract/modules/finance'
import { daysBetween } from '../../ui/moments.ts'
import { barsOf, dueDaysOf, overdueOf, overduePercent } from './ageing.ts'
import { addDays } from './days.ts'

const ageing: Ageing = {
  notDue: '600.00',
  upTo30: '200.00',
  upTo60: '100.00',
  upTo90: '0.00',
  over90: '100.00',
  owed: '1000.00',
  advance: '50.00',
  balance: '950.00',
}

test('the bars are the buckets in their order, each with its share of what is owed', () => {
  expect(barsOf(ageing, '2026-06-30').map(({ key, percent }) => [key, percent])).toEqual([
    ['notDue', 60],
    ['upTo30', 20],
    ['upTo60', 10],
    ['upTo90', 0],
    ['over90', 10],
  ])
})

test('what is overdue is all that is owed but what is not due', () => {
  expect(overdueOf(ageing)).toBe('400.00')
  expect(overduePercent(ageing)).toBe('40')
})

test('of nothing owed no part is overdue', () => {
  const nothing: Ageing = { ...ageing, notDue: '0.00', upTo30: '0.00', upTo60: '0.00', over90: '0.00', owed: '0.00' }
  expect(overduePercent(nothing)).toBe('0')
  expect(barsOf(nothing, '2026-06-30').every(({ percent }) => percent === 0)).toBe(true)
})

test('what is due on the day itself is not overdue, from the day after on it is', () => {
  expect(dueDaysOf('notDue', '2026-06-30')).toEqual({ dueFrom: '2026-06-30' })
  expect(dueDaysOf('upTo30', '2026-06-30')).toEqual({ dueFrom: '2026-05-31', dueTo: '2026-06-29' })
  expect(dueDaysOf('over90', '2026-06-30')).toEqual({ dueTo: '2026-03-31' })
})

test('every due day lies in one bucket and no other', () => {
  const seed = fc.sample(fc.integer(), 1)[0]
  const on = '2026-06-30'
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 400 }), (days) => {
      const due = addDays(on, days)
      const found = ageBuckets.filter(({ key }) => {
        const { dueFrom, dueTo } = dueDaysOf(key, on)
        return (!dueFrom || daysBetween(dueFrom, due) >= 0) && (!dueTo || daysBetween(due, dueTo) >= 0)
      })
      return found.length === 1
    }),
    { seed },
  )
})

test('the bars add up to what is owed', () => {
  const sum = Decimal.sum(...barsOf(ageing, '2026-06-30').map(({ amount }) => amount))
  expect(sum.toFixed(2)).toBe(ageing.owed)
})
