import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { draw } from '../../../simulator/dingtalk/drawing.ts'
import { faultOfValues, readTemplate } from '../../../simulator/dingtalk/template.ts'
import { type Block, blocks, type Inline } from '../../../simulator/page/markdown.ts'
import type { CardPart, TokenCard, Words } from '../../card.ts'
import { escape } from './markup.ts'
import { plainCard } from './plain-card.ts'
import { buttonPlaces, cardVariables, noticeVariables } from './variables.ts'

const appUrl = 'https://app.example'
const file: unknown = JSON.parse(readFileSync(new URL('./template/yidan-card.json', import.meta.url), 'utf8'))
const template = readTemplate({ templateId: 'yidan.schema', file })
const aCard = (more: Partial<TokenCard> = {}): TokenCard => ({
  colour: 'blue',
  title: '标题',
  parts: [],
  buttons: [],
  ...more,
})
const buttons = (count: number): TokenCard['buttons'] =>
  Array.from({ length: count }, (_, i) => ({
    name: `b${i}`,
    label: `按钮${i}`,
    look: (['primary', 'danger', 'plain'] as const)[i % 3] ?? 'plain',
    token: `token-${i}`,
  }))
const drawn = (card: TokenCard) => draw(template, cardVariables(card, appUrl))
const textOf = (card: TokenCard) => JSON.stringify(drawn(card))
const input = { name: 'comment', placeholder: '审批意见', maxLength: 500 }
const parts: CardPart[] = [
  { kind: 'figure', value: '18,000 支', label: '可用' },
  { kind: 'facts', facts: [{ label: '客户', value: '宏达装饰' }] },
  { kind: 'facts', boxed: true, facts: ['a', 'b', 'c', 'd'].map((label) => ({ label, value: `v-${label}` })) },
  { kind: 'entry', title: [{ text: '膨胀螺栓', path: '/stock/1' }], facts: [{ label: '单价', value: '¥0.52' }] },
  { kind: 'table', columns: [{ label: '仓库' }, { label: '可用', isNumber: true }], rows: [['主仓', '18,000 支']] },
  { kind: 'table', columns: [{ label: '空' }], rows: [] },
  { kind: 'reason', rule: '信用额度使用超过 90%', clauses: ['信用额度使用率 92.84%'] },
  { kind: 'list', title: '库存', items: ['还有多少'] },
  { kind: 'text', text: '没有逾期。' },
  { kind: 'note', text: '截至 11/22 14:02' },
]

describe('the layout', () => {
  test('declares each variable that a card fills, and no other', () => {
    const filled = [...Object.keys(cardVariables(aCard(), appUrl)), ...Object.keys(noticeVariables('好'))]
    expect([...template.variables.keys()].toSorted()).toEqual(filled.toSorted())
  })

  test('draws every part of a card', () => {
    const text = textOf(aCard({ parts, subtitle: '小李提交', tag: '待你审批', link: { label: '查看', path: '/x' } }))
    for (const words of ['标题', '小李提交', '待你审批', '18,000 支', '宏达装饰', 'v-d', '膨胀螺栓', '主仓', '92.84%'])
      expect(text).toContain(words)
    for (const words of ['没有逾期。', '截至 11/22 14:02', 'https://app.example/stock/1', 'https://app.example/x'])
      expect(text).toContain(words)
  })

  test.each(parts.map((part, i): [string, CardPart] => [`${i} ${part.kind}`, part]))('takes part %s', (_, part) => {
    const variables = cardVariables(aCard({ parts: [part] }), appUrl)
    expect(faultOfValues(template, variables)).toBeUndefined()
    expect(Object.values(variables).every((value) => typeof value === 'string')).toBe(true)
  })

  test('has each button send its own token, with the comment beside it', () => {
    const form = drawn(aCard({ buttons: buttons(3), input })).find((block) => block.kind === 'form')
    expect(form?.fields).toMatchObject([{ name: 'comment', type: 'TEXT_AREA', isRequired: false, lengthMax: 500 }])
    expect(form?.buttons.map(({ name, text, colour, does }) => [name, text, colour, does])).toEqual(
      [0, 1, 2].map((i) => [
        `b${i}`,
        `按钮${i}`,
        ['blue', 'red', 'gray'][i],
        { kind: 'request', actionId: `b${i}`, params: expect.objectContaining({ token: `token-${i}` }) },
      ]),
    )
  })

  test('has places for as many buttons as a choice has, and shows none that is not there', () => {
    const shown = (count: number) => drawn(aCard({ buttons: buttons(count) })).find((block) => block.kind === 'form')
    expect(shown(buttonPlaces)?.buttons).toHaveLength(buttonPlaces)
    expect(shown(1)?.buttons).toHaveLength(1)
    expect(shown(0)).toBeUndefined()
  })

  test('shows a comment only where there is a button to send it with', () => {
    expect(textOf(aCard({ input }))).not.toContain('审批意见')
  })

  test('says above the buttons what one of them would ask', () => {
    const [only] = buttons(1)
    expect(textOf(aCard({ buttons: only ? [{ ...only, confirm: '不可撤销' }] : [] }))).toContain('按钮0：不可撤销')
  })

  test('tells what became of a press, and nothing before there was one', () => {
    const variables = { ...cardVariables(aCard(), appUrl), ...noticeVariables('已同意') }
    expect(JSON.stringify(draw(template, variables))).toContain('已同意')
    expect(textOf(aCard())).not.toContain('notice')
  })
})

