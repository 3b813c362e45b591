import { expect, test } from 'vitest'
import type { Decided, Operator } from '#contract'
import type { Reason } from '#contract/engines/rules'
import { changedRules, isDecisive } from './facts-change.model.ts'

const clause = (is: Operator, actual: unknown, limit: unknown, field = 'figure'): Decided => ({
  field,
  is,
  actual,
  limit,
  held: true,
})
const reason = (rule: string, ...because: Decided[]): Reason => ({ rule, version: 1, name: { zh: rule }, because })
const decisive = (seen: Decided, now: Decided): boolean => isDecisive([reason('a', seen)], [reason('a', now)])

test('above an upper limit more is worse, and less is not', () => {
  expect(decisive(clause('gt', '92.84', 90), clause('gt', '93.00', 90))).toBe(true)
  expect(decisive(clause('gt', '92.84', 90), clause('gt', '91.00', 90))).toBe(false)
})

test('below a lower limit less is worse, and more is not', () => {
  expect(decisive(clause('lt', '21.15', '22'), clause('lt', '20', '22'))).toBe(true)
  expect(decisive(clause('lt', '21.15', '22'), clause('lt', '21.5', '22'))).toBe(false)
})

test('a limit that moves away makes it better, one that comes nearer makes it worse', () => {
  expect(decisive(clause('gt', '95', '90'), clause('gt', '95', '94'))).toBe(false)
  expect(decisive(clause('gt', '95', '90'), clause('gt', '95', '80'))).toBe(true)
})

test('what is no number is decisive as soon as it is another', () => {
  expect(decisive(clause('eq', 'B', 'B'), clause('eq', 'B', 'B'))).toBe(false)
  expect(decisive(clause('in', 'B', ['A', 'B']), clause('in', 'A', ['A', 'B']))).toBe(true)
})

test('another rule that fires, or another clause of the same rule, is decisive; one rule less is not', () => {
  const seen = [reason('a', clause('gt', '1', '0')), reason('b', clause('gt', '1', '0'))]
  expect(isDecisive(seen, [...seen, reason('c', clause('gt', '1', '0'))])).toBe(true)
  expect(isDecisive(seen, [reason('a', clause('gt', '1', '0', 'other'))])).toBe(true)
  expect(isDecisive(seen, seen.slice(1))).toBe(false)
  expect(changedRules(seen, seen.slice(1)).map(({ before, now }) => [before?.rule, now])).toEqual([['a', null]])
})
