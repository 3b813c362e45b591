import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'

/** What a layout reads while it is drawn: the card's variables, and the item of a loop that is under way. */
export type Scope = { values: Fields; loop: Fields | undefined }

/** A property of a component: fixed, a variable, or a text with `${variables}` in it. */
export function valueOf(property: unknown, scope: Scope): unknown {
  if (!isFields(property)) return property
  if (property['type'] === 'dynamicString') {
    const variable = textOf(property['variable'])
    if (variable) return lookUp(variable, scope)
    return textOf(property['content']).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => asText(lookUp(name, scope)))
  }
  if (property['type'] === 'variableValue' || property['valueType'] === 'variable') {
    return lookUp(textOf(property['variable']), scope)
  }
  return property['value']
}

export function words(property: unknown, scope: Scope): string {
  return asText(valueOf(property, scope))
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Inside a loop a variable is named after the first item of the list: `rows[0].label`. */
export function lookUp(name: string, scope: Scope): unknown {
  const inLoop = /^(?:.*\[0\]|loop)\.(.+)$/.exec(name.trim())?.[1]
  const from = inLoop === undefined ? scope.values : scope.loop
  return (inLoop ?? name.trim())
    .split('.')
    .reduce<unknown>((value, key) => (isFields(value) ? value[key] : undefined), from)
}

/** Whether a component shows at all: always, by a variable, or by a condition over several. */
export function isVisible(visible: unknown, scope: Scope): boolean {
  if (!isFields(visible)) return true
  if (visible['valueType'] === 'variable') return isTrue(lookUp(textOf(visible['variable']), scope))
  if (visible['valueType'] === 'condition') return holds(visible['condition'], scope)
  return visible['value'] !== false
}

function holds(condition: unknown, scope: Scope): boolean {
  if (!isFields(condition)) return true
  const inner = condition['conditions']
  if (!Array.isArray(inner)) return clauseHolds(condition, scope)
  if (inner.length === 0) return true
  return condition['op'] === 'or' ? inner.some((each) => holds(each, scope)) : inner.every((each) => holds(each, scope))
}

function clauseHolds(clause: Fields, scope: Scope): boolean {
  const value = lookUp(textOf(clause['variable']), scope)
  const other = clause['valueType'] === 'variable' ? lookUp(asText(clause['value']), scope) : clause['value']
  switch (clause['op']) {
    case 'isTrue':
      return isTrue(value)
    case 'isFalse':
      return !isTrue(value)
    case 'isEmpty':
      return isEmpty(value)
    case 'isNotEmpty':
    case 'isMarkdownNotEmpty':
      return !isEmpty(value)
    case 'equal':
      return asText(value) === asText(other)
    case 'notEqual':
      return asText(value) !== asText(other)
    case 'lt':
      return Number(value) < Number(other)
    case 'gt':
      return Number(value) > Number(other)
    default:
      throw new Error(`a template asks for an unknown condition: ${asText(clause['op'])}`)
  }
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
