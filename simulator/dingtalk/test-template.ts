import type { Fields } from '../request-body.ts'
import type { CardTemplate } from './index.ts'

// A layout as the card builder exports it, with one of each thing that the tests need.

export const templateId = 'layout-of-tests.schema'

const always: Fields = { type: 'dynamicVisible', valueType: 'fixed', value: true }
const global: Fields = { variableType: 'global' }
export const text = (content: string): Fields => ({ type: 'dynamicString', content, i18n: false })
export const variable = (name: string): Fields => ({ type: 'variableValue', variable: name, ...global })
export const shownWhen = (...conditions: Fields[]): Fields => ({
  type: 'dynamicVisible',
  valueType: 'condition',
  condition: { op: 'and', conditions },
})
export const clause = (name: string, op: string, value: unknown = ''): Fields => ({
  type: 'variable',
  ...{ op, variable: name, value, valueType: 'fixed', ...global },
})

export function node(componentName: string, props: Fields, children: Fields[] = []): Fields {
  return { componentName, id: `node_${componentName}`, props: { visible: always, ...props }, children }
}

function requestButton(words: string, actionId: string, more: Fields = {}): Fields {
  const params = [{ type: 'fixed', name: 'act', value: actionId, variable: '', ...global }]
  const color = { type: 'dynamicSelect', valueType: 'fixed', value: 'blue' }
  return node('SingleButton', {
    text: text(words),
    color,
    actionType: 'request',
    actionId: text(actionId),
    params,
    ...more,
  })
}

/** The file of a template with these components below its root. */
export function exported(children: Fields[], variables: Record<string, string>): Fields {
  const variableList = Object.entries(variables).map(([name, type]) => ({
    id: name,
    name,
    type,
    editorVarType: 'variables',
  }))
  const editorData = { schemaVersion: '3.0.0', schema: { componentsTree: [node('Card', {}, children)] }, variableList }
  return { editorData: JSON.stringify(editorData), widgetInfo: '', type: 'im', mode: 'card' }
}

const variables = {
  ...{ title: 'string', status: 'string', body: 'markdown', isOpen: 'boolean', remark: 'string', comment: 'string' },
  ...{ rows: 'loopArray', btns: 'array', form: 'form' },
}

const comment = node('Input', {
  title: text('意见'),
  actionType: 'setLocalState',
  localVarAction: variable('comment'),
  visible: shownWhen(clause('isOpen', 'isTrue')),
})

const isOpen = shownWhen(clause('isOpen', 'isTrue'))
const commentParam = { type: 'variable', name: 'comment', variable: 'comment', value: '', ...global }

/** A card to decide on: it has a header, a text, rows, a field, buttons of every kind, and a form. */
export function aTemplate(id = templateId): CardTemplate {
  const file = exported(
    [
      node('CardHeaderV2', {
        title: text('${title}'),
        titleAfterSlot: { value: [node('Tag', { text: text('${status}') })] },
      }),
      node('MarkdownBlock', { content: { ...variable('body'), varType: 'markdown' } }),
      node('Loop', { listData: variable('rows') }, [
        node('BaseText', { text: text('${rows[0].label} ${loop.value}') }),
      ]),
      node('Divider', {}),
      node('BaseText', { text: text('${remark}'), visible: shownWhen(clause('remark', 'isNotEmpty')) }),
      comment,
      requestButton('同意', 'approve', { visible: isOpen, params: [commentParam] }),
      requestButton('拒绝', 'reject', {
        ...{ visible: isOpen, actionType: 'confirm', confirmTitle: text('拒绝？'), confirmMessage: text('不可撤销') },
        ...{
          confirmOkAction: 'request',
          confirmOkReqActionActionId: text('reject'),
          confirmOkReqActionParams: [commentParam],
        },
      }),
      node('ButtonGroup', { buttonsSource: 'variable', dynamicButtons: variable('btns') }),
      node('Form', {
        id: text('form'),
        formSchema: variable('form'),
        submitText: text('提交'),
        actionId: text('submit'),
      }),
    ],
    variables,
  )
  return { templateId: id, file }
}
