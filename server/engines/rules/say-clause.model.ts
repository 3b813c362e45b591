import { type Decided, type Fields, type Lang, type Operator, say, showValue, type Text } from '#contract'

const signs: Record<Operator, Text> = {
  eq: { zh: '=' },
  ne: { zh: '≠' },
  gt: { zh: '>' },
  gte: { zh: '≥' },
  lt: { zh: '<' },
  lte: { zh: '≤' },
  in: { zh: '属于', en: 'is one of' },
  notIn: { zh: '不属于', en: 'is none of' },
  contains: { zh: '包含', en: 'contains' },
  empty: { zh: '为空', en: 'is empty' },
  filled: { zh: '已填写', en: 'is filled in' },
}
/** What is true when a clause did not hold. What does not contain has no sign of its own. */
const opposites: Partial<Record<Operator, Operator>> = {
  eq: 'ne',
  ne: 'eq',
  gt: 'lte',
  gte: 'lt',
  lt: 'gte',
  lte: 'gt',
  in: 'notIn',
  notIn: 'in',
  empty: 'filled',
  filled: 'empty',
}

/** A clause in words, with its figures, as it was decided: 信用额度使用 92.84% > 90%. */
export function sayClause(decided: Decided, fields: Fields, lang: Lang): string {
  const label = clauseLabel(decided, fields, lang)
  const { actual, limit } = figuresOf(decided, fields, lang)
  const is = decided.held ? decided.is : opposites[decided.is]
  if (is === undefined)
    return lang === 'en' ? `${label} ${actual} does not contain ${limit}` : `${label} ${actual} 不包含 ${limit}`
  if (is === 'empty' || is === 'filled') return `${label} ${say(signs[is], lang)}`
  // That something equals what it equals need not be said twice.
  if (is === 'eq') return `${label} = ${limit === '—' ? actual : limit}`
  return `${label} ${actual} ${say(signs[is], lang)} ${limit}`
}

/** A clause without its figures, for somebody who may not read them. */
export function sayHidden(decided: Decided, fields: Fields): Text {
  return {
    zh: `${clauseLabel(decided, fields, 'zh')}（无权查看数值）`,
    en: `${clauseLabel(decided, fields, 'en')} (you may not see the figures)`,
  }
}

/** Both sides of a clause as people read them. */
export function figuresOf(
  { field: key, actual, limit }: Decided,
  fields: Fields,
  lang: Lang,
): { actual: string; limit: string } {
  const field = fields[key]
  const shown = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(shown).join('、')
    return field ? showValue(field, value, lang) : String(value ?? '—')
  }
  return { actual: shown(actual), limit: shown(limit) }
}

const clauseLabel = ({ field }: Decided, fields: Fields, lang: Lang): string => {
  const label = fields[field]?.label
  return label ? say(label, lang) : field
}
