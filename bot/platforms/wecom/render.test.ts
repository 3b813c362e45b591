import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultOfCard, lacksAction } from '../../../simulator/wecom/card-check.ts'
import type { CardPart, TokenCard, Words } from '../../card.ts'
import { holds, shortened, shown, widthOf, withinBytes } from './limits.ts'
import { renderCard, type TemplateCard } from './render.ts'

const appUrl = 'https://app.example'
const aCard = (more: Partial<TokenCard> = {}): TokenCard => ({
  colour: 'blue',
  title: '标题',
  parts: [],
  buttons: [],
  ...more,
})
const drawn = (card: TokenCard, told?: string): TemplateCard => renderCard(card, { appUrl, taskId: 'yidan-1', told })

const parts: CardPart[] = [
  { kind: 'figure', value: '18,000 支', label: '可用' },
  { kind: 'facts', facts: [{ label: '客户', value: '宏达装饰' }] },
  { kind: 'facts', boxed: true, facts: ['甲', '乙', '丙', '丁'].map((label) => ({ label, value: label })) },
  { kind: 'entry', title: [{ text: '膨胀螺栓', path: '/stock/1' }], facts: [{ label: '单价', value: '¥0.52' }] },
  { kind: 'table', columns: [{ label: '仓库' }, { label: '可用', isNumber: true }], rows: [['主仓', '18,000 支']] },
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
}))
const input = { name: 'comment', placeholder: '审批意见（拒绝、退回时必填）', maxLength: 500 }
const link = { label: '查看详情', path: '/approvals/1' }

describe('a card becomes', () => {
  test('a notice where there is nothing to press: its figure large, its link below', () => {
    expect(drawn(aCard({ parts: parts.slice(0, 2), link, tag: '提醒', colour: 'red' }))).toEqual({
      card_type: 'text_notice',
      task_id: 'yidan-1',
      source: { desc: '提醒', desc_color: 2 },
      main_title: { title: '标题' },
      emphasis_content: { title: '18,000 支', desc: '可用' },
      horizontal_content_list: [{ keyname: '客户', value: '宏达装饰' }],
      jump_list: [{ title: '查看详情', type: 1, url: 'https://app.example/approvals/1' }],
      card_action: { type: 1, url: 'https://app.example/approvals/1' },
    })
  })

  test('a card with buttons, and one more that leads to where a comment can be written', () => {
    const card = drawn(aCard({ buttons, input, link, parts: parts.slice(0, 2) }))
    expect(card).toMatchObject({
      card_type: 'button_interaction',
      horizontal_content_list: [
        { keyname: '可用', value: '18,000 支' },
        { keyname: '客户', value: '宏达装饰' },
      ],
      button_list: [
        { text: 'primary', style: 1, key: 'primary:token-primary' },
        { text: 'danger', style: 3, key: 'danger:token-danger' },
        { text: 'plain', style: 2, key: 'plain:token-plain' },
        { text: '审批意见', type: 1, url: 'https://app.example/approvals/1' },
      ],
    })
    expect(card.emphasis_content).toBeUndefined()
  })

  test('why it came stands as a quotation, and what it rests on below it', () => {
    expect(drawn(aCard({ parts: [parts[6]!, parts[3]!, parts[9]!] }))).toMatchObject({
      quote_area: {
        title: '信用额度使用超过 90%',
        quote_text: '信用额度使用率 92.84% > 90%\n膨胀螺栓 · 单价 ¥0.52',
      },
      sub_title_text: '截至 11/22 14:02',
    })
  })

  test('what an answer lists stands line by line, and each leads to its page', () => {
    const rows: Words[][] = [
      [[{ text: 'SO1', path: '/orders/1' }], '¥100'],
      [[{ text: 'SO2', path: '/orders/2' }], '¥200'],
    ]
    const part: CardPart = { kind: 'table', columns: [{ label: '订单' }, { label: '金额' }], rows }
    expect(drawn(aCard({ parts: [part] }))).toMatchObject({
      quote_area: { quote_text: 'SO1 · 金额 ¥100\nSO2 · 金额 ¥200' },
      jump_list: [
        { title: 'SO1', url: 'https://app.example/orders/1' },
        { title: 'SO2', url: 'https://app.example/orders/2' },
      ],
    })
  })

  test('six facts in their places; the seventh, and whose name would be cut, in words', () => {
    const facts = [...'一二三四五六七'].map((label) => ({ label, value: label }))
    const wide = { label: '已发货未收款', value: '¥71,400.00' }
    const card = drawn(aCard({ parts: [{ kind: 'facts', facts: [wide, ...facts] }] }))
    expect(card.horizontal_content_list?.map(({ keyname }) => keyname).join('')).toBe('一二三四五六')
    expect(card.quote_area?.quote_text).toBe('已发货未收款 ¥71,400.00 · 七 七')
  })

  test('beside a large figure all that would be quoted is said in words', () => {
    const card = drawn(aCard({ parts: [parts[0]!, parts[6]!, parts[3]!] }))
    expect(card.quote_area).toBeUndefined()
    expect(card.sub_title_text).toBe('信用额度使用超过 90%\n信用额度使用率 92.84% > 90%\n膨胀螺栓 · 单价 ¥0.52')
  })
})

