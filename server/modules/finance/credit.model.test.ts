import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal, toMoney, toPercent } from '#contract'
import { creditUse, waysOut } from './credit.model.ts'

const d = (value: Decimal.Value) => new Decimal(value)
const fen = (max: number) => fc.integer({ min: 0, max }).map((cents) => d(cents).div(100))

test('an order that takes the credit use above the threshold is told the smallest ways out', () => {
  const ways = waysOut({
    exposure: d('86600'),
    limit: d('100000'),
    limitPercent: d(90),
    orderAmount: d('6243.64'),
    lines: [{ id: 'bolts', amount: d('6243.64'), quantity: d(12007) }],
  })

  expect(toMoney(ways!.collect)).toBe('2843.64')
  expect(ways!.drop).toBeNull()
  expect(toMoney(ways!.ship!.upTo)).toBe('3400.00')
  expect(ways!.ship!.lines).toMatchObject([{ lineId: 'bolts', amount: d('3399.76'), quantity: d(6538) }])
})

test('the fewest lines are dropped, and of those that would do the smallest', () => {
  const lines = ['70', '300', '120', '50'].map((amount, i) => ({ id: `line ${i + 1}`, amount: d(amount) }))
  const over = (exposure: string) =>
    waysOut({ exposure: d(exposure), limit: d(1000), limitPercent: d(100), orderAmount: d(540), lines })!

  expect(over('500').drop).toMatchObject({ lineIds: ['line 4'] })
  expect(over('560').drop).toMatchObject({ lineIds: ['line 3'] })
  expect(over('800').drop).toMatchObject({ lineIds: ['line 2', 'line 4'] })
  expect(over('1100').drop).toBeNull()
})

test('each way out, when taken, clears the block', () => {
  const standing = fc.record({
    exposure: fen(20_000_00),
    limit: fen(20_000_00),
    limitPercent: fc.constantFrom(d(80), d(90), d('99.5'), d(100)),
    lines: fc.array(
      fc.record({
        amount: fen(5_000_00).map((amount) => amount.plus('0.01')),
        quantity: fc.option(fc.integer({ min: 1, max: 9999 }).map(d), { nil: undefined }),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
  })
  fc.assert(
    fc.property(standing, ({ exposure, limit, limitPercent, lines: amounts }) => {
      const lines = amounts.map((line, i) => ({ ...line, id: String(i) }))
      const orderAmount = Decimal.sum(...lines.map((line) => line.amount))
      const isBlocked = (besides: Decimal, order: Decimal) => besides.plus(order).gt(limit.times(limitPercent).div(100))
      const ways = waysOut({ exposure, limit, limitPercent, orderAmount, lines })

      expect(ways === null).toBe(!isBlocked(exposure, orderAmount))
      if (!ways) return
      expect(isBlocked(exposure.minus(ways.collect), orderAmount)).toBe(false)
      // Nothing less would do.
      expect(isBlocked(exposure.minus(ways.collect.minus('0.01')), orderAmount)).toBe(true)

      if (ways.drop) {
        const kept = lines.filter((line) => !ways.drop!.lineIds.includes(line.id))
        expect(kept.length).toBeGreaterThan(0)
        expect(isBlocked(exposure, Decimal.sum(0, ...kept.map((line) => line.amount)))).toBe(false)
      } else expect(lines.slice(0, -1).some((line) => !isBlocked(exposure, line.amount))).toBe(false)

      if (ways.ship) {
        expect(isBlocked(exposure, ways.ship.upTo)).toBe(false)
        expect(isBlocked(exposure, Decimal.sum(0, ...ways.ship.lines.map((line) => line.amount)))).toBe(false)
        expect(ways.ship.amount.lte(ways.ship.upTo)).toBe(true)
      } else expect(isBlocked(exposure, d('0.01'))).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('credit use is above a threshold exactly when the exposure is', () => {
  expect(toPercent(creditUse(d('92843.64'), d('100000')))).toBe('92.84')
  expect(toPercent(creditUse(d('89843.64'), d('100000')))).toBe('89.84')
  expect(creditUse(d('90000.00'), d('100000')).gt(90)).toBe(false)
  expect(creditUse(d('9000000000.01'), d('10000000000')).gt(90)).toBe(true)
})

test('a customer without a limit is above every threshold as soon as anything is ordered', () => {
  expect(creditUse(d('0.01'), d(0)).toFixed(2)).toBe('999.99')
  expect(creditUse(d(0), d(0)).toFixed(2)).toBe('0.00')
  expect(creditUse(d(-500), d(0)).toFixed(2)).toBe('0.00')
})
