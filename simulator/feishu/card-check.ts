import { isFields, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { elements, faultOf, interactiveTags, root, tableColumn } from './card-parts.ts'

const ELEMENTS_MAX = 200
const TABLES_MAX = 5

/** The platform's sub-codes, which come inside the message of 230099. */
const code = { parse: 200621, element: 11310, form: 200530, unsupported: 200861, person: 100290 }

/** A fault of a card: sub-code and words in the form in which Feishu gives them. */
class CardFault extends Error {
  constructor(code: number, what: string, path: string) {
    super(`ext=ErrCode: ${code}; ErrMsg: ${what}; ErrorValue: path: ${path}`)
  }
}

type Walk = { count: number; tables: number; ids: Set<string>; knows: (personId: string) => boolean }
type Form = { names: Set<string>; hasSubmit: boolean }

/** Checks a card of JSON 2.0 as strictly as the platform does. Answers what is wrong, or nothing. */
export function checkCard(card: unknown, knows: (personId: string) => boolean = () => true): string | undefined {
  try {
    checkRoot(card, { count: 0, tables: 0, ids: new Set(), knows })
    return undefined
  } catch (error) {
    if (error instanceof CardFault) return error.message
    throw error
  }
}

function checkRoot(card: unknown, walk: Walk): void {
  if (!isFields(card)) throw new CardFault(code.parse, 'parse card json err: a card is an object', 'ROOT')
  const fault = faultOf(card, root)
  if (fault) throw new CardFault(code.parse, `parse card json err: ${fault}`, 'ROOT')
  const body = isFields(card['body']) ? card['body'] : {}
  checkAll(body['elements'], 'ROOT -> body -> elements', walk, undefined, true)
}

function checkAll(list: unknown, path: string, walk: Walk, form: Form | undefined, atRoot: boolean): void {
  for (const [index, element] of (Array.isArray(list) ? list : []).entries()) {
    const tag = isFields(element) ? textOf(element['tag']) : ''
    const here = `${path} -> [${index}](tag: ${tag})`
    if (!isFields(element)) throw new CardFault(code.parse, 'parse card json err: an element is an object', here)
    checkElement(element, tag, here, walk, form, atRoot)
  }
}

function checkElement(
  element: Fields,
  tag: string,
  path: string,
  walk: Walk,
  form: Form | undefined,
  atRoot: boolean,
): void {
  const part = Object.hasOwn(elements, tag) ? elements[tag] : undefined
  if (!part)
    throw new CardFault(
      code.unsupported,
      `cards of schema V2 do not support this capability: unsupported tag ${tag}`,
      path,
    )
  const fault = faultOf(element, part)
  if (fault) throw new CardFault(code.parse, `parse card json err: ${fault}`, path)

  walk.count += 1
  if (walk.count > ELEMENTS_MAX) throw new CardFault(code.element, `element exceeds the limit of ${ELEMENTS_MAX}`, path)
  checkId(element, path, walk)
  checkPeople(element, path, walk)
  if (tag === 'table') checkTable(element, path, walk, form)
  if (tag === 'form') return checkForm(element, path, walk, form, atRoot)
  if (interactiveTags.has(tag)) checkInteractive(element, tag, path, form)
  for (const name of part.holds ?? []) checkAll(element[name], `${path} -> ${name}`, walk, form, false)
}

function checkId(element: Fields, path: string, walk: Walk): void {
  const id = textOf(element['element_id'])
  if (!id) return
  if (walk.ids.has(id)) throw new CardFault(code.parse, `parse card json err: element_id ${id} is used twice`, path)
  walk.ids.add(id)
}

/** Mentions and person elements must name somebody whom the app can know. */
function checkPeople(element: Fields, path: string, walk: Walk): void {
  const mentioned = [...textOf(element['content']).matchAll(/<at id="?([^">\s]+)"?/g)].map((match) => match[1] ?? '')
  const persons = Array.isArray(element['persons'])
    ? element['persons'].map((each) => (isFields(each) ? textOf(each['id']) : ''))
    : []
  const named = [...mentioned, ...persons, ...(element['tag'] === 'person' ? [textOf(element['user_id'])] : [])]
  const unknown = named.find((id) => id !== 'all' && !walk.knows(id))
  if (unknown !== undefined) throw new CardFault(code.person, `invalid user id: ${unknown}`, path)
}

function checkTable(element: Fields, path: string, walk: Walk, form: Form | undefined): void {
  if (form) throw new CardFault(code.element, 'a form can not hold a table', path)
  walk.tables += 1
  if (walk.tables > TABLES_MAX) throw new CardFault(code.element, `card table number over limit of ${TABLES_MAX}`, path)
  for (const column of Array.isArray(element['columns']) ? element['columns'] : []) {
    const fault = isFields(column) ? faultOf(column, tableColumn) : 'must be an object'
    if (fault) throw new CardFault(code.parse, `parse card json err: columns: ${fault}`, path)
  }
}

function checkForm(element: Fields, path: string, walk: Walk, outer: Form | undefined, atRoot: boolean): void {
  if (outer || !atRoot) throw new CardFault(code.element, 'a form stands only at the root of the body', path)
  const form: Form = { names: new Set(), hasSubmit: false }
  checkAll(element['elements'], `${path} -> elements`, walk, form, false)
  if (!form.hasSubmit) throw new CardFault(code.form, 'a form needs a button with form_action_type submit', path)
}

function checkInteractive(element: Fields, tag: string, path: string, form: Form | undefined): void {
  if (!form) {
    if (element['form_action_type']) throw new CardFault(code.form, 'form_action_type stands only inside a form', path)
    return
  }
  const name = textOf(element['name'])
  if (!name) throw new CardFault(code.form, 'an interactive element in a form needs a name', path)
  if (form.names.has(name)) throw new CardFault(code.form, `the name ${name} is used twice in the form`, path)
  form.names.add(name)
  if (tag === 'button' && element['form_action_type'] === 'submit') form.hasSubmit = true
}
