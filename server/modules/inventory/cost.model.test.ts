import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '#contract'
import { comeIn, goOut, noWorth, takeAway, unitCostOf, type Worth } from './cost.model.ts'

const d = (value: string | number) => new Decimal(value)

test('what comes in at two prices goes out at their average', () => {
  const first = comeIn(noWorth, d(100), d('250.00')).worth
  const both = comeIn(first, d(50), d('200.00')).worth
  expect(unitCostOf(both).toString()).toBe('3')
  expect(goOut(both, d(10)).cost.toString()).toBe('30')
})

test('the last piece takes the fen that rounding left', () => {
  let worth = comeIn(noWorth, d(3), d('10.00')).worth
  const costs: string[] = []
  for (let i = 0; i < 3; i++) {
    const out = goOut(worth, d(1))
    costs.push(out.cost.toFixed(2))
    worth = out.worth
  }
  expect(costs).toEqual(['3.33', '3.34', '3.33'])
  expect([worth.quantity.toString(), worth.value.toString()]).toEqual(['0', '0'])
})

test('goods that make good a shortage say how far the assumed cost was off', () => {
  const start = comeIn(noWorth, d(10), d('40.00')).worth
  const short = goOut(start, d(15))
  expect(short.cost.toString()).toBe('60')
  const { worth, revaluation } = comeIn(short.worth, d(8), d('48.00'))
  expect([worth.quantity.toString(), worth.value.toString(), revaluation.toString()]).toEqual(['3', '18', '-10'])
})

test('goods that make good only part of a shortage leave the rest at its assumed cost', () => {
  const short: Worth = { quantity: d(-10), value: d('-40.00'), lastCost: d(4) }
  const { worth, revaluation } = comeIn(short, d(4), d('20.00'))
  expect([worth.quantity.toString(), worth.value.toString(), revaluation.toString()]).toEqual(['-6', '-24', '-4'])
})

const quantity = fc.integer({ min: 1, max: 400_000 }).map((n) => d(n).div(10_000))
const step = fc.oneof(
  fc.record({
    in: fc.constant(true),
    quantity,
    value: fc.integer({ min: 0, max: 1_000_000 }).map((n) => d(n).div(100)),
  }),
  fc.record({ in: fc.constant(false), quantity, value: fc.constant(d(0)) }),
)

test('value is conserved to the fen, and nothing is worth nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let worth = noWorth
      let posted = d(0)
      for (const one of steps) {
        if (one.in) {
          const came = comeIn(worth, one.quantity, one.value)
          worth = came.worth
          posted = posted.plus(one.value).plus(came.revaluation)
        } else {
          const out = goOut(worth, one.quantity)
          worth = out.worth
          posted = posted.minus(out.cost)
        }
        expect(worth.value.toString()).toBe(posted.toString())
        expect(worth.value.decimalPlaces()).toBeLessThanOrEqual(2)
        if (worth.quantity.isZero()) expect(worth.value.isZero()).toBe(true)
        else if (!worth.value.isZero()) expect(worth.value.isNegative()).toBe(worth.quantity.isNegative())
      }
    }),
    { numRuns: 500, verbose: 1 },
  )
})

test('what came in can be taken away as if it had never come, as long as what stays is worth something', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 9_999 })),
      fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 9_999 })),
      ([some, cents], [more, others]) => {
        const before = comeIn(noWorth, d(some), d(cents).div(100)).worth
        const both = comeIn(before, d(more), d(others).div(100)).worth
        const after = takeAway(both, d(more), d(others).div(100))
        expect([after?.quantity, after?.value].map(String)).toEqual([before.quantity, before.value].map(String))
      },
    ),
  )
  const five = comeIn(noWorth, d(5), d('10.00')).worth
  expect(takeAway(five, d(5), d('9.00'))).toBeUndefined()
  expect(takeAway(five, d(4), d('11.00'))).toBeUndefined()
  expect(takeAway(five, d(6), d('10.00'))).toBeUndefined()
})
