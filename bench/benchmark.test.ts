import { expect, test } from 'vitest'
import { duration, latencies, quantile, rate } from './benchmark.ts'

test('a rate that reaches half of its limit, and a duration of twice its limit, have a ratio of a half', () => {
  expect(rate('orders', 500, 'orders/s', 1000)).toEqual({
    name: 'orders',
    value: 500,
    unit: 'orders/s',
    limit: 1000,
    ratio: 0.5,
  })
  expect(duration('page', 20, 10)).toEqual({ name: 'page', value: 20, unit: 'ms', limit: 10, ratio: 0.5 })
})

test('a figure without a limit has no ratio', () => {
  expect(duration('start', 3611.27)).toEqual({ name: 'start', value: 3611, unit: 'ms' })
})

test('latencies are told by their middle and their slow end', () => {
  const ms = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect(latencies('press', ms).map(({ name, value }) => [name, value])).toEqual([
    ['press/p50', 51],
    ['press/p95', 96],
  ])
})

test('nothing measured is a fault, not a figure', () => {
  expect(() => quantile([], 0.5)).toThrow('Nothing was measured')
})
