import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal, toBase } from '#contract'
import { checkedUnits } from './item.model.ts'

const size = fc.integer({ min: 1, max: 1_000_000 })

test('a ratio in lowest terms converts exactly as the one that was typed', () => {
  fc.assert(
    fc.property(size, size, size, (numerator, denominator, quantity) => {
      fc.pre(numerator !== denominator)
      const [, unit] = checkedUnits('支', [{ unit: '盒', numerator, denominator }])
      expect(unit && unit.numerator * denominator).toBe(unit && unit.denominator * numerator)
      const whole = quantity * denominator
      const base = toBase([{ unit: '盒', quantity: String(whole) }], unit ? [unit] : [])
      expect(base).toBe(new Decimal(quantity).times(numerator).toString())
    }),
  )
})
