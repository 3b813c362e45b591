import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { binCodes, binsMax, inBinOrder } from './bin.model.ts'

describe('the codes that a text stands for', () => {
  test.each([
    ['a-01-01', ['A-01-01']],
    ['A-01 , B-02；C-03', ['A-01', 'B-02', 'C-03']],
    ['A-01-01..A-02-02', ['A-01-01', 'A-01-02', 'A-02-01', 'A-02-02']],
    ['A-1..C-1', ['A-1', 'B-1', 'C-1']],
    ['S-08..S-11', ['S-08', 'S-09', 'S-10', 'S-11']],
    ['A-01..A-02 A-02', ['A-01', 'A-02']],
    ['货架1..货架3', ['货架1', '货架2', '货架3']],
  ])('%s', (text, codes) => {
    expect(binCodes(text)).toEqual(codes)
  })

  test.each(['A-05..A-01', 'A-01..B', 'A-01..A-02..A-03', '..', 'A 货!', '', 'A-01-01..Z-99-99', '甲-1..乙-1', '-A'])(
    'what is no code and no range is refused: %s',
    (text) => {
      expect(() => binCodes(text)).toThrow(Refusal)
    },
  )

  test('a range holds as many codes as its parts count, all of them different', () => {
    const part = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 12 }))
    fc.assert(
      fc.property(part, part, ([rack, racks], [level, levels]) => {
        const two = (n: number) => String(n).padStart(2, '0')
        const range = `A-${two(rack)}-${two(level)}..A-${two(rack + racks)}-${two(level + levels)}`
        const codes = binCodes(range)
        expect(new Set(codes).size).toBe((racks + 1) * (levels + 1))
        expect(codes.length).toBeLessThanOrEqual(binsMax)
        expect(codes.toSorted()).toEqual(codes)
      }),
    )
  })
})

test('lines come in the order of their first bins, figures by their value, those without a bin last as they were', () => {
  const line = (id: string, ...codes: string[]) => ({ id, bins: codes.map((code) => ({ code })) })
  const lines = [line('none 1'), line('ten', 'A-10'), line('two', 'A-2', 'A-01'), line('none 2'), line('b', 'B-1')]
  expect(inBinOrder(lines).map(({ id }) => id)).toEqual(['two', 'ten', 'b', 'none 1', 'none 2'])
})
