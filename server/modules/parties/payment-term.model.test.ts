import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, toMoney } from '#contract'
import { PaymentTerm, type TermPart } from './contract.ts'
import { instalments, standardTerms } from './payment-term.model.ts'

const termOf = (code: string): PaymentTerm => {
  const term = standardTerms.find((one) => one.code === code)
  if (!term) throw new Error(`there is no ${code}`)
  return term
}
const due = (code: string, deliveredOn: string, orderedOn = '2026-10-08') =>
  instalments(termOf(code), '100', { orderedOn, deliveredOn }).map(({ amount, dueOn }) => [toMoney(amount), dueOn])

describe('due days', () => {
  test.each([
    ['prepaid', '2026-11-15', [['100.00', '2026-10-08']]],
    ['on_delivery', '2026-11-15', [['100.00', '2026-11-15']]],
    ['net_30', '2026-01-31', [['100.00', '2026-03-02']]],
    ['month_end', '2026-11-15', [['100.00', '2026-11-30']]],
    ['month_end_30', '2026-11-15', [['100.00', '2026-12-30']]],
    ['month_end_30', '2026-11-30', [['100.00', '2026-12-30']]],
    ['month_end_30', '2028-02-01', [['100.00', '2028-03-30']]],
    ['month_end_60', '2026-12-31', [['100.00', '2027-03-01']]],
    ['next_month_25', '2026-11-30', [['100.00', '2026-12-25']]],
    ['next_month_25', '2026-12-01', [['100.00', '2027-01-25']]],
    [
      'deposit_30',
      '2026-11-15',
      [
        ['30.00', '2026-10-08'],
        ['70.00', '2026-11-15'],
      ],
    ],
    [
      'parts_30_60_10',
      '2026-11-15',
      [
        ['30.00', '2026-10-08'],
        ['60.00', '2026-11-15'],
        ['10.00', '2027-11-15'],
      ],
    ],
  ])('of %s for goods delivered on %s', (code, deliveredOn, expected) => {
    expect(due(code, deliveredOn)).toEqual(expected)
  })

  test('the 31st of a shorter month is its last day', () => {
    const parts: TermPart[] = [{ percent: '100', from: 'next_month_day', days: 0, dayOfMonth: 31 }]
    const on = (deliveredOn: string) => instalments({ parts }, '1', { orderedOn: deliveredOn, deliveredOn })[0]?.dueOn
    expect(['2026-01-10', '2028-01-31', '2026-03-31', '2026-12-31'].map(on)).toEqual([
      '2026-02-28',
      '2028-02-29',
      '2026-04-30',
      '2027-01-31',
    ])
  })

  test('before delivery only what follows the order is due', () => {
    const parts = instalments(termOf('deposit_30'), '100', { orderedOn: '2026-10-08', deliveredOn: null })
    expect(parts.map(({ dueOn }) => dueOn)).toEqual(['2026-10-08', null])
  })

  test('are the same in whatever time zone the process runs', () => {
    const script = `
      import { instalments, standardTerms } from ${JSON.stringify(new URL('payment-term.model.ts', import.meta.url).href)}
      const days = ['2026-01-31', '2026-03-29', '2026-10-25', '2026-12-31']
      console.log(JSON.stringify(standardTerms.map((term) => days.map((day) => instalments(term, '99.99', { orderedOn: day, deliveredOn: day })))))`
    const inZone = (TZ: string) =>
      execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      })
    const [here, ...elsewhere] = ['Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati'].map(inZone)
    expect(elsewhere).toEqual([here, here])
  }, 60_000)
})

/** Whole hundredths of a per cent that add up to 100. */
const percents = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 11 }).map((cuts) => {
  const ends = [...cuts.sort((a, b) => a - b), 10_000]
  return ends.map((end, i) => new Decimal(end - (ends[i - 1] ?? 0)).div(100).toString())
})
const fen = fc.bigInt({ min: 0n, max: 10n ** 17n }).map((amount) => new Decimal(amount.toString()).div(100))

describe('an amount in parts', () => {
  test('adds up to the fen, each part within a fen of its share', () => {
    fc.assert(
      fc.property(percents, fen, (shares, amount) => {
        const term = { parts: shares.map((percent): TermPart => ({ percent, from: 'delivery', days: 0 })) }
        const parts = instalments(term, amount, { orderedOn: '2026-11-02', deliveredOn: '2026-11-02' })
        expect(Decimal.sum(0, ...parts.map((part) => part.amount)).eq(amount)).toBe(true)
        for (const part of parts) {
          expect(part.amount.decimalPlaces()).toBeLessThanOrEqual(2)
          expect(part.amount.isNegative()).toBe(false)
          expect(part.amount.minus(amount.times(part.percent).div(100)).abs().lte('0.01')).toBe(true)
        }
      }),
    )
  })

  test('leaves out parts that come to nothing', () => {
    const of = (amount: string) =>
      instalments(termOf('deposit_30'), amount, { orderedOn: '2026-11-02', deliveredOn: '2026-11-02' }).map((part) =>
        toMoney(part.amount),
      )
    expect([of('0'), of('0.01'), of('0.02')]).toEqual([[], ['0.01'], ['0.01', '0.01']])
  })
})

describe('terms', () => {
  test('that a company starts with are all valid', () => {
    for (const term of standardTerms) expect(PaymentTerm.safeParse(term).error).toBeUndefined()
    expect(new Set(standardTerms.map(({ code }) => code)).size).toBe(standardTerms.length)
  })

  test.each([
    [
      'parts that do not add up to 100%',
      [
        { percent: '30', from: 'order', days: 0 },
        { percent: '69.99', from: 'delivery', days: 0 },
      ],
    ],
    [
      'a negative part',
      [
        { percent: '-10', from: 'order', days: 0 },
        { percent: '110', from: 'delivery', days: 0 },
      ],
    ],
    ['a day of the next month without its day', [{ percent: '100', from: 'next_month_day', days: 0 }]],
  ])('with %s are refused', (_what, parts) => {
    expect(PaymentTerm.safeParse({ code: 'x', name: { zh: '某' }, parts }).success).toBe(false)
  })
})
