import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import type { DrawnBlock, DrawnButton, DrawnField } from './drawn.ts'
import { isVisible, lookUp, valueOf, words } from './expressions.ts'
import type { Scope } from './expressions.ts'
import { valuesOf } from './template.ts'
import type { Template, TemplateNode } from './template.ts'

/** Lays a template out with the variables that one viewer has. `typed` is what he has typed into it so far. */
export function draw(template: Template, texts: Record<string, string>, typed: Fields = {}): DrawnBlock[] {
  const scope: Scope = { values: { ...valuesOf(template, texts), ...typed }, loop: undefined }
  return template.nodes.flatMap((node) => blocksOf(node, scope))
}

export type Control = { button: DrawnButton; form: { name: string; fields: DrawnField[] } | undefined }

/** All buttons of a drawn card, each with the form in which it stands. */
export function controlsOf(blocks: DrawnBlock[]): Control[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map((button) => ({ button, form: undefined }))
    if (block.kind === 'form') return block.buttons.map((button) => ({ button, form: block }))
    return block.kind === 'row' ? controlsOf(block.columns.flat()) : []
  })
}

/** The fields outside any form: what is typed there goes with every button. */
export function looseFields(blocks: DrawnBlock[]): DrawnField[] {
  return blocks.flatMap((block) =>
    block.kind === 'field' ? [block.field] : block.kind === 'row' ? looseFields(block.columns.flat()) : [],
  )
}

function blocksOf(node: TemplateNode, scope: Scope): DrawnBlock[] {
  if (!isVisible(node.props['visible'], scope)) return []
  const { props, children } = node
  const inner = () => children.flatMap((child) => blocksOf(child, scope))
  switch (node.component) {
    case 'CardHeader':
    case 'CardHeaderV2':
      return [{ kind: 'header', title: words(props['title'], scope), tags: tagsIn(props['titleAfterSlot'], scope) }]
    case 'BaseText':
      return drawText(props, scope)
    case 'Markdown':
    case 'MarkdownBlock':
      return nonEmpty(words(props['content'], scope)).map((text) => ({ kind: 'markdown', text }))
    case 'Divider':
      return [{ kind: 'divider' }]
    case 'Image':
      return nonEmpty(words(props['imageUrl'] ?? props['url'], scope)).map((url) => ({ kind: 'image', url }))
    case 'Tag':
      return nonEmpty(words(props['text'], scope)).map((text) => ({
        kind: 'tag',
        text,
        colour: words(props['color'], scope),
      }))
    case 'ColumnLayout':
      return [{ kind: 'row', columns: children.map((child) => blocksOf(child, scope)) }]
    case 'Loop':
      return drawLoop(node, scope)
    case 'ButtonGroup':
      return drawButtons(props, scope)
    case 'SingleButton':
      return [{ kind: 'buttons', buttons: [singleButton(props, scope)], isRow: true }]
    case 'Form':
      return drawForm(node, scope)
    case 'Input':
    case 'SelectBlock':
      return drawLoneField(node, scope)
    default:
      return node.component === 'Grid' && props['direction'] === 'horizontal'
        ? [{ kind: 'row', columns: children.map((child) => blocksOf(child, scope)) }]
        : inner()
  }
}

function drawText(props: Fields, scope: Scope): DrawnBlock[] {
  return nonEmpty(words(props['text'], scope)).map((text) => ({
    kind: 'text',
    text,
    colour: words(props['color'], scope),
    isBold: props['bold'] === true,
    size: textOf(props['styleToken']),
  }))
}

function drawLoop({ props, children }: TemplateNode, scope: Scope): DrawnBlock[] {
  const items = valueOf(props['listData'], scope)
  if (!Array.isArray(items)) return []
  return items.flatMap((item) =>
    children.flatMap((child) => blocksOf(child, { ...scope, loop: isFields(item) ? item : { value: item } })),
  )
}

/** Buttons come from the template, or from a variable that lists them with what each does. */
function drawButtons(props: Fields, scope: Scope): DrawnBlock[] {
  const listed = props['buttonsSource'] === 'variable' ? valueOf(props['dynamicButtons'], scope) : undefined
  const fixed = Array.isArray(props['fixedButtons']) ? props['fixedButtons'].filter(isFields) : []
  const buttons = Array.isArray(listed)
    ? listed.filter(isFields).map(listedButton)
    : fixed.filter((each) => isVisible(each['visible'], scope)).map((each) => singleButton(each, scope))
  return buttons.length > 0 ? [{ kind: 'buttons', buttons, isRow: true }] : []
}

function listedButton(given: Fields): DrawnButton {
  const event = isFields(given['event']) ? given['event'] : {}
  const params = isFields(event['params']) ? event['params'] : {}
  const text = textOf(given['text'])
  const actionId = textOf(params['actionId'])
  const sent = isFields(params['params']) ? params['params'] : {}
  const isLink = event['type'] === 'openLink'
  return {
    name: isLink ? text : actionId || text,
    text,
    colour: textOf(given['color']) || 'gray',
    isDisabled: given['status'] === 'disabled',
    does: isLink ? { kind: 'open', url: textOf(params['url']) } : { kind: 'request', actionId, params: sent },
  }
}

