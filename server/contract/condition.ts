import { Decimal } from 'decimal.js'
import { z } from 'zod'

/** How a clause compares. Numbers are compared as decimals, days and texts as texts. */
export const operators = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'notIn', 'contains', 'empty', 'filled'] as const
export type Operator = (typeof operators)[number]

type Scalar = string | number | boolean | null
/** A clause compares a field with a value, or with another field of the same facts. */
export type Clause = { field: string; is: Operator; value?: Scalar | Scalar[]; than?: string }
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Clause
export type Facts = Record<string, unknown>

const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()])
export const Clause = z.strictObject({
  field: z.string().regex(/^[\w.]{1,80}$/),
  is: z.enum(operators),
  value: z.union([scalar, z.array(scalar).max(100)]).optional(),
  than: z
    .string()
    .regex(/^[\w.]{1,80}$/)
    .optional(),
})
/** all/any/not trees of clauses, at most eight levels deep when parsed through `parseCondition`. */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(Condition).max(50) }),
    z.strictObject({ any: z.array(Condition).max(50) }),
    z.strictObject({ not: Condition }),
    Clause,
  ]),
)

/** A clause as it was decided: what the field was, and what it was held against. */
export type Decided = { field: string; is: Operator; actual: unknown; limit: unknown; held: boolean }
export type Verdict = { holds: boolean; because: Decided[] }

/** Decides a condition over facts and names the clauses that decided it, with their figures. */
export function holds(condition: Condition, facts: Facts): Verdict {
  if ('all' in condition) return every(condition.all.map((part) => holds(part, facts)))
  if ('any' in condition) return some(condition.any.map((part) => holds(part, facts)))
  if ('not' in condition) {
    const inner = holds(condition.not, facts)
    return { holds: !inner.holds, because: inner.because }
  }
  const actual = facts[condition.field]
  const limit = condition.than === undefined ? condition.value : facts[condition.than]
  const held = compare(condition.is, actual, limit)
  return { holds: held, because: [{ field: condition.field, is: condition.is, actual, limit, held }] }
}

/** "All" is decided by every part when it holds, and by the first that fails when it does not. */
function every(parts: Verdict[]): Verdict {
  const failed = parts.find((part) => !part.holds)
  return failed ?? { holds: true, because: parts.flatMap((part) => part.because) }
}

/** "Any" is decided by the first part that holds, and by all of them when none does. */
function some(parts: Verdict[]): Verdict {
  const held = parts.find((part) => part.holds)
  return held ?? { holds: false, because: parts.flatMap((part) => part.because) }
}

function compare(is: Operator, actual: unknown, limit: unknown): boolean {
  switch (is) {
    case 'empty':
      return isEmpty(actual)
    case 'filled':
      return !isEmpty(actual)
    case 'in':
      return Array.isArray(limit) && limit.some((one) => equal(actual, one))
    case 'notIn':
      return Array.isArray(limit) && !limit.some((one) => equal(actual, one))
    case 'contains':
      return Array.isArray(actual)
        ? actual.some((one) => equal(one, limit))
        : String(actual ?? '').includes(String(limit ?? ''))
    case 'eq':
      return equal(actual, limit)
    case 'ne':
      return !equal(actual, limit)
    default:
      return ordered(is, actual, limit)
  }
}

/** Something that is not known is neither above nor below anything. */
function ordered(is: 'gt' | 'gte' | 'lt' | 'lte', actual: unknown, limit: unknown): boolean {
  if (isEmpty(actual) || isEmpty(limit)) return false
  const order = order3(actual, limit)
  if (is === 'gt') return order > 0
  if (is === 'gte') return order >= 0
  if (is === 'lt') return order < 0
  return order <= 0
}

function order3(a: unknown, b: unknown): number {
  if (isNumeric(a) && isNumeric(b)) return new Decimal(String(a)).cmp(new Decimal(String(b)))
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

const equal = (a: unknown, b: unknown): boolean =>
  isEmpty(a) || isEmpty(b) ? isEmpty(a) && isEmpty(b) : order3(a, b) === 0
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
const isNumeric = (value: unknown): boolean => /^-?\d+(\.\d+)?$/.test(String(value))

/** The fields a condition looks at, for checking it when it is saved. */
export function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf)
  if ('any' in condition) return condition.any.flatMap(fieldsOf)
  if ('not' in condition) return fieldsOf(condition.not)
  return condition.than ? [condition.field, condition.than] : [condition.field]
}