describe('text from people and data', () => {
  const plain = (inline: Inline[]): boolean => inline.every(({ kind }) => kind === 'text' || kind === 'break')
  const isPlain = (block: Block) => block.kind === 'paragraph' && plain(block.inner)

  test('is never markup', () => {
    for (const text of [
      'M8*30 与 M10*40',
      '**粗**',
      '[点我](https://evil.example)',
      '<font color=red>x</font>',
      '# 标题',
    ])
      expect(blocks(escape(text)).every(isPlain), text).toBe(true)
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*_`~[]()<>|#-+1. a\n\\${}') }), (text) => {
        expect(blocks(escape(text)).every(isPlain)).toBe(true)
      }),
    )
  })

  test('is never a variable of the layout', () => {
    expect(escape('${button1.token}')).not.toContain('${')
  })

  test('keeps what a person reads', () => {
    expect(escape('膨胀螺栓 M10×100，¥0.52/支（18 箱）')).toBe('膨胀螺栓 M10×100，¥0.52/支（18 箱）')
  })
})

describe('a card', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 400 })
  const value: fc.Arbitrary<Words> = fc.oneof(words, fc.array(fc.record({ text: words }), { maxLength: 3 }))
  const facts = fc.array(fc.record({ label: words, value }), { maxLength: 30 })
  const part: fc.Arbitrary<CardPart> = fc.oneof(
    fc.record({ kind: fc.constant('facts' as const), facts }),
    fc.record({ kind: fc.constant('entry' as const), title: value, facts }),
    fc.record({ kind: fc.constant('text' as const), text: words }),
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.array(fc.record({ label: words }), { maxLength: 12 }),
      rows: fc.array(fc.array(value, { maxLength: 12 }), { maxLength: 40 }),
    }),
  )

  test('of any size stays within what DingTalk takes, and keeps its title and buttons', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (many) => {
        const variables = cardVariables(aCard({ parts: many, buttons: buttons(3) }), appUrl)
        expect(Buffer.byteLength(JSON.stringify(variables))).toBeLessThanOrEqual(13 * 1024)
        expect(variables['title']).toBe('标题')
        expect(variables['button3']).toContain('token-2')
      }),
      { numRuns: 30 },
    )
  })
})

describe('where no layout is imported, a card', () => {
  test('is plain, and its one button leads to its page', () => {
    const { msgKey, msgParam } = plainCard(
      aCard({ parts, buttons: buttons(2), link: { label: '去处理', path: '/a/1' } }),
      appUrl,
    )
    expect(msgKey).toBe('sampleActionCard')
    expect(msgParam).toMatchObject({ singleTitle: '去处理', singleURL: 'https://app.example/a/1' })
    expect(msgParam['text']).toContain('宏达装饰')
    expect(msgParam['text']).not.toContain('token-')
  })

  test('without a page says what one can answer', () => {
    const { msgKey, msgParam } = plainCard(aCard({ buttons: buttons(2) }), appUrl)
    expect(msgKey).toBe('sampleMarkdown')
    expect(msgParam['text']).toContain('• 按钮1')
  })

  test('of any size stays below the limit of a message', () => {
    const long: CardPart[] = Array.from({ length: 60 }, () => ({ kind: 'text', text: '长'.repeat(900) }))
    expect(Buffer.byteLength(JSON.stringify(plainCard(aCard({ parts: long }), appUrl).msgParam))).toBeLessThan(15_000)
  })
})
