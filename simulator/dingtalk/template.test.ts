import { expect, test } from 'vitest'

import { draw } from './drawing.ts'
import { faultOfValues, readTemplate } from './template.ts'
import { clause, exported, node, shownWhen, text, variable } from './test-template.ts'

const template = (children: Parameters<typeof exported>[0], variables: Record<string, string> = {}) =>
  readTemplate({ templateId: 't.schema', file: exported(children, variables) })

test('a file that is no export of the card builder is refused', () => {
  expect(() => readTemplate({ templateId: 't.schema', file: { schema: {} } })).toThrow('no export')
})

test('a template with a component that cannot be drawn is refused when it is read', () => {
  expect(() => template([node('Hologram', {})])).toThrow('unknown component: Hologram')
})

test.each([
  ['number', '3', true],
  ['number', 'x', false],
  ['boolean', 'true', true],
  ['boolean', 'yes', false],
  ['array', '[]', true],
  ['loopArray', '{}', false],
  ['object', '{}', true],
  ['form', '[]', false],
  ['string', 'anything', true],
  ['markdown', '**x**', true],
  ['number', '', true],
])('the text of a variable of type %s may be %j: %s', (type, given, isRight) => {
  expect(faultOfValues(template([], { v: type }), { v: given }) === undefined).toBe(isRight)
})

test('a loop draws its children once for each item, in both ways of naming it', () => {
  const rows = template(
    [node('Loop', { listData: variable('rows') }, [node('BaseText', { text: text('${rows[0].a}-${loop.b}') })])],
    { rows: 'loopArray' },
  )
  const drawn = draw(rows, {
    rows: JSON.stringify([
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ]),
  })
  expect(drawn).toMatchObject([{ text: '1-x' }, { text: '2-y' }])
})

test('columns stand beside each other', () => {
  const inner = (words: string) => node('Column', {}, [node('BaseText', { text: text(words) })])
  const drawn = draw(template([node('ColumnLayout', {}, [inner('a'), inner('b')])]), {})
  expect(drawn).toMatchObject([{ kind: 'row', columns: [[{ text: 'a' }], [{ text: 'b' }]] }])
})

test.each([
  [clause('v', 'isTrue'), 'boolean', 'true', 'false'],
  [clause('v', 'isFalse'), 'boolean', 'false', 'true'],
  [clause('v', 'isEmpty'), 'string', '', 'x'],
  [clause('v', 'isNotEmpty'), 'string', 'x', ''],
  [clause('v', 'equal', 'a'), 'string', 'a', 'b'],
  [clause('v', 'notEqual', 'a'), 'string', 'b', 'a'],
  [clause('v', 'lt', 3), 'number', '2', '3'],
  [clause('v', 'gt', 3), 'number', '4', '3'],
])('a component whose condition is %o shows only while it holds', (condition, type, holding, failing) => {
  const one = template([node('Divider', { visible: shownWhen(condition) })], { v: type })
  expect([draw(one, { v: holding }).length, draw(one, { v: failing }).length]).toEqual([1, 0])
})

test('a condition that nobody knows is not taken for one that holds', () => {
  const one = template([node('Divider', { visible: shownWhen(clause('v', 'isFriday')) })], { v: 'string' })
  expect(() => draw(one, {})).toThrow('isFriday')
})

test('a variable shows or hides a component', () => {
  const visible = { type: 'dynamicVisible', valueType: 'variable', variable: 'v', variableType: 'global' }
  const one = template([node('Divider', { visible })], { v: 'boolean' })
  expect([draw(one, { v: 'true' }).length, draw(one, { v: 'false' }).length, draw(one, {}).length]).toEqual([1, 0, 0])
})
