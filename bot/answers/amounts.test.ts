import { describe, expect, test } from 'vitest'
import { amountsIn } from './amounts.ts'
import { withDigits } from './numerals.ts'

const sizes = new Set(['8.8级', '7.5米', '70mm'])
const isSize = (said: string): boolean => sizes.has(said)
const amountsOf = (text: string) => amountsIn(withDigits(text, isSize), isSize).amounts

describe('so many of something', () => {
  test.each([
    ['两箱半喉箍', '2.5', '箱'],
    ['要两打', '24', '个'],
    ['一百捆起步', '100', '捆'],
    ['要是加到一万五', '15000', undefined],
  ])('%s', (text, n, unit) => {
    expect(amountsOf(text).quantities).toEqual([{ n, ...(unit ? { unit } : {}), at: expect.any(Number) }])
  })

  test.each(['两个口径都说下', '这三个客户', '七米半的卷尺', '店里头十字起子'])('and none in %s', (text) => {
    const { quantities, limit } = amountsOf(text)
    expect({ quantities, limit }).toEqual({ quantities: [], limit: undefined })
  })
})

test('a limit keeps the unit that it was said in', () => {
  expect(amountsOf('掉到两箱以下喊我')).toMatchObject({ threshold: '2', unit: '箱', isBelow: true })
  expect(amountsOf('一千支往上多少钱')).toMatchObject({ threshold: '1000', unit: '支' })
})

test('the steps of an ageing are no prices and no days', () => {
  expect(amountsOf('按三十、六十、九十天切成几段')).toEqual({ quantities: [], prices: [] })
})

test('a week that something does not last is no amount of money', () => {
  expect(amountsOf('撑不过一个礼拜')).toMatchObject({ span: 7 })
  expect(amountsOf('撑不过一个礼拜').threshold).toBeUndefined()
})

test('spoken sizes are read as they are written', () => {
  expect(withDigits('八点八级', isSize)).toBe('8.8级')
  expect(withDigits('七米半的', isSize)).toBe('7.5米的')
  expect(withDigits('7公分长的圆钉', isSize)).toBe('70mm长的圆钉')
})
