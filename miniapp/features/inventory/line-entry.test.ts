import { describe, expect, test } from 'vitest'
import type { ItemSummary, LineDetail } from '#contract/modules/inventory'
import {
  adjustmentLine,
  enteredOf,
  entriesOf,
  type LineEntry,
  newLine,
  problemOf,
  receiptLine,
  transferLine,
  withScanned,
} from './line-entry.ts'

const units = [
  { unit: '支', numerator: 1, denominator: 1 },
  { unit: '箱', numerator: 24, denominator: 1 },
]
const item = (tracking: ItemSummary['tracking'] = 'none', id = 'a'): ItemSummary => ({
  ...{ id, code: id, name: '密封胶', spec: '', category: '胶', tracking, units },
})
const line = (over: Partial<LineEntry> = {}, tracking: ItemSummary['tracking'] = 'none'): LineEntry => ({
  ...newLine({ item: item(tracking) }),
  ...over,
})

describe('a scan', () => {
  test('begins a line with one of the scanned unit', () => {
    expect(withScanned([], { item: item(), unit: '箱' }).map(({ typed }) => typed)).toEqual(['1箱'])
  })

  test('counts one more on the line that has the item', () => {
    const twice = withScanned(withScanned([], { item: item(), unit: '箱' }), { item: item(), unit: '箱' })
    expect(twice.map(({ typed }) => typed)).toEqual(['2箱'])
    expect(withScanned(twice, { item: item(), unit: '支' }).map(({ typed }) => typed)).toEqual(['2箱1支'])
  })

  test('leaves what is counted by serial number to the serial numbers', () => {
    const lines = withScanned([], { item: item('serial'), unit: '支' })
    expect(lines[0]?.typed).toBe('')
    expect(withScanned(lines, { item: item('serial') })).toEqual(lines)
  })
})

describe('what is sent', () => {
  test('of pieces with serial numbers is as many as there are numbers', () => {
    expect(enteredOf(line({ serials: ['S1', 'S2'] }, 'serial'))).toEqual([{ unit: '支', quantity: '2' }])
  })

  test('of what did not come is nothing of the base unit', () => {
    expect(receiptLine(line({ typed: '' })).entered).toEqual([{ unit: '支', quantity: '0' }])
  })

  test('of an adjustment that takes off is below zero', () => {
    expect(adjustmentLine(line({ typed: '2箱3支', isLess: true })).entered).toEqual([
      { unit: '箱', quantity: '-2' },
      { unit: '支', quantity: '-3' },
    ])
  })

  test('of a transfer with a chosen lot is all of it from that lot', () => {
    expect(transferLine(line({ typed: '1箱', lotId: 'l1' }, 'lot')).lots).toEqual([{ lotId: 'l1', quantity: '24' }])
  })

  test('names no lot for goods that are kept without one', () => {
    expect(receiptLine(line({ typed: '1箱', lotCode: 'L1' })).lotCode).toBeNull()
  })
})

test('a document that is there is taken up as it was filled in', () => {
  const detail: LineDetail = {
    id: 'line',
    item: item('lot'),
    entered: [{ unit: '箱', quantity: '-2' }],
    lots: [{ lotId: 'l1', code: 'L1', quantity: '48', shown: '2 箱' }],
    serials: [],
    bins: [{ id: 'bin', code: 'A-01', name: '' }],
  }
  const [entry] = entriesOf([detail], [{ id: 'line', quantity: '-48', custom: { bin: 'A' } }])
  expect(entry).toMatchObject({ typed: '2箱', isLess: true, lotId: 'l1', custom: { bin: 'A' }, bins: detail.bins })
})

describe('what a line lacks', () => {
  test.each([
    ['a quantity that cannot be read', line({ typed: '3桶' }), 'stock_transfer', false, 'unread'],
    ['a quantity', line(), 'stock_transfer', false, 'noQuantity'],
    ['nothing when nothing of it came', line(), 'goods_receipt', true, undefined],
    ['the lot of goods that come', line({ typed: '1箱' }, 'lot'), 'goods_receipt', true, 'noLot'],
    ['nothing while its lot is not known yet', line({ typed: '1箱' }, 'lot'), 'goods_receipt', false, undefined],
    ['the lot that is corrected', line({ typed: '1箱' }, 'lot'), 'stock_adjustment', false, 'noLot'],
    ['serial numbers', line({ typed: '2支' }, 'serial'), 'goods_receipt', true, 'serialsDiffer'],
    ['nothing with a number for each piece', line({ serials: ['S1'] }, 'serial'), 'goods_receipt', true, undefined],
  ] as const)('is told: %s', (_what, entry, kind, moves, problem) => {
    expect(problemOf(entry, kind, moves)).toBe(problem)
  })
})
