import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, blocks, type Inline } from '../../../simulator/page/markdown.ts'
import { checkCard } from '../../../simulator/feishu/card-check.ts'
import type { CardPart, TokenCard, Words } from '../../card.ts'
import { escape } from './markup.ts'
import { renderCard } from './render.ts'

const appUrl = 'https://app.example'
const aCard = (more: Partial<TokenCard> = {}): TokenCard => ({
  colour: 'blue',
  title: '标题',
  parts: [],
  buttons: [],
  ...more,
})
const drawn = (card: TokenCard) => JSON.stringify(renderCard(card, appUrl))
const elementsOf = (card: TokenCard) =>
  (renderCard(card, appUrl) as { body: { elements: { tag: string; content: string }[] } }).body.elements // as it is drawn above

const parts: CardPart[] = [
  { kind: 'figure', value: '18,000 支（18 箱）', label: '可用' },
  { kind: 'facts', facts: [{ label: '客户', value: '宏达装饰' }] },
  { kind: 'facts', boxed: true, facts: ['a', 'b', 'c', 'd'].map((label) => ({ label, value: label })) },
  { kind: 'entry', title: [{ text: '膨胀螺栓', path: '/stock/1' }], facts: [{ label: '单价', value: '¥0.52' }] },
  { kind: 'table', columns: [{ label: '仓库' }, { label: '可用', isNumber: true }], rows: [['主仓', '18,000 支']] },
  {
    kind: 'table',
    columns: [{ label: '订单' }],
    rows: [[[{ text: 'SO1', path: '/orders/1' }, { text: '无链接' }]], ['文字']],
  },
  { kind: 'table', columns: [{ label: '空' }], rows: [] },
  { kind: 'reason', rule: '信用额度使用超过 90%', clauses: ['信用额度使用率 92.84% > 90%'] },
  { kind: 'list', title: '库存', items: ['膨胀螺栓 M10*100 还有多少'] },
  { kind: 'text', text: '没有逾期。' },
  { kind: 'note', text: '截至 11/22 14:02' },
]
const buttons: TokenCard['buttons'] = (['primary', 'danger', 'plain'] as const).map((look) => ({
  name: look,
  label: look,
  look,
  token: `token-${look}`,
  confirm: look === 'danger' ? '确定吗？' : undefined,
}))
const input = { name: 'comment', placeholder: '审批意见', maxLength: 500 }

