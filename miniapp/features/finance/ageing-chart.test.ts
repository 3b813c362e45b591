import { expect, test } from 'vitest'
import { ageBuckets, type Ageing } from '#contract/modules/finance'
import { daysBetween } from '../../ui/moments.ts'
import { barsOfAges, barsOfGroups, chartOption, chartWords, dueDaysOf, markAt, overdueIn } from './ageing-chart.ts'
import { addDays, periodOn } from './days.ts'

const ageing: Ageing = {
  notDue: '1000.00',
  upTo30: '200.00',
  upTo60: '0.00',
  upTo90: '30.50',
  over90: '4.00',
  owed: '1234.50',
  advance: '100.00',
  balance: '1134.50',
}
const colours = {
  ages: { notDue: '#111111', upTo30: '#222222', upTo60: '#333333', upTo90: '#444444', over90: '#555555' },
  ink: '#000000',
  sheet: '#ffffff',
}

test('every due day belongs to exactly one age', () => {
  const today = '2026-03-01'
  for (let late = -40; late <= 200; late++) {
    const due = addDays(today, -late)
    const ages = ageBuckets.filter(({ key }) => {
      const { dueFrom = '0000-00-00', dueTo = '9999-99-99' } = dueDaysOf(key, today)
      return dueFrom <= due && due <= dueTo
    })
    expect(ages).toHaveLength(1)
    expect(daysBetween(due, today)).toBe(late)
  }
  expect(dueDaysOf('upTo30', today)).toEqual({ dueFrom: '2026-01-30', dueTo: '2026-02-28' })
})

test('overdue is all that is owed but what is not due', () => {
  expect(overdueIn(ageing).toFixed(2)).toBe('234.50')
})

test('a tap on a part opens its age, a tap on a name the whole bar', () => {
  const bars = barsOfGroups([{ ...ageing, id: 'c1', name: '宏达装饰' }], 8)
  expect(markAt(bars, { componentType: 'series', dataIndex: 0, seriesIndex: 3 })).toEqual({ id: 'c1', age: 'upTo90' })
  expect(markAt(bars, { componentType: 'yAxis', dataIndex: 0 })).toEqual({ id: 'c1' })
  expect(markAt(bars, { componentType: 'series', dataIndex: 5, seriesIndex: 0 })).toBeUndefined()
})

test('who owes nothing has no bar, and only those who owe most are drawn', () => {
  const rows = [...'abc'].map((id) => ({ ...ageing, id, name: id, owed: id === 'b' ? '0.00' : '9.00' }))
  expect(barsOfGroups(rows, 1).map(({ id }) => id)).toEqual(['a'])
  expect(barsOfGroups(rows, 8).map(({ id }) => id)).toEqual(['a', 'c'])
})

test('each age is a bar of its own, and the picture is told in words', () => {
  const bars = barsOfAges(ageing, (age) => age)
  expect(bars.map(({ owed }) => owed)).toEqual(['1000.00', '200.00', '0.00', '30.50', '4.00'])
  const words = chartWords(bars, 'zh')
  expect(words).toContain('notDue ¥1,000')
  const option = chartOption({ bars, colours, words, font: 'sans-serif', lang: 'zh' })
  expect(option.aria.label.description).toBe(words)
  expect(option.series.map(({ id }) => id)).toEqual([...ageBuckets.map(({ key }) => key), 'end'])
  expect(option.series[0]?.data).toEqual([1000, null, null, null, null])
})

test('a period as people name it never ends in the future', () => {
  expect(periodOn('thisMonth', '2026-03-15')).toEqual({ from: '2026-03-01', to: '2026-03-15' })
  expect(periodOn('lastMonth', '2026-03-15')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(periodOn('threeMonths', '2026-03-15')).toEqual({ from: '2026-01-01', to: '2026-03-15' })
  expect(periodOn('thisYear', '2026-03-15')).toEqual({ from: '2026-01-01', to: '2026-03-15' })
})
