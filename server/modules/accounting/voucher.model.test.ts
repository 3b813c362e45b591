import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '#contract'
import { seeded } from '../../test/seed.ts'
import { adjustmentParts, costParts, landedParts, receiptParts, saleParts } from './event-parts.model.ts'
import { keyOfLine, linesOf, type TemplateKey, templateEvents } from './voucher-template.document.ts'
import { type Account, type AccountOf, amountOf, inRed, type Part, templatedLines } from './voucher.model.ts'

const keeps: Record<string, string[]> = { '1122': ['customer'], '2203': ['customer'], '6001': ['category'] }
const usual: AccountOf = (_, { account, control }): Account => ({
  code: account,
  keeps: keeps[account] ?? [],
  control: control ?? null,
})

const fen = (min: number) => fc.integer({ min, max: 1e9 }).map((n) => new Decimal(n).div(100))
const category = fc.constantFrom('紧固件', '工具', '')
const sold = fc.array(
  fc.record({ category, gross: fen(1), rate: fc.constantFrom(0, 9, 13) }).map(({ gross, rate, ...of }) => ({
    ...of,
    gross,
    net: gross
      .times(100)
      .div(100 + rate)
      .toDecimalPlaces(2),
  })),
  { minLength: 1, maxLength: 6 },
)
const goods = fc.array(fc.record({ category, cost: fen(-1e9), netCost: fen(-1e9) }), { minLength: 1, maxLength: 6 })
const methods = ['bank', 'cash', 'wechat', 'alipay', 'acceptance']

/** What may happen, with figures of all kinds. */
const happenings: Record<TemplateKey, fc.Arbitrary<Part[]>> = {
  opening_stock: goods.map(costParts),
  goods_receipt: goods.map(costParts),
  delivery_cost: goods.map(costParts),
  stock_return: goods.map(costParts),
  cost_correction: goods.map(costParts),
  stock_adjustment: fc.array(fc.record({ category, gain: fen(0), loss: fen(0) })).map(adjustmentParts),
  landed_cost: fc.array(fc.record({ category, inStock: fen(-1e9), expensed: fen(-1e9) })).map(landedParts),
  opening_receivable: fen(1).map((value) => [{ amount: 'gross', customerId: 'c', value }]),
  sale: fc.tuple(sold, fen(1), fc.boolean()).map(([lines, share, isWhole]) => {
    const whole = Decimal.sum(...lines.map(({ gross }) => gross))
    return saleParts('c', isWhole ? whole : Decimal.min(share, whole), lines)
  }),
  receipt: fc
    .tuple(fc.constantFrom(...methods), fen(1), fen(0))
    .map(([method, received, part]) => receiptParts('c', method, { received, allocated: Decimal.min(part, received) })),
  sales_return: fc.tuple(sold, fen(0)).map(([lines, part]) => {
    const received = Decimal.sum(...lines.map(({ gross }) => gross))
    const money = receiptParts('c', 'return', { received, allocated: Decimal.min(part, received) })
    return [...money, ...saleParts('c', received, lines)]
  }),
  allocation: fen(1).map((allocated) => receiptParts('c', 'bank', { received: new Decimal(0), allocated })),
}
const events = Object.keys(templateEvents) as TemplateKey[] // the keys of the table of templates

test.each(events)('whatever the figures of %s are, its voucher balances, and in red it undoes it', (event) => {
  fc.assert(
    fc.property(happenings[event], (parts) => {
      const lines = templatedLines(event, parts, usual)
      const amount = amountOf(lines)!
      expect(amountOf(inRed(lines))!.eq(amount.neg())).toBe(true)
      expect(lines.every((line) => !line.amount.isZero())).toBe(true)
      expect(amountOf([...lines, ...inRed(lines)])!.isZero()).toBe(true)
    }),
    seeded(),
  )
})

test('tax is what is left of what is owed, to the fen, also where only a share of it is owed', () => {
  const lines = [
    { category: 'a', gross: new Decimal('11.30'), net: new Decimal('10.00') },
    { category: 'b', gross: new Decimal('1.13'), net: new Decimal('1.00') },
  ]
  const shown = (gross: string) =>
    saleParts('c', new Decimal(gross), lines).map(({ amount, value }) => `${amount} ${value.toString()}`)
  expect(shown('12.43')).toEqual(['gross 12.43', 'net 10', 'net 1', 'tax 1.43'])
  expect(shown('1.00')).toEqual(['gross 1', 'net 0.8', 'net 0.08', 'tax 0.12'])
})

test('a line says of whom and of what goods it is only where its account keeps that', () => {
  const parts = saleParts('c', new Decimal(113), [
    { category: '紧固件', gross: new Decimal(56.5), net: new Decimal(50) },
    { category: '工具', gross: new Decimal(56.5), net: new Decimal(50) },
  ])
  const shown = templatedLines('sale', parts, usual).map((line) => [line.account, line.customerId, line.category])
  expect(shown).toEqual([
    ['1122', 'c', null],
    ['6001', null, '紧固件'],
    ['6001', null, '工具'],
    ['222101', null, null],
  ])
})

test('lines whose sides differ are no voucher', () => {
  const [line] = templatedLines('allocation', [{ amount: 'allocated', value: new Decimal(1) }], usual)
  expect(amountOf([line!])).toBeNull()
})

test('no two lines of a template have one key', () => {
  for (const event of events) {
    const keys = linesOf(event).map(keyOfLine)
    expect(new Set(keys).size).toBe(keys.length)
  }
})
