import { expect, test } from 'vitest'

import { checkCard } from './card-check.ts'
import { aButton, aCard, aForm, plainText } from './test-tenant.ts'

const submit = { form_action_type: 'submit' }
const field = { tag: 'input', name: 'comment' }
const table = { tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [{ a: '1' }] }

test.each<[string, unknown]>([
  ['the plainest card', aCard()],
  ['a form with fields and two buttons', aCard(aForm(field, aButton('reject', submit)))],
  ['columns', aCard({ tag: 'column_set', columns: [{ tag: 'column', weight: 2, elements: [{ tag: 'hr' }] }] })],
  ['a table', aCard(table)],
  ['a mention of somebody known', aCard({ tag: 'markdown', content: '<at id=known></at> <at id=all></at>' })],
])('%s is accepted', (_, card) => {
  expect(checkCard(card, (id) => id === 'known')).toBeUndefined()
})

test.each<[string, unknown, number]>([
  ['no object', 'card', 200621],
  ['no schema', { ...aCard(), schema: undefined }, 200621],
  ['schema 1.0', { ...aCard(), schema: '1.0' }, 200621],
  ['no body', { schema: '2.0' }, 200621],
  ['an unknown property of the card', { ...aCard(), elements: [] }, 200621],
  ['an unknown property of an element', aCard({ tag: 'hr', size: 3 }), 200621],
  ['an unknown property of a text', aCard({ tag: 'div', text: { ...plainText('x'), bold: true } }), 200621],
  ['a card that is not shared', { ...aCard(), config: { update_multi: false } }, 200621],
  ['a header colour that does not exist', { ...aCard(), header: { title: plainText('x'), template: 'pink' } }, 200621],
  ['a header without a title', { ...aCard(), header: { template: 'red' } }, 200621],
  ['the action module of schema 1.0', aCard({ tag: 'action', actions: [] }), 200861],
  ['the note of schema 1.0', aCard({ tag: 'note', elements: [] }), 200861],
  ['an element that is no object', aCard('text'), 200621],
  ['a missing property', aCard({ tag: 'markdown' }), 200621],
  ['an element_id that starts with a digit', aCard({ tag: 'hr', element_id: '1a' }), 200621],
  ['an element_id of 21 characters', aCard({ tag: 'hr', element_id: 'a'.repeat(21) }), 200621],
  ['an element_id that is used twice', aCard({ tag: 'hr', element_id: 'a' }, { tag: 'hr', element_id: 'a' }), 200621],
  ['201 elements', aCard(...Array.from({ length: 201 }, () => ({ tag: 'hr' }))), 11310],
  ['six tables', aCard(table, table, table, table, table, table), 11310],
  ['a table column without a type', aCard({ ...table, columns: [{ name: 'a' }] }), 200621],
  ['a form in a column', aCard({ tag: 'column_set', columns: [{ tag: 'column', elements: [aForm(field)] }] }), 11310],
  ['a form in a form', aCard(aForm(aForm(field))), 11310],
  ['a table in a form', aCard(aForm(table)), 11310],
  ['a form without a submit button', aCard({ tag: 'form', name: 'f', elements: [field] }), 200530],
  ['a field without a name', aCard(aForm({ tag: 'input' })), 200530],
  ['two fields of one name', aCard(aForm(field, field)), 200530],
  ['a submit button outside a form', aCard(aButton('approve', submit)), 200530],
  [
    'a button whose value is a text',
    aCard(aButton('approve', { behaviors: [{ type: 'callback', value: 'yes' }] })),
    200621,
  ],
  ['a link without an address', aCard(aButton('open', { behaviors: [{ type: 'open_url' }] })), 200621],
  ['an input of 1001 characters', aCard(aForm({ ...field, max_length: 1001 })), 200621],
  ['a mention of a stranger', aCard({ tag: 'markdown', content: '<at id=stranger></at>' }), 100290],
  ['a stranger shown as a person', aCard({ tag: 'person', user_id: 'stranger' }), 100290],
])('%s is refused', (_, card, code) => {
  expect(checkCard(card, (id) => id === 'known')).toContain(`ErrCode: ${code};`)
})
