import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Condition, fieldsOf, holds, operators } from './index.ts'

const credit: Condition = {
  all: [
    { field: 'used', is: 'gt', value: '90' },
    {
      any: [
        { field: 'level', is: 'in', value: ['B', 'C'] },
        { field: 'overdue', is: 'gte', value: 1 },
      ],
    },
  ],
}

test('a condition that holds names every clause it rests on, with its figures', () => {
  expect(holds(credit, { used: '92.84', level: 'B', overdue: '0' })).toEqual({
    holds: true,
    because: [
      { field: 'used', is: 'gt', actual: '92.84', limit: '90', held: true },
      { field: 'level', is: 'in', actual: 'B', limit: ['B', 'C'], held: true },
    ],
  })
})

test('a condition that does not hold names the clause that failed', () => {
  expect(holds(credit, { used: '90.00', level: 'B', overdue: '0' }).because).toEqual([
    { field: 'used', is: 'gt', actual: '90.00', limit: '90', held: false },
  ])
})

test('numbers compare as decimals, not as text', () => {
  expect(holds({ field: 'a', is: 'lt', value: '10.00' }, { a: '9.999999' }).holds).toBe(true)
  expect(holds({ field: 'a', is: 'eq', value: '0.3' }, { a: '0.30' }).holds).toBe(true)
})

test('what is not known is neither above nor below a limit', () => {
  for (const is of ['gt', 'gte', 'lt', 'lte'] as const)
    expect(holds({ field: 'a', is, value: 1 }, {}).holds).toBe(false)
  expect(holds({ field: 'a', is: 'empty' }, {}).holds).toBe(true)
})

test('a clause may compare two fields of the same facts', () => {
  expect(holds({ field: 'after', is: 'gt', than: 'limit' }, { after: '100001', limit: '100000' }).holds).toBe(true)
})

const clause: fc.Arbitrary<Condition> = fc.record({
  field: fc.constantFrom('a', 'b'),
  is: fc.constantFrom(...operators),
  value: fc.constantFrom('1', '2', null),
})
const tree: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    clause,
    fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).node
const facts = fc.record({ a: fc.constantFrom('0', '1', '2', undefined), b: fc.constantFrom('1', undefined) })

test('a condition and its negation never agree, and De Morgan holds', () => {
  fc.assert(
    fc.property(tree, tree, facts, (one, other, given) => {
      expect(holds({ not: one }, given).holds).toBe(!holds(one, given).holds)
      expect(holds({ not: { any: [one, other] } }, given).holds).toBe(
        holds({ all: [{ not: one }, { not: other }] }, given).holds,
      )
    }),
  )
})

test('the clauses that decided it are among those it was asked about', () => {
  fc.assert(
    fc.property(tree, facts, (condition, given) => {
      const asked = fieldsOf(condition)
      for (const decided of holds(condition, given).because) expect(asked).toContain(decided.field)
    }),
  )
})