function singleButton(props: Fields, scope: Scope): DrawnButton {
  const text = words(props['text'], scope)
  const look = {
    text,
    colour: words(props['color'], scope) || 'gray',
    isDisabled: words(props['status'], scope) === 'disabled',
    ...(props['actionType'] === 'confirm' && {
      confirm: { title: words(props['confirmTitle'], scope), text: words(props['confirmMessage'], scope) },
    }),
  }
  const asked = requestOf(props)
  if (!asked) return { ...look, name: text, does: { kind: 'open', url: words(props['url'], scope) } }
  const actionId = words(asked['actionId'], scope)
  return {
    ...look,
    name: actionId || text,
    does: { kind: 'request', actionId, params: paramsOf(asked['params'], scope) },
  }
}

/** What a button sends back: its own request, the one it asks about first, or the first one in its chain of events. */
function requestOf(props: Fields): Fields | undefined {
  if (props['actionType'] === 'request') return props
  if (props['actionType'] === 'confirm' && props['confirmOkAction'] === 'request') {
    return { actionId: props['confirmOkReqActionActionId'], params: props['confirmOkReqActionParams'] }
  }
  if (props['actionType'] !== 'eventChain' || !Array.isArray(props['events'])) return undefined
  const events = props['events']
    .filter(isFields)
    .map((each) => each['event'])
    .filter(isFields)
  return events.find((event) => event['actionType'] === 'request')
}

function paramsOf(given: unknown, scope: Scope): Fields {
  const listed = Array.isArray(given) ? given.filter(isFields) : []
  const named = listed.filter((param) => textOf(param['name']) !== '' && param['type'] !== 'builtIn')
  return Object.fromEntries(
    named.map((param) => [
      textOf(param['name']),
      param['type'] === 'variable' ? (lookUp(textOf(param['variable']), scope) ?? '') : param['value'],
    ]),
  )
}

function drawForm({ props, children }: TemplateNode, scope: Scope): DrawnBlock[] {
  const shape = valueOf(props['formSchema'], scope)
  const listed = isFields(shape) && Array.isArray(shape['fields']) ? shape['fields'].filter(isFields) : []
  const own = children.flatMap((child) => blocksOf(child, scope))
  const buttons = own.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  if (props['customSubmitEvent'] !== true && listed.length > 0) {
    buttons.unshift({
      ...singleButton({ ...props, text: props['submitText'], actionType: 'request' }, scope),
      colour: 'blue',
    })
  }
  if (listed.length === 0 && buttons.length === 0) return []
  const name = words(props['id'], scope) || 'form'
  const rest = own.filter((block) => block.kind !== 'buttons')
  return [...rest, { kind: 'form', name, fields: listed.map(fieldOf), buttons }]
}

function fieldOf(given: Fields): DrawnField {
  const options = Array.isArray(given['options']) ? given['options'].filter(isFields) : []
  const lengthMax = given['maxLength']
  return {
    name: textOf(given['name']),
    label: textOf(given['label']),
    type: textOf(given['type']) || 'TEXT',
    isRequired: given['required'] === true,
    isReadOnly: given['readOnly'] === true,
    isHidden: given['hidden'] === true,
    placeholder: textOf(given['placeholder']),
    lengthMax: typeof lengthMax === 'number' ? lengthMax : undefined,
    options: options.map((option) => ({ value: String(option['value'] ?? ''), text: String(option['text'] ?? '') })),
    value: given['defaultValue'] ?? '',
  }
}

/** A field outside a form: it keeps what is typed for the buttons of the card, or reports by a button of its own. */
function drawLoneField({ props, component }: TemplateNode, scope: Scope): DrawnBlock[] {
  const options = valueOf(props['options'], scope)
  const field = fieldOf({
    name: nameOfLoneField(props, scope),
    label: words(props['title'], scope),
    type: component === 'SelectBlock' ? 'SELECT' : props['textArea'] === true ? 'TEXT_AREA' : 'TEXT',
    placeholder: words(props['placeholder'], scope),
    defaultValue: words(props['currentValue'], scope),
    options: Array.isArray(options)
      ? options.filter(isFields).map((each) => ({ ...each, text: localText(each['text']) }))
      : [],
  })
  if (props['actionType'] !== 'request') return [{ kind: 'field', field }]
  const button = singleButton({ ...props, text: undefined }, scope)
  return [
    {
      kind: 'form',
      name: '',
      fields: [field],
      buttons: [{ ...button, name: button.name || field.name, text: '提交' }],
    },
  ]
}

function nameOfLoneField(props: Fields, scope: Scope): string {
  if (props['actionType'] === 'setLocalState') {
    return isFields(props['localVarAction']) ? textOf(props['localVarAction']['variable']) : ''
  }
  const params = Array.isArray(props['params']) ? props['params'].filter(isFields) : []
  return textOf(params.find((each) => each['type'] === 'builtIn')?.['name']) || words(props['id'], scope)
}

function localText(text: unknown): string {
  return isFields(text) ? textOf(text['zh_CN']) : textOf(text)
}

function tagsIn(slot: unknown, scope: Scope): { text: string; colour: string }[] {
  const listed = isFields(slot) && Array.isArray(slot['value']) ? slot['value'].filter(isFields) : []
  return listed.flatMap((each) => {
    const props = isFields(each['props']) ? each['props'] : {}
    if (!isVisible(props['visible'], scope)) return []
    const children = Array.isArray(each['children']) ? each['children'] : []
    if (each['componentName'] !== 'Tag') return tagsIn({ value: children }, scope)
    return nonEmpty(words(props['text'], scope)).map((text) => ({ text, colour: words(props['color'], scope) }))
  })
}

function nonEmpty(text: string): string[] {
  return text === '' ? [] : [text]
}
