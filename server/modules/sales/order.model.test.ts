import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { saleFacts, usedPercent } from './order-facts.model.ts'
import {
  delivered,
  deliveredPercent,
  type OrderLine,
  paymentState,
  promisedOn,
  shortOf,
  stateAfterDelivery,
} from './order.model.ts'
import { isAsQuoted } from './quotation.model.ts'

const d = (value: Decimal.Value): Decimal => new Decimal(value)
const line = (quantity: Decimal.Value, gross: Decimal.Value = quantity): OrderLine => ({
  id: 'line',
  position: 1,
  itemId: 'item',
  entered: [],
  quantity: d(quantity),
  rulePrice: d(1),
  price: d(1),
  taxRate: d(13),
  unitCost: d(0),
  net: d(gross),
  tax: d(0),
  gross: d(gross),
  cost: d(0),
  priceRule: {
    kind: 'item',
    priceListId: null,
    list: null,
    level: null,
    minQuantity: '0',
    startsOn: null,
    endsOn: null,
    price: '1',
  },
  priceNote: '',
  custom: {},
  warehouseId: 'main',
  reserved: d(quantity),
  delivered: d(0),
  deliveredGross: d(0),
  promisedOn: null,
})

describe('deliveries of a line', () => {
  test('in any parts add up to its quantity and its amount, and never hold what has left', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(
        parts,
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 30_000 }),
        (quantities, fen, held) => {
          const whole = line(Decimal.sum(...quantities), d(fen).div(100))
          let at: OrderLine = { ...whole, reserved: Decimal.min(held, whole.quantity) }
          let paid = d(0)
          for (const quantity of quantities) {
            const step = delivered(at, d(quantity))
            at = step.line
            paid = paid.plus(step.gross)
            expect(at.reserved.plus(at.delivered).lte(at.quantity)).toBe(true)
            expect(shortOf(at).gte(0)).toBe(true)
          }
          expect([at.delivered.eq(whole.quantity), paid.eq(whole.gross), at.reserved.isZero()]).toEqual([
            true,
            true,
            true,
          ])
        },
      ),
      { verbose: true },
    )
  })

  test('leave the order partly delivered until the last piece of the last line is gone', () => {
    const gone = { ...line(5), delivered: d(5) }
    expect(stateAfterDelivery([gone, line(1)])).toBe('partly_delivered')
    expect(stateAfterDelivery([gone, gone])).toBe('delivered')
  })

  test('of goods that cost nothing still count as progress', () => {
    const free = { ...line(5, 0), delivered: d(5) }
    expect(String(deliveredPercent({ grossTotal: d(0), deliveredGross: d(0), lines: [free] }))).toBe('100')
    expect(String(deliveredPercent({ grossTotal: d(0), deliveredGross: d(0), lines: [line(5, 0)] }))).toBe('0')
  })
})

describe('a promise', () => {
  const incoming = [
    { quantity: d(5), on: '2026-11-26' },
    { quantity: d(100), on: null },
    { quantity: d(10), on: '2026-11-24' },
  ]
  test('is the day by which enough has come in, after those who waited before', () => {
    expect(promisedOn(d(8), d(0), incoming)).toBe('2026-11-24')
    expect(promisedOn(d(8), d(3), incoming)).toBe('2026-11-26')
    expect(promisedOn(d(15), d(0), incoming)).toBe('2026-11-26')
  })
  test('is not made on goods that have no day, or not enough', () => {
    expect(promisedOn(d(16), d(0), incoming)).toBeNull()
    expect(promisedOn(d(1), d(0), [])).toBeNull()
  })
})

describe('credit', () => {
  const lines = [{ quantity: d('12007'), rulePrice: d('0.55'), price: d('0.52'), taxRate: d(13), unitCost: d('0.41') }]
  const totals = { net: d('5525.35'), tax: d('718.29'), gross: d('6243.64'), cost: d('4356.52') }
  const standing = {
    limit: d(100_000),
    ordered: d(15_200),
    owed: d(71_400),
    advance: d(0),
    exposure: d(86_600),
    overdue: { amount: d(0), days: 0 },
  }
  test('counts what is owed, what is ordered and this order, and is exact where a rule decides', () => {
    const facts = saleFacts({
      totals,
      lines,
      customer: { level: 'A' },
      standing,
      bands: { floor: d(22), low: d(25) },
      isShort: false,
      isAgreed: false,
      custom: {},
    })
    expect(String(facts['credit.after'])).toBe('92843.64')
    expect(String(facts['credit.usedPercent'])).toBe('92.84364')
    expect(facts).toMatchObject({ 'margin.band': 'below_floor', 'customer.level': 'A' })
  })
  test('of nothing is beyond any limit as soon as something is used, and of nothing used it is none', () => {
    expect(usedPercent(d('0.01'), d(0)).gt(100)).toBe(true)
    expect(usedPercent(d(-5), d(0)).isZero()).toBe(true)
  })
})

test('an order is paid when all of it came in, unpaid when nothing did', () => {
  expect([paymentState(d(10), d(0)), paymentState(d(10), d('9.99')), paymentState(d(10), d(10))]).toEqual([
    'unpaid',
    'part',
    'paid',
  ])
})

describe('an order made of a quotation', () => {
  const quoted = [
    { itemId: 'a', quantity: d(10), price: d('0.5') },
    { itemId: 'b', quantity: d(5), price: d(2) },
  ]
  test('is as quoted when nothing is cheaper, other or more', () => {
    expect(isAsQuoted(quoted, quoted)).toBe(true)
    expect(isAsQuoted([{ ...quoted[0]!, price: d('0.6') }], quoted)).toBe(true)
    expect(isAsQuoted([{ ...quoted[0]!, price: d('0.49') }], quoted)).toBe(false)
    expect(isAsQuoted([{ ...quoted[0]!, quantity: d(11) }], quoted)).toBe(false)
    expect(isAsQuoted([quoted[0]!, quoted[0]!], quoted)).toBe(false)
    expect(isAsQuoted([{ ...quoted[0]!, itemId: 'c' }], quoted)).toBe(false)
  })
})
