import { expect, test } from 'vitest'
import type { Decided, Fields, Operator } from '#contract'
import { sayClause, sayHidden } from './say-clause.model.ts'

const fields: Fields = {
  used: { kind: 'percent', label: { zh: '信用额度使用', en: 'Credit used' } },
  amount: { kind: 'money', label: { zh: '金额', en: 'Amount' } },
  level: {
    kind: 'choice',
    label: { zh: '等级', en: 'Level' },
    options: [
      { value: 'a', label: { zh: '甲', en: 'First' } },
      { value: 'b', label: { zh: '乙', en: 'Second' } },
    ],
  },
  rush: { kind: 'yesNo', label: { zh: '加急', en: 'Rush' } },
  note: { kind: 'text', label: { zh: '备注', en: 'Note' } },
}
const said = (
  field: string,
  is: Operator,
  actual: unknown,
  limit: unknown,
  held = true,
  lang: 'zh' | 'en' = 'zh',
): string => sayClause({ field, is, actual, limit, held } satisfies Decided, fields, lang)

test('a clause is said with its figures', () => {
  expect(said('used', 'gt', '92.84', 90)).toBe('信用额度使用 92.84% > 90%')
  expect(said('used', 'gt', '92.84', 90, true, 'en')).toBe('Credit used 92.84% > 90%')
  expect(said('amount', 'gte', '25000.00', '10000')).toBe('金额 ¥25,000.00 ≥ ¥10,000')
})

test('a clause that did not hold is said as what is true', () => {
  expect(said('used', 'gt', '89.84', 90, false)).toBe('信用额度使用 89.84% ≤ 90%')
  expect(said('level', 'in', 'b', ['a'], false)).toBe('等级 乙 不属于 甲')
  expect(said('note', 'empty', '急', undefined, false)).toBe('备注 已填写')
  expect(said('note', 'contains', '好', '急', false, 'en')).toBe('Note 好 does not contain 急')
})

test('what equals is said once, and a choice, a yes and a list by their words', () => {
  expect(said('level', 'eq', 'a', 'a')).toBe('等级 = 甲')
  expect(said('rush', 'eq', true, true, true, 'en')).toBe('Rush = Yes')
  expect(said('level', 'in', 'a', ['a', 'b'], true, 'en')).toBe('Level First is one of First、Second')
  expect(said('level', 'ne', 'b', 'b', false)).toBe('等级 = 乙')
})

test('what is not known reads as a dash, and a field that is gone by its key', () => {
  expect(said('used', 'lt', null, 90, false)).toBe('信用额度使用 — ≥ 90%')
  expect(said('gone', 'eq', 'x', 'x')).toBe('gone = x')
})

test('without the right to read it a clause has no figure', () => {
  const clause: Decided = { field: 'used', is: 'gt', actual: '92.84', limit: 90, held: true }
  expect(JSON.stringify(sayHidden(clause, fields))).not.toMatch(/\d/)
})
