import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal, Refusal } from '#contract'
import { asTold, inProportion, oldestFirst, type OpenItem, type OpenReceipt, total } from './allocation.model.ts'

const d = (value: Decimal.Value) => new Decimal(value)
const fen = (max: number) => fc.integer({ min: 1, max }).map((cents) => d(cents).div(100))
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`)

const item = (id: string, dueOn: string, open: string): OpenItem => ({
  id,
  number: `DN-${id}`,
  dueOn,
  openSince: '2026-01-10',
  open: d(open),
})
const receipt = (left: string): OpenReceipt => ({ id: 'r', number: 'RC-r', hereSince: '2026-01-15', left: d(left) })

test('money goes to what is due first, and what is over stays with the receipt', () => {
  const items = [item('b', '2026-03-01', '50'), item('a', '2026-02-01', '30'), item('c', '2026-04-01', '10')]
  const pairs = oldestFirst([receipt('70')], items, '2026-01-20')

  expect(pairs.map((pair) => [pair.receivableId, pair.amount.toFixed(2), pair.on])).toEqual([
    ['a', '30.00', '2026-01-20'],
    ['b', '40.00', '2026-01-20'],
  ])
})

test('money and debt meet on the day from which both are there', () => {
  const late = { ...item('a', '2026-02-01', '30'), openSince: '2026-01-18' }
  expect(oldestFirst([receipt('70')], [late], '2026-01-01')[0]?.on).toBe('2026-01-18')
  expect(oldestFirst([receipt('70')], [item('a', '2026-02-01', '30')], '2026-01-01')[0]?.on).toBe('2026-01-15')
})

test('telling more than is open, or more than there is, is refused', () => {
  const items = [item('a', '2026-02-01', '30'), item('b', '2026-02-01', '50')]
  const tell = (...told: [string, string][]) =>
    refusalOf(() =>
      asTold(
        receipt('40'),
        told.map(([receivableId, amount]) => ({ receivableId, amount })),
        items,
        '2026-01-20',
      ),
    )

  expect(tell(['a', '30.01'])).toMatchObject({ code: 'over_allocated', facts: { number: 'DN-a', open: '30.00' } })
  expect(tell(['a', '20'], ['a', '20'])).toMatchObject({ code: 'over_allocated' })
  expect(tell(['a', '30'], ['b', '10.01'])).toMatchObject({ code: 'receipt_exhausted', facts: { left: '40.00' } })
  expect(tell(['x', '1'])).toMatchObject({ code: 'not_found' })
  expect(tell(['a', '30'], ['b', '10'])).toBeUndefined()
})

test('oldest first uses all money or settles all debt, and never anything beyond', () => {
  const receipts = fc.array(fc.record({ hereSince: day, left: fen(100_00) }), { maxLength: 5 })
  const debts = fc.array(fc.record({ dueOn: day, openSince: day, open: fen(100_00) }), { maxLength: 8 })
  fc.assert(
    fc.property(receipts, debts, day, (given, owed, from) => {
      const purses = given.map((one, i) => ({ ...one, id: `r${i}`, number: `RC${i}` }))
      const items = owed.map((one, i) => ({ ...one, id: `d${i}`, number: `DN${i}` }))
      const pairs = oldestFirst(purses, items, from)
      const moved = total(pairs.map((pair) => pair.amount))

      expect(moved.eq(Decimal.min(total(purses.map((one) => one.left)), total(items.map((one) => one.open))))).toBe(
        true,
      )
      for (const one of purses)
        expect(total(pairs.filter((pair) => pair.receipt.id === one.id).map((pair) => pair.amount)).lte(one.left)).toBe(
          true,
        )
      for (const one of items)
        expect(
          total(pairs.filter((pair) => pair.receivableId === one.id).map((pair) => pair.amount)).lte(one.open),
        ).toBe(true)
      expect(pairs.every((pair) => pair.on >= from && pair.amount.gt(0))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('an amount taken off in proportion is taken off whole, and off no rest more than it has', () => {
  fc.assert(
    fc.property(
      fen(2000_00),
      fc.array(
        fc.integer({ min: 0, max: 500_00 }).map((cents) => d(cents).div(100)),
        { maxLength: 12 },
      ),
      (amount, rests) => {
        const cuts = inProportion(amount, rests)
        expect(total(cuts).eq(Decimal.min(amount, total(rests)))).toBe(true)
        cuts.forEach((cut, i) => {
          expect(cut.gte(0) && cut.lte(rests[i]!)).toBe(true)
          expect(cut.decimalPlaces()).toBeLessThanOrEqual(2)
        })
      },
    ),
    { numRuns: 1000 },
  )
})

function refusalOf(act: () => unknown): Refusal | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
