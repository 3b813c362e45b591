import { describe, expect, test } from 'vitest'
import { known } from './fixtures/trade.ts'
import type { BotQuery } from './query.ts'
import { understand } from './understand.ts'

const thisMonth = { from: '2026-11-01', to: '2026-11-22' }
const rank = (query: object): BotQuery => ({ intent: 'sales.rank', order: 'desc', ...thisMonth, ...query }) as BotQuery // compared below with what comes

describe('two that are named are compared with each other, and with nobody else', () => {
  test.each<[string, BotQuery]>([
    ['球阀和电锤哪个卖得多', rank({ by: 'item', among: ['valve', 'hammer'] })],
    ['螺栓类跟电工类这个月谁卖得好', rank({ by: 'category', among: ['螺栓', '电工'] })],
    ['宏达装饰和顺兴门业今年哪家买得多', rank({ by: 'customer', among: ['hongda', 'shunxing'], from: '2026-01-01' })],
    ['恒达机械和宏图超市谁买得最少', rank({ by: 'customer', among: ['hengda', 'hongtu'], order: 'asc' })],
  ])('%s', async (text, query) => {
    expect(await understand(text, known)).toEqual({ kind: 'query', query })
  })
})

test('kinds of goods are compared with all that are called so, and never left out', async () => {
  expect(await understand('膨胀螺栓和球阀这个月哪个卖得多', known)).toEqual({
    kind: 'query',
    query: rank({
      by: 'item',
      amongKinds: [
        { name: '膨胀螺栓', itemIds: expect.toSatisfy((ids: string[]) => ids.length === 4) },
        { name: expect.stringContaining('球阀'), itemIds: ['valve'] },
      ],
    }),
  })
})

describe('months, weeks and days are told by themselves', () => {
  test.each<[string, BotQuery]>([
    ['今年哪个月卖得最好', rank({ by: 'month', from: '2026-01-01' })],
    ['哪个月业绩最差', rank({ by: 'month', order: 'asc', from: '2025-12-01' })],
    ['最近半年每个月卖多少', rank({ by: 'month', from: '2026-06-01' })],
    ['这周哪天卖得最多', rank({ by: 'day', from: '2026-11-16' })],
    ['宏达装饰哪个月买得最多', rank({ by: 'month', customerId: 'hongda', from: '2025-12-01' })],
  ])('%s', async (text, query) => {
    expect(await understand(text, known)).toEqual({ kind: 'query', query })
  })
})

describe('what lies between two figures', () => {
  test.each<[string, object]>([
    ['1万到3万之间的订单', { intent: 'order.list', over: '10000.00', under: '30000.00' }],
    ['五千以下的订单有哪些', { intent: 'order.list', under: '5000.00' }],
    ['欠款1万到5万的客户有哪些', { intent: 'ar.ageing', over: '10000.00', under: '50000.00' }],
    ['欠我们超过10万的客户有几家', { intent: 'ar.ageing', over: '100000.00' }],
    ['逾期不到30天的客户', { intent: 'ar.overdue', mostDays: 30 }],
    ['昨天跟今天的订单', { intent: 'order.list', from: '2026-11-21', to: '2026-11-22' }],
    ['8月和9月分别卖了多少', rank({ by: 'month', from: '2026-08-01', to: '2026-09-30' })],
    ['逾期30到60天的客户', { intent: 'ar.overdue', overDays: 30, mostDays: 60 }],
    ['30天到60天内过期的有哪些', { intent: 'stock.expiring', from: '2026-12-22', to: '2027-01-21' }],
    ['8月到10月卖了多少', { intent: 'sales.summary', metric: 'amount', from: '2026-08-01', to: '2026-10-31' }],
  ])('%s', async (text, query) => {
    expect(await understand(text, known)).toEqual({ kind: 'query', query })
  })

  test('what cannot be told between two is not answered as if it were', async () => {
    expect(await understand('压了三个月到半年的货有哪些', known)).toMatchObject({ kind: 'ask', question: 'meant' })
  })
})

test.each([
  ['上半年', '2026-01-01', '2026-06-30'],
  ['前三季度', '2026-01-01', '2026-09-30'],
  ['10月中旬', '2026-10-11', '2026-10-20'],
  ['周末', '2026-11-21', '2026-11-22'],
  ['上周末', '2026-11-14', '2026-11-15'],
  ['双十一那周', '2026-11-09', '2026-11-15'],
  ['国庆期间', '2026-10-01', '2026-10-07'],
  ['昨个', '2026-11-21', '2026-11-21'],
])('%s is those days and no others', async (said, from, to) => {
  expect(await understand(`${said}卖了多少`, known)).toMatchObject({ query: { intent: 'sales.summary', from, to } })
})

test.each(['老王这个月业绩', '张三这个月卖了多少', '上周的销售额和库存还有多少'])(
  'somebody or something that nobody knows is not left out quietly: %s',
  async (text) => {
    expect((await understand(text, known)).kind).not.toBe('query')
  },
)

test('how much is left and what it costs are two questions', async () => {
  expect(await understand('球阀还有多少 什么价', known)).toMatchObject({ kind: 'ask', question: 'intent' })
})

test.each([
  ['这个月每个业务收了多少钱', 'rep'],
  ['上周微信和现金各收了多少', 'method'],
  ['今年按月看看回款', 'month'],
  ['按客户列一下上周的回款', 'customer'],
])('%s: what came in is told for each', async (text, by) => {
  expect(await understand(text, known)).toMatchObject({ kind: 'query', query: { intent: 'ar.collections', by } })
})

test('what can only be told for the whole time is asked about where it is asked for month by month', async () => {
  expect(await understand('第三季度每个月逾期多少', known)).toMatchObject({ kind: 'ask', question: 'meant' })
  expect(await understand('今年每个季度卖多少', known)).toEqual({
    kind: 'query',
    query: rank({ by: 'quarter', from: '2026-01-01' }),
  })
})
