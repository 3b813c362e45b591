import { describe, expect, test } from 'vitest'
import { noContext } from './context-store.ts'
import { known } from './fixtures/trade.ts'
import { understand } from './understand.ts'

/** What the second message means after the first. */
async function after(first: string, second: string): Promise<unknown> {
  const before = await understand(first, known)
  const queries = before.kind === 'query' ? [before.query] : []
  expect(queries).toHaveLength(1)
  const understood = await understand(second, { ...known, context: { queries, choices: [] } })
  return understood.kind === 'query' ? understood.query : understood
}

describe('a question that goes on keeps what it does not say otherwise', () => {
  test.each<[string, string, object]>([
    ['宏达装饰这个月买了多少', '上个月呢', { customerId: 'hongda', from: '2026-10-01' }],
    ['宏达装饰这个月买了多少', '恒达机械呢', { customerId: 'hengda', from: '2026-11-01' }],
    ['电工类这个月卖了多少', '上个月呢', { category: '电工', from: '2026-10-01' }],
    ['球阀这个月卖了几个', '上个月呢', { itemId: 'valve', metric: 'quantity', from: '2026-10-01' }],
    ['黄油三个月内过期的有吗', '半年内呢', { itemId: 'butter', withinDays: 180 }],
    ['球阀什么时候到货', '下周的呢', { itemId: 'valve', from: '2026-11-23' }],
    ['这个月微信收了多少', '上个月呢', { method: 'wechat', from: '2026-10-01' }],
    ['本月收款合计', '其中微信收的多少', { method: 'wechat', from: '2026-11-01' }],
    ['明天要发哪些货', '主仓的呢', { warehouseId: 'main', from: '2026-11-23', to: '2026-11-23' }],
    ['今天要发哪些单', '逾期的呢', { intent: 'delivery.due', isOverdue: true }],
    ['宏达装饰欠多少', '逾期的有多少', { intent: 'ar.overdue', customerId: 'hongda' }],
    ['本月卖得最差的产品', '前五', { order: 'asc', limit: 5 }],
    ['逾期没发的单', '主仓的呢', { warehouseId: 'main', isOverdue: true }],
    ['2万以上的订单', '这个月的呢', { over: '20000.00', from: '2026-11-01' }],
    ['这周没审的单子', '恒达机械的呢', { customerId: 'hengda', only: 'waiting', from: '2026-11-16' }],
    ['宏达装饰和顺兴门业今年谁买得多', '去年呢', { among: ['hongda', 'shunxing'], from: '2025-01-01' }],
    ['今年哪个月卖得最好', '去年呢', { by: 'month', from: '2025-01-01' }],
    ['给宏达装饰门锁套件什么价', '球阀呢', { itemIds: ['valve'], customerId: 'hongda' }],
    ['球阀多少钱', '拿100个呢', { intent: 'price.item', itemIds: ['valve'], quantity: { n: '100', unit: '个' } }],
    ['哪个客户毛利最低', '上个月呢', { by: 'customer', order: 'asc', from: '2026-10-01' }],
    ['宏达装饰上个月底欠多少', '恒达机械呢', { customerIds: ['hengda'], day: '2026-10-31' }],
  ])('%s, %s', async (first, second, query) => {
    expect(await after(first, second)).toMatchObject(query)
  })

  test('and what is now is no more of the day before', async () => {
    expect(await after('宏达装饰上个月底欠多少', '现在呢')).toEqual({ intent: 'ar.customer', customerIds: ['hongda'] })
  })
})

describe('a draft is corrected', () => {
  test('another item takes the place of the wrong one, with its quantity', async () => {
    expect(await after('恒达机械 球阀24个 下单', '不对 是电锤')).toMatchObject({
      lines: [{ itemId: 'hammer', quantity: { n: '24', unit: '个' } }],
    })
  })
  test('and a quantity that stands before any name is of the line that is there', async () => {
    expect(await after('给恒达机械报价 球阀30个', '改50个吧 再加电锤2台')).toMatchObject({
      lines: [
        { itemId: 'valve', quantity: { n: '50', unit: '个' } },
        { itemId: 'hammer', quantity: { n: '2', unit: '台' } },
      ],
    })
  })
})

test.each([
  ['一个半月没联系的客户', { silentDays: 45 }],
  ['两年半没动过的货', { idleDays: 900 }],
  ['周五之前到期的款', { from: '2026-11-22', to: '2026-11-27' }],
  ['宏达装饰12月要付多少', { intent: 'ar.due', from: '2026-12-01', to: '2026-12-31' }],
  ['上周两万以上的单子', { over: '20000.00', from: '2026-11-09', to: '2026-11-15' }],
  ['俩月之内过期的', { withinDays: 60 }],
])('%s', async (text, query) => {
  expect(await understand(text, known)).toMatchObject({ kind: 'query', query })
})

test('a place that nobody knows is said to be unknown, and nothing is told of another', async () => {
  expect(await understand('南京仓还有没有球阀', known)).toEqual({ kind: 'unknown', what: 'warehouse', named: '南京仓' })
})

test('what a question lacked may be named by itself, one thing after another', async () => {
  const talk = async (open: string, text: string) => understand(text, { ...known, context: { ...noContext, open } })
  expect(await talk('发一下对账单', '宏达装饰')).toMatchObject({
    query: { intent: 'ar.statement', customerId: 'hongda' },
  })
  const open = '上次是什么价 球阀'
  expect(await talk('上次是什么价', '球阀')).toEqual({ kind: 'missing', what: 'customer', intent: 'price.last', open })
  expect(await talk(open, '宏达装饰')).toMatchObject({
    query: { intent: 'price.last', itemId: 'valve', customerId: 'hongda' },
  })
  expect(await talk('帮我下单', '宏达装饰')).toMatchObject({ query: { intent: 'order.draft', customerId: 'hongda' } })
  // What asks by itself is a question of its own.
  expect(await talk('发一下对账单', '球阀还有多少')).toMatchObject({ query: { intent: 'stock.item' } })
})
