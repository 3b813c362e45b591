import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '#contract'
import {
  amountOf,
  isSound,
  itemIssue,
  newPlan,
  oldestFirst,
  restFor,
  sentAllocations,
  sumsOf,
  withTyped,
} from './allocation-editor.ts'

const items = [
  { id: 'a', open: '100.00' },
  { id: 'b', open: '50.50' },
  { id: 'c', open: '80.00' },
]
const yuan = (text: string) => new Decimal(text)

test('money settles what is due first, and only as far as it goes', () => {
  expect(oldestFirst(yuan('120'), items)).toEqual({ a: '100.00', b: '20.00' })
  expect(oldestFirst(yuan('0'), items)).toEqual({})
})

test('an item with nothing open is passed over', () => {
  expect(oldestFirst(yuan('120'), [{ id: 'settled', open: '0.00' }, ...items])).toEqual({ a: '100.00', b: '20.00' })
})

test('what is over stays as an advance', () => {
  const sums = sumsOf(newPlan(), yuan('300'), items)
  expect([sums.settled.toFixed(2), sums.advance.toFixed(2), sums.beyond.toFixed(2)]).toEqual([
    '230.50',
    '69.50',
    '0.00',
  ])
})

test('writing at one item keeps what was proposed for the others', () => {
  const plan = withTyped(newPlan(), yuan('120'), items, 'b', '5')
  expect(plan).toEqual({ mode: 'told', told: { a: '100.00', b: '5' } })
  expect(sentAllocations(plan, items)).toEqual([
    { receivableId: 'a', amount: '100.00' },
    { receivableId: 'b', amount: '5.00' },
  ])
})

test('more than is open is marked at its item, more than there is at the sum', () => {
  expect(itemIssue('50.51', '50.50')).toBe('tooMuch')
  expect(itemIssue('1.234', '50.50')).toBe('notMoney')
  expect(itemIssue('-1', '50.50')).toBe('notMoney')
  expect(itemIssue('', '50.50')).toBeUndefined()
  const plan = withTyped(newPlan(), yuan('100'), items, 'c', '10')
  expect(sumsOf(plan, yuan('100'), items).beyond.toFixed(2)).toBe('10.00')
  expect(isSound(plan, yuan('100'), items)).toBe(false)
})

test('an item gets in full what the others leave for it', () => {
  const plan = withTyped(newPlan(), yuan('120'), items, 'a', '90')
  expect(restFor(plan, yuan('120'), items, { id: 'c', open: '80.00' })).toBe('10.00')
})

test('item by item with nothing written is an advance', () => {
  expect(sentAllocations({ mode: 'told', told: { a: '', b: '0' } }, items)).toBe('none')
  expect(sentAllocations(newPlan(), items)).toBe('oldest')
})

test('what is being typed is an amount or nothing yet', () => {
  expect(amountOf('12.5')?.toFixed(2)).toBe('12.50')
  expect(amountOf(null)?.toFixed(2)).toBe('0.00')
  expect(amountOf('12.')).toBeUndefined()
})

test('the proposal never gives more than there is, nor more than is open, and leaves nothing that could settle', () => {
  const fen = fc.integer({ min: 0, max: 10_000_000 })
  fc.assert(
    fc.property(fen, fc.array(fen, { maxLength: 12 }), (amount, opens) => {
      const open = opens.map((one, at) => ({ id: String(at), open: new Decimal(one).div(100).toFixed(2) }))
      const money = new Decimal(amount).div(100)
      const { settled, advance } = sumsOf(newPlan(), money, open)
      expect(settled.plus(advance).eq(money)).toBe(true)
      expect(settled.eq(Decimal.min(money, Decimal.sum(0, ...open.map((one) => one.open))))).toBe(true)
      for (const [id, part] of Object.entries(oldestFirst(money, open)))
        expect(new Decimal(part).lte(open[Number(id)]?.open ?? 0)).toBe(true)
    }),
  )
})
