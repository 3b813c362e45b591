import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Condition, type Fields, operators } from '#contract'
import { SentCondition } from './contract.ts'
import { conditionIssues } from './condition-check.model.ts'

const label = { zh: '字段', en: 'Field' }
const fields: Fields = {
  money: { kind: 'money', label },
  percent: { kind: 'percent', label },
  text: { kind: 'text', label },
  day: { kind: 'day', label },
  yesNo: { kind: 'yesNo', label },
  choice: { kind: 'choice', label, options: [{ value: 'a', label }] },
  choices: { kind: 'choices', label, options: [{ value: 'a', label }] },
}
const places = (condition: Condition): string[] =>
  conditionIssues(condition, fields, 'condition').map((issue) => issue.field)

test.each<Condition>([
  { field: 'money', is: 'gt', value: '90.5' },
  { field: 'money', is: 'in', value: [1, 2] },
  { field: 'money', is: 'lt', than: 'percent' },
  { field: 'text', is: 'contains', value: '急' },
  { field: 'text', is: 'filled' },
  { field: 'day', is: 'lte', value: '2026-11-02' },
  { field: 'yesNo', is: 'eq', value: true },
  { field: 'choice', is: 'notIn', value: ['a'] },
  { field: 'choices', is: 'contains', value: 'a' },
  { all: [{ any: [{ not: { field: 'text', is: 'empty' } }] }] },
])('%j can be saved', (condition) => {
  expect(places(condition)).toEqual([])
})

test.each<[Condition, string]>([
  [{ field: 'gone', is: 'eq', value: 1 }, 'condition.field'],
  [{ field: 'text', is: 'gt', value: 'a' }, 'condition.is'],
  [{ field: 'yesNo', is: 'contains', value: 'a' }, 'condition.is'],
  [{ field: 'money', is: 'gt', value: 'much' }, 'condition.value'],
  [{ field: 'money', is: 'gt' }, 'condition.value'],
  [{ field: 'money', is: 'gt', value: [1] }, 'condition.value'],
  [{ field: 'money', is: 'in', value: 1 }, 'condition.value'],
  [{ field: 'money', is: 'empty', value: 1 }, 'condition.value'],
  [{ field: 'choice', is: 'eq', value: 'z' }, 'condition.value'],
  [{ field: 'choices', is: 'contains', value: 'z' }, 'condition.value'],
  [{ field: 'day', is: 'gt', value: 'tomorrow' }, 'condition.value'],
  [{ field: 'money', is: 'lt', than: 'text' }, 'condition.than'],
  [{ field: 'money', is: 'lt', than: 'gone' }, 'condition.than'],
  [{ field: 'money', is: 'lt', than: 'percent', value: 1 }, 'condition.value'],
  [{ all: [] }, 'condition'],
  [{ any: [{ field: 'text', is: 'filled' }, { not: { field: 'gone', is: 'filled' } }] }, 'condition.any.1.not.field'],
])('%j is refused at %s', (condition, place) => {
  expect(places(condition)).toEqual([place])
})

describe('however it is nested', () => {
  const clause = { field: 'text', is: 'filled' }
  const nested = (levels: number): unknown =>
    Array.from({ length: levels - 1 }).reduce((inner) => ({ not: inner }), clause as unknown)

  test('eight levels are taken, nine are not, and a hundred thousand do no harm', () => {
    expect(SentCondition.safeParse(nested(8)).success).toBe(true)
    expect(SentCondition.safeParse(nested(9)).success).toBe(false)
    expect(SentCondition.safeParse(nested(100_000)).success).toBe(false)
  })

  test('checking never fails, whatever the contract lets through', () => {
    const anyClause = fc.record({
      field: fc.constantFrom(...Object.keys(fields), 'gone'),
      is: fc.constantFrom(...operators),
      value: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string())),
    })
    const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        anyClause,
        fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
        fc.record({ not: tie('tree') }),
      ),
    }))
    fc.assert(
      fc.property(tree, (condition) => {
        const places = conditionIssues(condition, fields, 'condition').map((issue) => issue.field)
        expect(places.filter((place) => !place.startsWith('condition'))).toEqual([])
      }),
    )
  })
})
