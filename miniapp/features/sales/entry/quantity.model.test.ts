import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bolt } from './fixtures/house.ts'
import { countsOf, readQuantity, stepped, typedOf, withCount } from './quantity.model.ts'

const { units } = bolt

test('12箱7支 is read as it is said, and counts 12,007 pieces', () => {
  expect(readQuantity('12箱7支', units)).toMatchObject({ kind: 'read', base: '12007' })
  expect(readQuantity(' 12 箱 7 ', units)).toMatchObject({ kind: 'read', base: '12007' })
})

test('nothing, or a quantity of nothing, is not yet a quantity', () => {
  for (const typed of ['', '  ', '0', '0箱0支']) expect(readQuantity(typed, units).kind).toBe('blank')
})

test('a unit that the item has not is refused with those that it has', () => {
  const read = readQuantity('3袋', units)
  expect(read.kind === 'unread' && read.refusal.say('zh')).toBe('没有单位「袋」，可用单位：支、盒、箱')
})

test('what does not come out in the base unit is refused, never rounded', () => {
  const read = readQuantity('1片', [
    { unit: '张', numerator: 1, denominator: 1 },
    { unit: '片', numerator: 1, denominator: 3 },
  ])
  expect(read.kind === 'unread' && read.refusal.code).toBe('inexact_quantity')
})

test('the count of one unit is changed without touching the others, largest unit first', () => {
  expect(withCount('7支', units, '箱', '12')).toBe('12箱7支')
  expect(withCount('12箱7支', units, '支', '')).toBe('12箱')
  expect(countsOf('12箱7支', units)).toEqual({ 箱: '12', 支: '7' })
})

test('stepping down stops at nothing', () => {
  expect(stepped('1箱', units, '箱', -1)).toBe('')
  expect(stepped('', units, '箱', -1)).toBe('')
  expect(stepped('1箱', units, '支', 1)).toBe('1箱1支')
})

test('what is typed from counts is read back as the same counts', () => {
  const counts = fc.record({ 箱: fc.nat(999), 盒: fc.nat(999), 支: fc.nat(99_999) })
  fc.assert(
    fc.property(counts, (wanted) => {
      let typed = ''
      for (const [unit, count] of Object.entries(wanted)) typed = withCount(typed, units, unit, String(count))
      const read = readQuantity(typed, units)
      const base = wanted.箱 * 1000 + wanted.盒 * 50 + wanted.支
      if (base === 0) return expect(read.kind).toBe('blank')
      expect(read).toMatchObject({ kind: 'read', base: String(base) })
      expect(read.kind === 'read' && typedOf(read.entered)).toBe(typed)
    }),
  )
})
