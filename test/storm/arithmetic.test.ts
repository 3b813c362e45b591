import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '#contract'
import { inProportion, total } from '../../server/modules/finance/allocation.model.ts'
import { amountsOf, shareBetween } from '../../server/modules/sales/pricing.model.ts'
import { fenOf, grossFen, netFen, shareFen } from '../../server/test/fen-oracle.ts'

// Run by hand and every night: STORM_SEED and STORM_PATH, as a failure says them, repeat it; STORM_CASES makes it shorter.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000_000)
const path = process.env['STORM_PATH']
const cases = Number(process.env['STORM_CASES'] ?? 1_000_000)
const run = { numRuns: cases, seed, ...(path ? { path } : {}), verbose: 1 } as const
const timeoutMs = 120 * 60_000
console.log(`storm of sums, seed ${seed}`)

const decimal = (max: number, places: number) =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((n) => new Decimal(n).div(10 ** places))
const money = decimal(10_000_000, 2)

test(
  `${cases} lines come to the fen that whole numbers give, and net and tax to all of it`,
  () => {
    const goods = fc.record({ price: decimal(9_000, 6), quantity: decimal(900_000, 4), taxRate: decimal(99, 4) })
    fc.assert(
      fc.property(goods, (line) => {
        const { gross, net, tax } = amountsOf({ ...line, rulePrice: line.price, unitCost: line.price })
        expect(fenOf(gross)).toBe(grossFen(line.price, line.quantity))
        expect(fenOf(net)).toBe(netFen(fenOf(gross), line.taxRate))
        expect(fenOf(net) + fenOf(tax)).toBe(fenOf(gross))
      }),
      run,
    )
  },
  timeoutMs,
)

test(
  `${cases} amounts are shared out whole, each part as whole numbers say, in whatever steps`,
  () => {
    const steps = fc.array(decimal(1_000, 4), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(money, steps, (amount, parts) => {
        const whole = parts.reduce((sum, part) => sum.plus(part), new Decimal(0))
        fc.pre(whole.gt(0))
        let before = new Decimal(0)
        let given = 0n
        for (const part of parts) {
          const after = before.plus(part)
          given += fenOf(shareBetween(amount, whole, before, after))
          expect(given).toBe(shareFen(amount, whole, after))
          before = after
        }
        expect(given).toBe(fenOf(amount))
      }),
      run,
    )
  },
  timeoutMs,
)

test(
  `${cases} amounts are taken off many rests, whole, and off none more than it has`,
  () => {
    const rests = fc.array(money, { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(rests, fc.nat(100), (owed, percent) => {
        const all = total(owed)
        const amount = all.times(percent).div(100).toDecimalPlaces(2, Decimal.ROUND_DOWN)
        const cuts = inProportion(amount, owed)
        expect(fenOf(total(cuts))).toBe(fenOf(amount))
        cuts.forEach((cut, i) => expect(cut.gte(0) && cut.lte(owed[i]!)).toBe(true))
      }),
      run,
    )
  },
  timeoutMs,
)
