import { isFields, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { interactiveTags } from './card-parts.ts'

/** Something on a card that a person can touch, and the form it stands in. */
export type Control = { element: Fields; tag: string; name: string; form: Fields | undefined }

/** Every control of a card, in the order of reading. */
export function controlsOf(card: unknown): Control[] {
  const body = isFields(card) && isFields(card['body']) ? card['body'] : {}
  return within(body, undefined)
}

function within(parent: Fields, form: Fields | undefined): Control[] {
  const children = [parent['elements'], parent['columns']].flatMap((list) => (Array.isArray(list) ? list : []))
  return children.filter(isFields).flatMap((element) => {
    const tag = textOf(element['tag'])
    const below = within(element, tag === 'form' ? element : form)
    if (!interactiveTags.has(tag)) return below
    return [{ element, tag, name: nameOf(element), form }, ...below]
  })
}

/** A button outside a form needs no name; then its id or its words say which one is meant. */
function nameOf(element: Fields): string {
  const words = isFields(element['text']) ? textOf(element['text']['content']) : ''
  return textOf(element['name']) || textOf(element['element_id']) || words
}

export type Filled = { values: Fields } | { fault: string }

/** The values of a form as its client sends them, or what the client would not let through. */
export function fill(form: Fields, given: Fields): Filled {
  const fields = within(form, form).filter((control) => control.tag !== 'button')
  const stranger = Object.keys(given).find((name) => !fields.some((field) => field.name === name))
  if (stranger !== undefined) return { fault: `the form has no field ${stranger}` }
  const values: Fields = {}
  for (const { element, tag, name } of fields) {
    const value = given[name] ?? initialOf(element, tag)
    const fault = faultOfValue(element, tag, value)
    if (fault) return { fault: `${labelOf(element, name)}: ${fault}` }
    values[name] = value
  }
  return { values }
}

export function faultOfValue(element: Fields, tag: string, value: unknown): string | undefined {
  const isEmpty = value === '' || value === undefined || (Array.isArray(value) && value.length === 0)
  if (isEmpty) return element['required'] === true ? '必填 (required)' : undefined
  if (tag === 'input') {
    const lengthMax = Number(element['max_length'] ?? 1000)
    return [...String(value)].length > lengthMax ? `最多 ${lengthMax} 字 (too long)` : undefined
  }
  if (tag !== 'select_static' && tag !== 'multi_select_static') return undefined
  const options = Array.isArray(element['options'])
    ? element['options'].filter(isFields).map((option) => option['value'])
    : []
  const chosen = Array.isArray(value) ? value : [value]
  return chosen.every((each) => options.includes(each)) ? undefined : '没有这个选项 (no such option)'
}

function initialOf(element: Fields, tag: string): unknown {
  if (tag === 'checker') return element['checked'] ?? false
  if (tag.startsWith('multi_')) return element['selected_values'] ?? []
  const initial = ['default_value', 'initial_option', 'initial_date', 'initial_time', 'initial_datetime']
  return initial.map((property) => element[property]).find((value) => value !== undefined) ?? ''
}

function labelOf(element: Fields, name: string): string {
  const words = [element['label'], element['placeholder']].find(isFields)
  return words ? textOf(words['content']) : name
}
