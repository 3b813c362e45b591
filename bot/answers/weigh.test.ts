import { describe, expect, test } from 'vitest'
import { known } from './fixtures/trade.ts'
import { likenessOf } from './likeness.ts'
import { understand } from './understand.ts'

const understood = (text: string) => understand(text, known)
const asks = (question: string, ...intents: string[]) =>
  expect.objectContaining({
    kind: 'ask',
    question,
    choices: intents.map((intent) => expect.objectContaining({ query: expect.objectContaining({ intent }) })),
  })

test('two things asked at once are asked back, since one answer would leave out the other', async () => {
  expect(await understood('电锤库存多少 什么价')).toEqual(asks('intent', 'price.item', 'stock.item'))
})

test('what the card of one question tells of another is answered by it', async () => {
  expect(await understood('宏达装饰欠多少 额度还剩多少')).toMatchObject({
    kind: 'query',
    query: { customerId: 'hongda' },
  })
})

test.each([
  '宏达装饰上次退了多少货',
  '宏达装饰的发票开了没',
  '电锤是哪个厂家的',
  '电锤平均一天卖几台',
  '隔壁电锤卖多少钱',
])('what nothing here tells of is declined: %s', async (text) => {
  expect(await understood(text)).toMatchObject({ kind: 'declined' })
})

test('what is to be left out of a sum is asked about, and of items simply left out', async () => {
  expect(await understood('除了宏达装饰 上个月回款多少')).toEqual(asks('except', 'ar.collections'))
  expect(await understood('不要左的 4寸合页还有多少')).toMatchObject({ query: { itemIds: ['hinge-right'] } })
})

test('a balance of a day that is over is that of its end', async () => {
  expect(await understood('宏达装饰上个月底欠多少')).toMatchObject({
    query: { intent: 'ar.customer', day: '2026-10-31' },
  })
  expect(await understood('9月底的账龄')).toMatchObject({ query: { intent: 'ar.ageing', day: '2026-09-30' } })
})

test.each([
  ['这个月销售额比上个月', { from: '2026-11-01', to: '2026-11-22', against: { from: '2026-10-01', to: '2026-10-22' } }],
  ['上个月和这个月的销售额对比', { from: '2026-11-01', against: { from: '2026-10-01', to: '2026-10-22' } }],
  ['本月回款同比', { from: '2026-11-01', to: '2026-11-22', against: { from: '2025-11-01', to: '2025-11-22' } }],
  [
    '上周回款跟前一周比怎么样',
    { from: '2026-11-09', to: '2026-11-15', against: { from: '2026-11-02', to: '2026-11-08' } },
  ],
  [
    '比上个月毛利高还是低',
    { intent: 'margin.query', from: '2026-11-01', against: { from: '2026-10-01', to: '2026-10-22' } },
  ],
])('what is compared is compared as far as it has come: %s', async (text, query) => {
  expect(await understood(text)).toMatchObject({ kind: 'query', query })
})

test('an amount that the answer knows nothing of makes it ask', async () => {
  expect(await understood('毛利低于15的商品')).toMatchObject({ kind: 'ask', question: 'meant' })
})

test('what is said just as people ask for something is likest to that, and a name alone is like nothing', () => {
  const [best] = [...likenessOf('Ⓘ瞧瞧剩下多少啦')].toSorted((a, b) => b[1] - a[1])
  expect(best?.[0]).toBe('stock.item')
  expect(likenessOf('Ⓒ呢').size).toBe(0)
})

describe('words that would be dropped are asked about, or keep their meaning', () => {
  test('还差多少 of a customer is what he owes as well as what he has not got', async () => {
    const answer = await understand('顺兴门业还差多少', known)
    expect(answer.kind === 'ask' && answer.choices.map(({ of }) => of)).toEqual(['ar.customer', 'delivery.status'])
    const keeper = { ...known, may: (intent: string) => !intent.startsWith('ar.') }
    expect(await understand('顺兴门业还差多少', keeper)).toMatchObject({ query: { intent: 'delivery.status' } })
  })

  test('a name that begins with a character that also asks is not the end of another name', async () => {
    expect(await understand('天达机械的电话', known)).toEqual({ kind: 'unknown', what: 'customer', named: '天达机械' })
  })

  test.each([
    ['被驳回的单子有几张', 'rejected'],
    ['草稿里的订单有哪些', 'draft'],
    ['上周的单子，作废的不算', 'valid'],
  ])('%s: orders in that state', async (text, only) => {
    expect(await understand(text, known)).toMatchObject({ kind: 'query', query: { intent: 'order.list', only } })
  })

  test('what is left out is left out of a list, and of a sum never quietly', async () => {
    expect(await understand('除了宏达装饰，电锤卖了多少', known)).toMatchObject({ kind: 'ask', question: 'except' })
    expect(await understand('退货仓除外，今天剩几单没出', known)).toMatchObject({
      query: { intent: 'delivery.due', without: ['returns'] },
    })
    expect(await understand('除了宏达装饰还有哪几家拖着货款没给', known)).toMatchObject({
      query: { intent: 'ar.overdue', without: ['hongda'] },
    })
  })

  test.each(['9月以来逾期的客户', '9月份开始逾期的有哪些', 'overdue customers since september'])(
    '%s: what is told of now is not told of all since then',
    async (text) => expect(await understand(text, known)).toMatchObject({ kind: 'ask', question: 'meant' }),
  )

  test('how many there are in a box, and what is to be changed, is not answered by something near', async () => {
    expect(await understand('酱油一箱装几瓶', known)).toEqual({ kind: 'declined' })
    expect(await understand('把宏达装饰的额度提到二十万', known)).toEqual({ kind: 'declined', isFinal: true })
  })

  test('what is hardly ever said so is not what single words point to', async () => {
    expect(await understand('螺栓类里一百八十天没走动过的', known)).toMatchObject({ query: { intent: 'stock.slow' } })
    expect(await understand('帮我订张去上海的高铁票', known)).toEqual({ kind: 'declined' })
  })
})
