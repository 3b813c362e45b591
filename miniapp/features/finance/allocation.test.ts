import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import {
  amountOf,
  asTold,
  issueOf,
  issueOfAll,
  leftOf,
  oldestFirst,
  type OpenItem,
  shareFor,
  totalOf,
} from './allocation.ts'

const item = (id: string, dueOn: string, open: string): OpenItem => ({
  ...{ id, number: id, dueOn, open, overdueDays: 0 },
})
const items = [item('b', '2026-06-01', '200.00'), item('a', '2026-05-01', '300.50'), item('c', '2026-07-01', '80.00')]

describe('money set against what is due first', () => {
  test('fills the oldest before it begins the next', () => {
    expect(oldestFirst(items, '400')).toEqual({ a: '300.50', b: '99.50' })
  })

  test('leaves over what nobody owes', () => {
    const shares = oldestFirst(items, '1000')
    expect(leftOf('1000', shares)).toBe('419.50')
  })

  test('never gives more than there is, nor more than is open, and wastes nothing', () => {
    const fen = fc.integer({ min: 0, max: 1_000_000 }).map((n) => (n / 100).toFixed(2))
    const seed = fc.sample(fc.integer(), 1)[0]
    fc.assert(
      fc.property(fc.array(fen, { maxLength: 8 }), fen, (opens, amount) => {
        const open = opens.map((one, at) => item(String(at), `2026-0${at + 1}-01`, one))
        const shares = oldestFirst(open, amount)
        const total = totalOf(shares)
        const owed = Decimal.sum(0, ...opens)
        return total.eq(Decimal.min(owed, amount)) && open.every((one) => amountOf(shares[one.id]).lte(one.open))
      }),
      { seed },
    )
  })
})

describe('what is sent', () => {
  test('is the usual order when nobody has changed it, however it is written', () => {
    expect(asTold(items, '300.5', { a: '300.5' })).toBe('oldest')
  })

  test('is an advance when nothing is settled', () => {
    expect(asTold(items, '300', {})).toBe('none')
    expect(asTold(items, '300', { a: '', b: '0' })).toBe('none')
  })

  test('is as told otherwise, without what gets nothing', () => {
    expect(asTold(items, '300', { b: '200', a: '' })).toEqual([{ receivableId: 'b', amount: '200.00' }])
  })
})

describe('what stands in the way', () => {
  test('is a share that is no amount, or more than is open', () => {
    expect(issueOf(items[0]!, { b: '12.345' })).toBe('notAnAmount')
    expect(issueOf(items[0]!, { b: '200.01' })).toBe('moreThanOpen')
    expect(issueOf(items[0]!, { b: '200.00' })).toBeUndefined()
  })

  test('is more than was received in all', () => {
    expect(issueOfAll(items, '400', { a: '300.50', b: '99.51' })).toBe('moreThanReceived')
    expect(issueOfAll(items, '400', { a: '300.50', b: '99.50' })).toBeUndefined()
  })
})

test('a receivable that is ticked takes what is open of it, as far as the money goes', () => {
  expect(shareFor(items[0]!, '250', { a: '100' })).toBe('150.00')
  expect(shareFor(items[0]!, '1000', {})).toBe('200.00')
  expect(shareFor(items[0]!, '100', { a: '300.50' })).toBe('0.00')
})
