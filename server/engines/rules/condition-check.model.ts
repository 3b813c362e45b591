import {
  type Clause,
  comparison,
  type Comparison,
  type Condition,
  type Field,
  type FieldIssue,
  type Fields,
  type Operator,
  valueSchema,
} from '#contract'

const equals: Operator[] = ['eq', 'ne', 'empty', 'filled']
const ordered: Operator[] = [...equals, 'gt', 'gte', 'lt', 'lte', 'in', 'notIn']
const operatorsOf: Record<Comparison, Operator[]> = {
  number: ordered,
  day: ordered,
  text: [...equals, 'in', 'notIn', 'contains'],
  set: ['contains', 'empty', 'filled'],
  yesNo: equals,
}

/** What keeps a condition from working on these fields; `path` is where the condition stands in what was sent. */
export function conditionIssues(condition: Condition, fields: Fields, path: string): FieldIssue[] {
  const parts = (list: Condition[], name: string) =>
    list.flatMap((part, i) => conditionIssues(part, fields, `${path}.${name}.${i}`))
  if ('all' in condition) return [...emptyIssues(condition.all, path), ...parts(condition.all, 'all')]
  if ('any' in condition) return [...emptyIssues(condition.any, path), ...parts(condition.any, 'any')]
  if ('not' in condition) return conditionIssues(condition.not, fields, `${path}.not`)
  return clauseIssues(condition, fields, path)
}

const issue = (path: string, zh: string, en: string): FieldIssue[] => [{ field: path, message: `${zh} / ${en}` }]

/** An empty "all" would always hold and an empty "any" never: neither is what somebody meant. */
const emptyIssues = (parts: Condition[], path: string): FieldIssue[] =>
  parts.length > 0 ? [] : issue(path, '至少写一个条件', 'at least one condition is needed')

function clauseIssues(clause: Clause, fields: Fields, path: string): FieldIssue[] {
  const field = fields[clause.field]
  if (!field) return issue(`${path}.field`, `没有字段 ${clause.field}`, `there is no field ${clause.field}`)
  if (!operatorsOf[comparison(field)].includes(clause.is))
    return issue(
      `${path}.is`,
      `「${field.label.zh}」不能用 ${clause.is} 比较`,
      `${field.label.en ?? clause.field} cannot be compared by ${clause.is}`,
    )
  return clause.than === undefined ? valueIssues(clause, field, path) : otherFieldIssues(clause, field, fields, path)
}

function otherFieldIssues(clause: Clause, field: Field, fields: Fields, path: string): FieldIssue[] {
  const than = clause.than ?? ''
  const other = fields[than]
  if (!other) return issue(`${path}.than`, `没有字段 ${than}`, `there is no field ${than}`)
  if (clause.value !== undefined)
    return issue(`${path}.value`, '比较值和比较字段只能写一个', 'give a value or a field, not both')
  const fits = comparison(other) === comparison(field) && !takesMany(clause.is) && !takesNothing(clause.is)
  return fits
    ? []
    : issue(
        `${path}.than`,
        `「${field.label.zh}」不能与「${other.label.zh}」比较`,
        `${clause.field} cannot be compared with ${than}`,
      )
}

function valueIssues({ is, value }: Clause, field: Field, path: string): FieldIssue[] {
  if (takesNothing(is))
    return value === undefined ? [] : issue(`${path}.value`, `${is} 不需要比较值`, `${is} takes no value`)
  const values = Array.isArray(value) ? value : [value]
  if (takesMany(is) !== Array.isArray(value) || values.length === 0)
    return issue(
      `${path}.value`,
      takesMany(is) ? '需要一组比较值' : '需要一个比较值',
      takesMany(is) ? 'a list of values is needed' : 'a value is needed',
    )
  return values.every((one) => fitsField(field, one))
    ? []
    : issue(
        `${path}.value`,
        `比较值不符合「${field.label.zh}」`,
        `the value does not fit ${field.label.en ?? field.label.zh}`,
      )
}

const takesMany = (is: Operator): boolean => is === 'in' || is === 'notIn'
const takesNothing = (is: Operator): boolean => is === 'empty' || is === 'filled'

function fitsField(field: Field, value: unknown): boolean {
  // A limit may be finer than the field: 22.5 days is a fair limit for a whole number of days.
  if (comparison(field) === 'number')
    return ['string', 'number'].includes(typeof value) && /^-?\d+(\.\d+)?$/.test(String(value))
  if (field.kind === 'choices') return valueSchema(field).safeParse([value]).success
  // A piece of a text is looked for, which need not be a whole valid one.
  if (field.kind === 'text' || field.kind === 'longText') return typeof value === 'string' && value !== ''
  return valueSchema(field).safeParse(value).success
}
