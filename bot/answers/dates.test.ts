import { expect, test } from 'vitest'
import { daysIn } from './dates.ts'
import { withDigits } from './numerals.ts'

const today = '2026-11-22'
const daysOf = (text: string) => {
  const { days } = daysIn(withDigits(text), today)
  return days && [days.from, days.to]
}

test.each([
  ['下个月底前要到期的', '2026-11-22', '2026-12-31'],
  ['七到九月的往来', '2026-07-01', '2026-09-30'],
  ['十一月头十天的单', '2026-11-01', '2026-11-10'],
  ['上月最后一天的库存', '2026-10-31', '2026-10-31'],
  ['本月头一天', '2026-11-01', '2026-11-01'],
  ['下个月上旬', '2026-12-01', '2026-12-10'],
  ['往后二十天', '2026-11-22', '2026-12-12'],
  ['明后天要发的', '2026-11-23', '2026-11-24'],
  ['上午谁下了单', '2026-11-22', '2026-11-22'],
  ['by 15 december', '2026-12-15', '2026-12-15'],
  ['dec 15', '2026-12-15', '2026-12-15'],
  ['last friday', '2026-11-20', '2026-11-20'],
  ['元旦前到期的', '2027-01-01', '2027-01-01'],
  ['下周一到周五', '2026-11-23', '2026-11-27'],
])('%s: the days are those that people mean', (text, from, to) => {
  expect(daysOf(text)).toEqual([from, to])
})

test.each([
  ['10月以来的单', '2026-10-01'],
  ['国庆以后下过几单', '2026-10-08'],
  ['上周一起开的单', '2026-11-09'],
  ['orders since monday', '2026-11-16'],
  ['since last friday', '2026-11-20'],
  ['since october 8', '2026-10-08'],
])('%s: from that day until now', (text, from) => {
  expect(daysOf(text)).toEqual([from, today])
})

test('再往前一个月 is not the first month of the year', () => {
  expect(daysOf('再往前一个月')).toBeUndefined()
})
