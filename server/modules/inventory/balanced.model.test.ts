import { describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { assertBalanced } from './balanced.model.ts'
import { noWorth } from './cost.model.ts'
import { type CostedMove, place, type Stock } from './posting.model.ts'

const d = (value: Decimal.Value): Decimal => new Decimal(value)
const [item, warehouse, lot] = ['bolt', 'main', 'L1']

/** So many pieces of one lot, worth two each. */
const stock = (pieces: number, { inLot = pieces, worth = pieces * 2 } = {}): Stock => ({
  balances: new Map([
    [
      place(item, warehouse),
      { itemId: item, warehouseId: warehouse, onHand: d(pieces), reserved: d(0), allowNegative: false },
    ],
  ]),
  lots: new Map([
    [place(lot, warehouse), { lotId: lot, warehouseId: warehouse, itemId: item, code: lot, onHand: d(inLot) }],
  ]),
  serials: new Map(),
  worths: new Map([[item, { ...noWorth, quantity: d(pieces), value: d(worth) }]]),
  layers: new Map(),
})
const gone = (pieces: number): CostedMove => ({
  id: 'move',
  kind: 'delivery',
  lineId: 'line',
  itemId: item,
  warehouseId: warehouse,
  lotId: lot,
  serialId: null,
  quantity: d(-pieces),
  value: null,
  cost: d(-pieces * 2),
})

describe('a posting', () => {
  test('whose lines are how the balances change goes through', () => {
    expect(() => assertBalanced(stock(10), stock(7), 'delivery', [gone(3)])).not.toThrow()
  })

  test.each([
    ['a piece too few', stock(6), /on hand of bolt main changes by -4, its lines say -3/],
    ['another quantity of the lot', stock(7, { inLot: 8 }), /lot of L1 main changes by -2, its lines say -3/],
    ['a fen too much', stock(7, { worth: 14.01 }), /worth of bolt changes by -5.99, its lines say -6/],
  ])('that leaves %s is refused', (_, after, words) => {
    expect(() => assertBalanced(stock(10), after, 'delivery', [gone(3)])).toThrow(words)
  })

  test('to another warehouse changes what is there and not what it is worth', () => {
    const onTheWay = { ...stock(7), worths: stock(10).worths }
    expect(() => assertBalanced(stock(10), onTheWay, 'transfer_out', [gone(3)])).not.toThrow()
    expect(() => assertBalanced(stock(10), stock(7), 'transfer_out', [gone(3)])).toThrow(/worth/)
  })
})
