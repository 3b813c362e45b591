import { expect, test } from 'vitest'
import { entryOf, type ItemDetail, sentOf } from './item-entry.ts'

const detail: ItemDetail = {
  item: {
    id: '01938d7e-0000-7000-8000-000000000001',
    version: 3,
    can: ['edit'],
    names: {},
    custom: { shelf: 'A-1' },
    lines: [],
    code: 'PZ-10100',
    name: '膨胀螺栓',
    baseUnit: '支',
    packing: '1 箱 = 20 盒 = 1,000 支',
    listPrice: '0.62',
  },
  units: [
    { unit: '支', numerator: 1, denominator: 1 },
    { unit: '箱', numerator: 1000, denominator: 1 },
  ],
  barcodes: [{ code: '6901234500017', unit: '支' }],
  aliases: ['拉爆'],
  variant: {},
  prices: [],
  grid: null,
}

test('of what was not touched nothing is sent', () => {
  expect(sentOf(entryOf(detail), entryOf(detail))).toEqual({})
})

test('a changed name is all that is sent of an item whose price one may not write', () => {
  expect(sentOf(entryOf(detail), { ...entryOf(detail), name: '膨胀螺丝' })).toEqual({ name: '膨胀螺丝' })
})

test('the base unit is no packing unit, and what is computed is no field of the form', () => {
  const entry = entryOf(detail)
  expect(entry.units).toEqual([{ unit: '箱', numerator: 1000, denominator: 1 }])
  expect(entry).not.toHaveProperty('packing')
})

test('other names are told apart by commas of either kind', () => {
  const sent = sentOf(entryOf(detail), { ...entryOf(detail), aliases: '拉爆，爆炸螺丝, 膨胀管、' })
  expect(sent).toEqual({ aliases: ['拉爆', '爆炸螺丝', '膨胀管'] })
})

test('a reason goes with the price it explains', () => {
  expect(sentOf(entryOf(detail), { ...entryOf(detail), listPrice: '0.65', reason: '钢材涨价' })).toEqual({
    listPrice: '0.65',
    reason: '钢材涨价',
  })
})