describe('the word that a toast would say', () => {
  test('takes the place of the buttons on a card that is settled', () => {
    expect(drawn(aCard({ tag: '已通过' }), '已同意')).toMatchObject({
      card_type: 'button_interaction',
      button_list: [{ text: '已同意' }],
      replace_text: '已同意',
    })
  })

  test('comes first on a card that still has buttons, which stay alive', () => {
    const card = drawn(aCard({ buttons, parts: [{ kind: 'text', text: '说明' }] }), '要拒绝，请先写意见')
    expect(card.sub_title_text).toBe('要拒绝，请先写意见\n说明')
    expect(card.replace_text).toBeUndefined()
  })

  test('that is too long for a button is said in full', () => {
    const card = drawn(aCard(), '这张审批已经由王杰在五分钟前处理了')
    expect(card).toMatchObject({ card_type: 'text_notice', sub_title_text: '这张审批已经由王杰在五分钟前处理了' })
  })
})

test('choices whose names are cut are told apart in words', () => {
  const long = ['一', '二'].map((end) => ({
    ...buttons[0]!,
    name: end,
    label: `膨胀螺栓不锈钢加长加粗型${end}`,
    token: end,
  }))
  expect(drawn(aCard({ buttons: long })).quote_area?.quote_text).toBe(
    '1. 膨胀螺栓不锈钢加长加粗型一\n2. 膨胀螺栓不锈钢加长加粗型二',
  )
})

describe('counting as WeCom does', () => {
  test('two narrow characters are as wide as one of Chinese', () => {
    expect(widthOf('客户')).toBe(2)
    expect(widthOf('Customer')).toBe(4)
    expect(shortened('Customer', 5)).toBe('Customer')
    expect(shortened('信用额度使用率', 5)).toBe('信用额度…')
  })
  test('a text message is cut by bytes, and no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 10, max: 400 }), (text, most) => {
        const cut = withinBytes(text, most)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most)
        expect(cut.includes('\ufffd')).toBe(text.includes('\ufffd'))
        expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true)
      }),
    )
  })
})

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('', ' ', '\n', '宏达装饰'.repeat(80)),
)
const words: fc.Arbitrary<Words> = fc.oneof(
  text,
  fc.array(fc.record({ text, path: fc.option(fc.constantFrom('/orders/1', '/stock/2?a=b c'), { nil: undefined }) }), {
    maxLength: 4,
  }),
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
const button = fc.record({
  name: fc.string(),
  label: text,
  look: fc.constantFrom('primary' as const, 'danger' as const, 'plain' as const),
  token: fc.string({ minLength: 24, maxLength: 24, unit: 'grapheme-ascii' }),
})
const card: fc.Arbitrary<TokenCard> = fc.record(
  {
    colour: fc.constantFrom('orange' as const, 'green' as const, 'red' as const, 'grey' as const, 'blue' as const),
    title: text,
    subtitle: text,
    tag: text,
    parts: fc.array(part, { maxLength: 25 }),
    input: fc.option(fc.constant(input), { nil: undefined }),
    buttons: fc.array(button, { maxLength: 9 }),
    link: fc.option(fc.constant(link), { nil: undefined }),
  },
  { requiredKeys: ['colour', 'title', 'parts', 'buttons'] },
)

test('whatever is on a card, the platform takes it and nothing on it is wider than WeCom shows', () => {
  fc.assert(
    fc.property(card, fc.option(text, { nil: undefined }), (any, told) => {
      const one = drawn(any, told)
      expect(faultOfCard(one)).toBeUndefined()
      expect(lacksAction(one)).toBe(false)
      expect(tooWide(one)).toEqual([])
      expect(one.horizontal_content_list?.length ?? 0).toBeLessThanOrEqual(holds.facts)
      expect(one.button_list?.length ?? 0).toBeLessThanOrEqual(holds.buttons)
      expect(one.emphasis_content && one.quote_area).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('what can be pressed is on every card: as many buttons as WeCom holds, the first ones', () => {
  fc.assert(
    fc.property(card, (any) => {
      const keys = drawn(any).button_list?.map(({ key }) => key) ?? []
      const room = any.input && any.link ? holds.buttons - 1 : holds.buttons
      expect(keys.filter((key) => key !== 'comment')).toEqual(
        any.buttons.slice(0, room).map(({ name, token }) => `${name}:${token}`),
      )
    }),
  )
})

/** The fields that are wider than WeCom shows them. */
function tooWide(one: TemplateCard): string[] {
  const fields: [text: string | undefined, most: number][] = [
    [one.source.desc, shown.source],
    [one.main_title.title, shown.title],
    [one.main_title.desc, shown.titleNote],
    [one.emphasis_content?.title, shown.figure],
    [one.emphasis_content?.desc, shown.figureLabel],
    [one.quote_area?.title, shown.quoteTitle],
    [one.quote_area?.quote_text, shown.quote],
    [one.sub_title_text, shown.subTitle],
    [one.replace_text, shown.button],
    ...(one.horizontal_content_list ?? []).flatMap(({ keyname, value }): [string, number][] => [
      [keyname, shown.label],
      [value, shown.value],
    ]),
    ...(one.jump_list ?? []).map(({ title }): [string, number] => [title, shown.jump]),
    ...(one.button_list ?? []).map((each): [string, number] => [each.text, shown.button]),
  ]
  return fields.flatMap(([words = '', most]) => (widthOf(words) > most ? [words] : []))
}
