import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, toMoney, toPercent } from '#contract'
import {
  amountsOf,
  bandOf,
  discountPercent,
  discountsOf,
  type Goods,
  marginPercent,
  shareBetween,
  totalsOf,
} from './pricing.model.ts'

const decimal = (digits: number, scale: number) =>
  fc
    .bigInt({ min: 0n, max: 10n ** BigInt(digits) })
    .map((units) => new Decimal(units.toString()).div(new Decimal(10).pow(scale)))

const goods: fc.Arbitrary<Goods> = fc.record({
  quantity: decimal(10, 4).map((quantity) => quantity.plus('0.0001')),
  rulePrice: decimal(9, 6),
  price: decimal(9, 6),
  taxRate: fc.constantFrom('0', '1', '3', '6', '9', '13').map((rate) => new Decimal(rate)),
  unitCost: decimal(9, 6),
})

const bolts = (price: string): Goods => ({
  quantity: new Decimal('12007'),
  rulePrice: new Decimal('0.55'),
  price: new Decimal(price),
  taxRate: new Decimal('13'),
  unitCost: new Decimal('0.41'),
})

describe('the counter order of 12 cartons and 7 pieces', () => {
  test('costs 6,603.85 by the tier and 6,243.64 at the price the customer wants', () => {
    expect(toMoney(amountsOf(bolts('0.55')).gross)).toBe('6603.85')
    expect(toMoney(amountsOf(bolts('0.52')).gross)).toBe('6243.64')
  })

  test('leaves 21.15 per cent, whatever the tax rate, because price and cost carry the same tax', () => {
    for (const taxRate of ['0', '3', '13'])
      expect(toPercent(marginPercent(amountsOf({ ...bolts('0.52'), taxRate: new Decimal(taxRate) }))!)).toBe('21.15')
  })

  test('lies below the 22 per cent floor, where the tier price does not', () => {
    const bands = { floor: new Decimal('22'), low: new Decimal('24') }
    expect(bandOf(marginPercent(amountsOf(bolts('0.52'))), bands)).toBe('below_floor')
    expect(bandOf(marginPercent(amountsOf(bolts('0.55'))), bands)).toBe('ok')
  })
})

describe('amounts', () => {
  test('net and tax add up to gross, and gross is within half a fen of price times quantity', () => {
    fc.assert(
      fc.property(goods, (line) => {
        const { net, tax, gross } = amountsOf(line)
        expect(net.plus(tax).eq(gross)).toBe(true)
        expect(gross.minus(line.price.times(line.quantity)).abs().lte('0.005')).toBe(true)
        expect(gross.decimalPlaces()).toBeLessThanOrEqual(2)
      }),
      { numRuns: 2000, verbose: true },
    )
  })

  test('tax put back on the net amount gives the gross amount again, to the fen', () => {
    fc.assert(
      fc.property(goods, (line) => {
        const { net, gross } = amountsOf(line)
        const again = net.times(line.taxRate.plus(100)).div(100)
        expect(again.minus(gross).abs().lte('0.006')).toBe(true)
      }),
      { numRuns: 2000, verbose: true },
    )
  })

  test('totals are the sums of the lines in any order', () => {
    fc.assert(
      fc.property(fc.array(goods, { maxLength: 60 }), (lines) => {
        const amounts = lines.map(amountsOf)
        const totals = totalsOf(amounts)
        const backwards = totalsOf(amounts.toReversed())
        for (const key of ['net', 'tax', 'gross', 'cost'] as const) {
          expect(totals[key].eq(Decimal.sum(0, ...amounts.map((one) => one[key])))).toBe(true)
          expect(totals[key].eq(backwards[key])).toBe(true)
        }
        expect(totals.net.plus(totals.tax).eq(totals.gross)).toBe(true)
      }),
      { verbose: true },
    )
  })
})

describe('shares', () => {
  test('of any sequence of deliveries add up to the line, each within a fen of its exact share', () => {
    fc.assert(
      fc.property(
        decimal(9, 2),
        fc.array(
          decimal(6, 4).map((part) => part.plus('0.0001')),
          { minLength: 1, maxLength: 40 },
        ),
        (amount, parts) => {
          const quantity = Decimal.sum(...parts)
          let before = new Decimal(0)
          let given = new Decimal(0)
          for (const part of parts) {
            const after = before.plus(part)
            const share = shareBetween(amount, quantity, before, after)
            expect(share.minus(amount.times(part).div(quantity)).abs().lte('0.01')).toBe(true)
            given = given.plus(share)
            before = after
          }
          expect(given.eq(amount)).toBe(true)
        },
      ),
      { verbose: true },
    )
  })
})

describe('discounts', () => {
  test('are measured against the price of the rule, and a dearer price is none', () => {
    expect(toPercent(discountPercent({ rulePrice: new Decimal('0.55'), price: new Decimal('0.52') }))).toBe('5.45')
    expect(toPercent(discountPercent({ rulePrice: new Decimal('0.55'), price: new Decimal('0.60') }))).toBe('0.00')
    expect(toPercent(discountPercent({ rulePrice: new Decimal('0'), price: new Decimal('0') }))).toBe('0.00')
  })

  test('of a whole order lie between nothing and the largest of its lines', () => {
    fc.assert(
      fc.property(fc.array(goods, { minLength: 1, maxLength: 20 }), (lines) => {
        const cheaper = lines.map((line) => ({ ...line, price: Decimal.min(line.price, line.rulePrice) }))
        const { max, total } = discountsOf(cheaper)
        expect(total.gte(0) && total.lte(max.plus('0.01'))).toBe(true)
      }),
      { verbose: true },
    )
  })
})