describe('the platform takes', () => {
  test.each(parts.map((part, i): [string, CardPart] => [`${i} ${part.kind}`, part]))('part %s', (_, part) => {
    expect(checkCard(renderCard(aCard({ parts: [part] }), appUrl))).toBeUndefined()
  })
  test.each([
    ['buttons in a row', aCard({ buttons })],
    [
      'buttons with long names, each on its own line',
      aCard({ buttons: buttons.map((one) => ({ ...one, label: '很长的商品名称'.repeat(3) })) }),
    ],
    ['a form with a comment and its buttons', aCard({ buttons, input })],
    [
      'a link, a tag and a subtitle',
      aCard({ link: { label: '打开', path: '/orders/1' }, tag: '待你审批', subtitle: '小李提交' }),
    ],
    ['all of it on one card', aCard({ parts, buttons, input, link: { label: '打开', path: '/' }, tag: '待审批' })],
  ])('%s', (_, card) => {
    expect(checkCard(renderCard(card, appUrl))).toBeUndefined()
  })
})

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '<at id=all></at>',
    '**粗**',
    '[a](javascript:alert(1))',
    '~~x~~',
    '`x`',
    '# 标题',
    '- 项',
    '1. 一',
    '<font color=red>x</font>',
  ),
  fc.constantFrom('a\n# b', '&lt;', '\\*', '|a|b|\n|-|-|', '![](x)', '***', '> 引用', '---', '<text_tag>x</text_tag>'),
)
const words: fc.Arbitrary<Words> = fc.oneof(
  text,
  fc.array(fc.record({ text, path: fc.option(fc.constant('/orders/1'), { nil: undefined }) }), { maxLength: 4 }),
)
const facts = fc.array(fc.record({ label: text, value: words }), { maxLength: 30 })
const part: fc.Arbitrary<CardPart> = fc.oneof(
  fc.record({ kind: fc.constant('figure' as const), value: text, label: text }),
  fc.record({ kind: fc.constant('facts' as const), facts, boxed: fc.boolean() }),
  fc.record({ kind: fc.constant('entry' as const), title: words, facts }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(fc.record({ label: text, isNumber: fc.boolean() }), { minLength: 1, maxLength: 12 }),
    rows: fc.array(fc.array(words, { maxLength: 12 }), { maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant('reason' as const), rule: text, clauses: fc.array(text, { maxLength: 20 }) }),
  fc.record({ kind: fc.constant('list' as const), title: text, items: fc.array(text, { maxLength: 20 }) }),
  fc.record({ kind: fc.constantFrom('text' as const, 'note' as const), text }),
)
const card: fc.Arbitrary<TokenCard> = fc.record(
  {
    colour: fc.constantFrom('orange' as const, 'green' as const, 'red' as const, 'grey' as const, 'blue' as const),
    title: text,
    subtitle: text,
    tag: text,
    parts: fc.array(part, { maxLength: 25 }),
    input: fc.option(fc.constant(input), { nil: undefined }),
    buttons: fc.subarray(buttons),
  },
  { requiredKeys: ['colour', 'title', 'parts', 'buttons'] },
)

test('whatever is on a card, the platform takes it and it stays below 30 KB', () => {
  fc.assert(
    fc.property(card, (any) => {
      expect(checkCard(renderCard(any, appUrl))).toBeUndefined()
      expect(Buffer.byteLength(drawn(any))).toBeLessThanOrEqual(30 * 1024)
    }),
    { numRuns: 500 },
  )
})

test('a card that holds far too much keeps what is read first and what can be pressed', () => {
  const long: CardPart = { kind: 'text', text: '库存'.repeat(5000) }
  const huge = aCard({ parts: [parts[0]!, ...Array.from({ length: 200 }, () => long)], buttons, input })
  expect(Buffer.byteLength(drawn(huge))).toBeLessThanOrEqual(30 * 1024)
  expect(drawn(huge)).toContain('18,000 支')
  expect(drawn(huge)).toContain('token-primary')
})

test('text from people and data is read as it was written, and is never markup', () => {
  fc.assert(
    fc.property(text, (any) => {
      const [element] = elementsOf(aCard({ parts: [{ kind: 'text', text: any }] }))
      const read = blocks(element?.content ?? '').flatMap(piecesOf)
      expect(read.filter((piece) => piece.kind !== 'text' && piece.kind !== 'break')).toEqual([])
      expect(escape(any).replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))).toBe(any)
    }),
    { numRuns: 1000 },
  )
})

test('no sign that markdown reads is left in escaped text', () => {
  fc.assert(
    fc.property(text, (any) => {
      expect(escape(any)).not.toMatch(/[<>*_~`[\]|\\]|^\s*([-+#]|\d+[.)]\s)/m)
    }),
  )
})

test('a link leads into our app and nowhere else', () => {
  const part: CardPart = {
    kind: 'entry',
    title: [{ text: 'a](https://evil.example) [b', path: '/orders/1' }],
    facts: [],
  }
  const links = [...drawn(aCard({ parts: [part] })).matchAll(/\]\(([^)]*)\)/g)].map((found) => found[1])
  expect(links).toEqual(['https://app.example/orders/1'])
})

/** Blocks other than paragraphs are markup, and so is any piece that is not plain. */
function piecesOf(block: Block): Inline[] {
  if (block.kind === 'paragraph') return block.inner
  return [{ kind: 'tag', color: '', text: block.kind }]
}
