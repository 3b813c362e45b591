import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, type Field, type KindName, kindNames, toMoney, toQuantity } from '#contract'
import { formatOf, numberOf, widthOf } from './cell.model.ts'

const field = (kind: KindName): Field => ({ kind, label: { zh: '字段' }, options: [], to: 'item' }) // options and target belong to some kinds, and mean nothing to the others
const day0 = Date.UTC(1899, 11, 30)

describe('a figure', () => {
  test('is the number it says, to the last digit, or stays text', () => {
    const figures = fc.tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 0, max: 4 }))
    fc.assert(
      fc.property(figures, fc.constantFrom('money', 'price', 'quantity'), ([digits, scale], kind) => {
        const value = new Decimal(digits.toString()).div(new Decimal(10).pow(scale))
        const text = kind === 'money' ? toMoney(value) : toQuantity(value)
        const cell = numberOf(field(kind), text)
        if (typeof cell === 'string') expect([cell, new Decimal(text).precision(true) > 15]).toEqual([text, true])
        else expect(new Decimal(cell!).eq(text)).toBe(true)
      }),
    )
  })

  test('in per cent is a share, which its format shows in per cent', () => {
    expect(numberOf(field('percent'), '21.15')).toBe(0.2115)
    expect(numberOf(field('percent'), '-0.07')).toBe(-0.0007)
    expect(formatOf(field('percent'))).toBe('0.00%')
  })
})

describe('a day and a moment', () => {
  test('count from where Excel counts; a moment stands as the clock in Shanghai shows it', () => {
    expect(numberOf(field('day'), '1900-03-01')).toBe(61)
    expect(numberOf(field('day'), '2026-11-23')).toBe(46349)
    expect(numberOf(field('instant'), '2026-11-23T16:30:00.000Z')).toBe(46350 + 30 / 1440)
  })

  test('come back as they went in', () => {
    const days = fc.date({ min: new Date('1901-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10)
        expect(new Date(day0 + Number(numberOf(field('day'), day)) * 86_400_000).toISOString().slice(0, 10)).toBe(day)
      }),
    )
  })
})

test('what is no figure stands as people read it', () => {
  const texts = kindNames.filter((kind) => numberOf(field(kind), '1') === undefined)
  expect(texts).toEqual([
    'text',
    'longText',
    'yesNo',
    'choice',
    'choices',
    'phone',
    'email',
    'url',
    'person',
    'department',
    'link',
  ])
  expect(numberOf(field('money'), null)).toBeUndefined()
})

test('a column is as wide as its values, or as its heading where that is wider', () => {
  expect(widthOf(field('yesNo'), '是')).toBe(8)
  expect(widthOf(field('yesNo'), '缺货先发有货部分')).toBe(18)
  expect(widthOf(field('yesNo'), 'Deliver')).toBe(9)
})
