import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal, Refusal } from '#contract'
import type { DeliveryLine } from './delivery.model.ts'
import {
  leftToReturn,
  piecesLeft,
  piecesOf,
  type Shares,
  sharesOf,
  totalsOfReturn,
  withoutReturned,
  withReturned,
} from './sales-return.model.ts'

const d = (value: Decimal.Value): Decimal => new Decimal(value)
const none = { returned: d(0), returnedGross: d(0), returnedNet: d(0), returnedCost: d(0), returnedNetCost: d(0) }
const line = (over: Partial<DeliveryLine> = {}): DeliveryLine => ({
  ...{ id: 'line', orderLineId: 'order line', position: 1, itemId: 'item', lots: [], serials: [], custom: {} },
  ...{ planned: d(10), picked: d(10), gross: d(100), net: d('88.50'), cost: d(70), netCost: d('61.95') },
  ...none,
  ...over,
})
const codeOf = (deed: () => unknown): string => {
  try {
    deed()
  } catch (error) {
    if (error instanceof Refusal) return error.code
  }
  return 'done'
}

const fen = fc.integer({ min: 0, max: 100_000 }).map((cents) => d(cents).div(100))
const deeds = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 20 }), isUndone: fc.boolean() }), {
  maxLength: 12,
})

test('whatever comes back, in whatever parts and with whatever undone, all of it together is exactly what left', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fen,
      fen,
      fen,
      fen,
      deeds,
      (picked, gross, net, cost, netCost, wanted) => {
        const whole = line({ picked: d(picked), planned: d(picked), gross, net, cost, netCost })
        let now = whole
        const standing: (Shares & { received: Decimal })[] = []
        for (const { quantity, isUndone } of wanted) {
          const [last] = standing
          if (isUndone && last) {
            standing.shift()
            now = withoutReturned(now, last)
            continue
          }
          const part = Decimal.min(quantity, leftToReturn(now))
          if (part.isZero()) continue
          const shares = sharesOf(now, part)
          for (const share of Object.values(shares)) expect(share.gte(0) && share.decimalPlaces() <= 2).toBe(true)
          now = withReturned(now, part, shares, 'item')
          standing.push({ ...shares, received: part })
        }
        const rest = leftToReturn(now)
        const end = rest.isZero() ? now : withReturned(now, rest, sharesOf(now, rest), 'item')
        expect(
          [end.returned, end.returnedGross, end.returnedNet, end.returnedCost, end.returnedNetCost].map(String),
        ).toEqual([whole.picked, gross, net, cost, netCost].map(String))
      },
    ),
  )
})

test('a part takes back its share, and no more than is left can come', () => {
  const shares = sharesOf(line(), d(3))
  expect(Object.values(shares).map(String)).toEqual(['30', '26.55', '21', '18.59'])
  expect(totalsOfReturn([shares, shares]).grossTotal.toString()).toBe('60')
  const after = withReturned(line(), d(3), shares, 'item')
  expect(leftToReturn(after).toString()).toBe('7')
  expect(codeOf(() => withReturned(after, d(8), sharesOf(after, d(7)), 'item'))).toBe('returned_too_much')
})

const lots = [
  { lotId: 'a', lotCode: 'A', quantity: '4' },
  { lotId: 'b', lotCode: 'B', quantity: '5' },
]

test('what came back of a lot, and each serial number, is not there to come back again', () => {
  const before = [{ lots: [{ lotId: 'a', lotCode: 'A', quantity: '4' }], serials: ['S1'] }]
  expect(piecesLeft({ lots, serials: ['S1', 'S2'] }, before)).toEqual({ lots: [lots[1]], serials: ['S2'] })
})

test('nobody need say which lot where it is plain, and what is said must be right', () => {
  const of = (quantity: number, told: { lotId: string; quantity: string }[] = []) =>
    piecesOf({ lots: told, serials: [] }, { tracking: 'lot', item: 'i', quantity: d(quantity) }, { lots, serials: [] })
  expect(of(9).lots).toEqual(lots)
  expect(of(2, [{ lotId: 'b', quantity: '2' }]).lots).toEqual([{ lotId: 'b', lotCode: 'B', quantity: '2' }])
  expect(codeOf(() => of(3))).toBe('tell_pieces')
  expect(codeOf(() => of(3, [{ lotId: 'a', quantity: '2' }]))).toBe('tell_pieces')
  expect(codeOf(() => of(5, [{ lotId: 'a', quantity: '5' }]))).toBe('not_of_delivery')
  const twice = [
    { lotId: 'a', quantity: '3' },
    { lotId: 'a', quantity: '3' },
  ]
  expect(codeOf(() => of(6, twice))).toBe('tell_pieces')
})

test('serial numbers are those that left, each once', () => {
  const of = (quantity: number, serials: string[] = []) =>
    piecesOf(
      { lots: [], serials },
      { tracking: 'serial', item: 'i', quantity: d(quantity) },
      { lots: [], serials: ['S1', 'S2'] },
    )
  expect(of(2).serials).toEqual(['S1', 'S2'])
  expect(codeOf(() => of(1))).toBe('tell_pieces')
  expect(codeOf(() => of(1, ['S9']))).toBe('not_of_delivery')
  expect(codeOf(() => of(2, ['S1', 'S1']))).toBe('tell_pieces')
})
