import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal, fromBase, parseEntered, showQuantity, toBase, type UnitRatio } from './index.ts'

const bolts: UnitRatio[] = [
  { unit: '支', numerator: 1, denominator: 1 },
  { unit: '盒', numerator: 50, denominator: 1 },
  { unit: '箱', numerator: 1000, denominator: 1 },
]
const glue: UnitRatio[] = [
  { unit: 'kg', numerator: 1, denominator: 1 },
  { unit: '桶', numerator: 25, denominator: 2 },
  { unit: '三分桶', numerator: 1, denominator: 3 },
]

test('12 箱 7 支 are 12007 支', () => {
  expect(
    toBase(
      [
        { unit: '箱', quantity: '12' },
        { unit: '支', quantity: '7' },
      ],
      bolts,
    ),
  ).toBe('12007')
})

test('a base quantity is shown in the largest units that it fills whole', () => {
  expect(showQuantity('12007', bolts)).toBe('12 箱 7 支')
  expect(showQuantity('1234567', bolts)).toBe('1,234 箱 11 盒 17 支')
  expect(showQuantity('0', bolts)).toBe('0 支')
  expect(showQuantity('-50', bolts)).toBe('-1 盒')
  expect(showQuantity('12.5', glue)).toBe('1 桶')
})

test('what people type is read in the item’s units and in nothing else', () => {
  expect(parseEntered('12箱7支', bolts)).toEqual([
    { unit: '箱', quantity: '12' },
    { unit: '支', quantity: '7' },
  ])
  expect(parseEntered('240', bolts)).toEqual([{ unit: '支', quantity: '240' }])
  expect(parseEntered('12 箱 7', bolts)).toEqual([
    { unit: '箱', quantity: '12' },
    { unit: '支', quantity: '7' },
  ])
  expect(parseEntered('3件', bolts)).toBeNull()
  expect(parseEntered('abc', bolts)).toBeNull()
})

test('a quantity that does not come out in the base unit is refused, never rounded', () => {
  expect(() => toBase([{ unit: '三分桶', quantity: '1' }], glue)).toThrow('inexact_quantity')
  expect(toBase([{ unit: '三分桶', quantity: '3' }], glue)).toBe('1')
  expect(() => toBase([{ unit: '件', quantity: '1' }], bolts)).toThrow('unknown_unit')
})

test('to packs and back leaves no residue, whatever the ratios', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000_000 }),
      fc.array(fc.record({ numerator: fc.integer({ min: 2, max: 5000 }), denominator: fc.constantFrom(1, 2, 4, 5) }), {
        maxLength: 4,
      }),
      (tenThousandths, packs) => {
        const base = new Decimal(tenThousandths).div(10_000)
        const units: UnitRatio[] = [
          { unit: '支', numerator: 1, denominator: 1 },
          ...packs.map((pack, i) => ({ unit: `包${i}`, ...pack })),
        ]
        expect(new Decimal(toBase(fromBase(base, units), units)).eq(base)).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})
