import { expect, test } from 'vitest'

import { blocks, inlines } from './markdown.ts'

test('bold, links, colours and line breaks are read inside one another', () => {
  expect(inlines('**a [b](http://c)**\n<font color="red">d</font>')).toEqual([
    {
      kind: 'bold',
      inner: [
        { kind: 'text', text: 'a ' },
        { kind: 'link', url: 'http://c', inner: [{ kind: 'text', text: 'b' }] },
      ],
    },
    { kind: 'break' },
    { kind: 'font', color: 'red', inner: [{ kind: 'text', text: 'd' }] },
  ])
})

test('what would be HTML stays text', () => {
  expect(inlines('<img src=x onerror=alert(1)>')).toEqual([{ kind: 'text', text: '<img src=x onerror=alert(1)>' }])
})

test('signs written as entities are shown as signs, not read as markdown', () => {
  expect(inlines('M8&#42;30 &lt;b&gt; &amp;lt;')).toEqual([{ kind: 'text', text: 'M8*30 <b> &lt;' }])
})

test('two bare stars make italics, as on the platform, so a product must write them as entities', () => {
  expect(inlines('M8*30 和 M10*100').map((each) => each.kind)).toEqual(['text', 'italic', 'text'])
  expect(inlines('M8&#42;30 和 M10&#42;100')).toEqual([{ kind: 'text', text: 'M8*30 和 M10*100' }])
})

test('a table has a head and rows, and ends where its lines end', () => {
  const [table, rest] = blocks('| 仓库 | 可用 |\n|---|---|\n| 主仓 | **5** |\n完')
  expect(table).toEqual({
    kind: 'table',
    head: [[{ kind: 'text', text: '仓库' }], [{ kind: 'text', text: '可用' }]],
    rows: [[[{ kind: 'text', text: '主仓' }], [{ kind: 'bold', inner: [{ kind: 'text', text: '5' }] }]]],
  })
  expect(rest).toMatchObject({ kind: 'paragraph' })
})

test('lists, headings, quotes, rules and code are blocks of their own', () => {
  const text = '# a\n- b\n- c\n1. d\n> e\n---\n```\nf\n```'
  expect(blocks(text).map((block) => block.kind)).toEqual(['heading', 'list', 'list', 'quote', 'rule', 'code'])
})
