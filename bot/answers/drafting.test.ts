import { describe, expect, test } from 'vitest'
import { known } from './fixtures/trade.ts'
import type { BotQuery } from './query.ts'
import { understand } from './understand.ts'

type Lines = Extract<BotQuery, { intent: 'order.draft' }>['lines']
const of = (itemId: string, n?: string, unit?: string): Lines[number] => ({
  itemId,
  ...(n ? { quantity: { n, ...(unit ? { unit } : {}) } } : {}),
})
const order = (...lines: Lines): BotQuery => ({ intent: 'order.draft', customerId: 'hengda', lines })

/** What a message means after another one. */
const after = (before: BotQuery, text: string) =>
  understand(text, { ...known, context: { ...known.context, queries: [before] } })

describe('a draft goes on with what is said next', () => {
  test.each<[string, BotQuery, BotQuery]>([
    ['500盒', order(of('m8x30')), order(of('m8x30', '500', '盒'))],
    ['改成300盒', order(of('m8x30', '500', '盒')), order(of('m8x30', '300', '盒'))],
    ['球阀50个', order(of('m8x30', '500', '盒')), order(of('m8x30', '500', '盒'), of('valve', '50', '个'))],
    ['再加50个球阀', order(of('m8x30', '500', '盒')), order(of('m8x30', '500', '盒'), of('valve', '50', '个'))],
    [
      '后天送',
      order(of('valve', '50', '个')),
      { ...order(of('valve', '50', '个')), promisedOn: '2026-11-24' } as BotQuery,
    ],
    ['球阀20个', order(of('valve', '50', '个')), order(of('valve', '20', '个'))],
    [
      '明天',
      order(of('valve', '50', '个')),
      { ...order(of('valve', '50', '个')), promisedOn: '2026-11-23' } as BotQuery,
    ],
  ])('%s', async (text, before, query) => {
    expect(await after(before, text)).toEqual({ kind: 'query', query })
  })
})

describe('a price that was said goes with its line', () => {
  test.each<[string, object[], object]>([
    ['给恒达报价 球阀50个 每个5毛6', [{ n: '0.56', unit: '个' }], {}],
    ['恒达 球阀20个 按12块8 下单', [{ n: '12.8' }], {}],
    ['给恒达开单 球阀10个 单价 3.5', [{ n: '3.5' }], {}],
    [
      '给恒达报价 电锤2台 680一台 球阀3个 88元/个',
      [
        { n: '680', unit: '台' },
        { n: '88', unit: '个' },
      ],
      {},
    ],
    ['给恒达报价 球阀50个 一个三块六', [{ n: '3.6', unit: '个' }], {}],
    ['给恒达报价 球阀50个 打九五折', [], { discount: '95' }],
    ['给恒达报价 球阀50个 便宜3个点', [], { discount: '97' }],
    ['给恒达报价 电锤50台', [], {}],
    ['给恒达下单 球阀50个 不含税 包邮', [], { unused: '包邮、不含税' }],
    ['给恒达下单 球阀50个 总价680', [], { unused: '680' }],
    ['给恒达下单 球阀50个 680元', [], { unused: '680' }],
  ])('%s', async (text, prices, more) => {
    const understood = await understand(text, known)
    const query = understood.kind === 'query' && 'lines' in understood.query ? understood.query : undefined
    const { lines = [], discount, unused } = query ?? {}
    expect(lines.flatMap(({ price }) => (price ? [price] : []))).toEqual(prices)
    expect({ ...(discount ? { discount } : {}), ...(unused ? { unused } : {}) }).toEqual(more)
  })

  test('and may be said afterwards, of the only line', async () => {
    const line = of('valve', '50', '个')
    const priced = { ...line, price: { n: '5.5' } }
    expect(await after(order(line), '按5块5吧')).toEqual({ kind: 'query', query: order(priced) })
    expect(await after(order(priced), '改成80个')).toEqual({
      kind: 'query',
      query: order({ ...of('valve', '80', '个'), price: { n: '5.5' } }),
    })
    expect(await after(order(line, of('hammer', '2', '台')), '按5块5吧')).toMatchObject({
      query: { unused: '5.5', lines: [line, of('hammer', '2', '台')] },
    })
  })
})

describe('a draft is never begun on a guess', () => {
  test('two customers or two items that fit are asked back', async () => {
    expect(await understand('给建材报个价 电锤 2台', known)).toMatchObject({ kind: 'ask', question: 'customer' })
    const asked = await understand('给恒达报个价 膨胀螺栓 2箱', known)
    expect(asked).toMatchObject({ kind: 'ask', question: 'item' })
    const [first] = asked.kind === 'ask' ? asked.choices : []
    expect(first?.query).toMatchObject({ intent: 'quote.draft', lines: [{ quantity: { n: '2', unit: '箱' } }] })
  })

  test('a customer that is not there is unknown, whatever else is said', async () => {
    expect(await understand('给白鹭货栈报个价 电锤 2台', known)).toMatchObject({ kind: 'unknown', what: 'customer' })
  })
})

describe('what is to be written down goes along as it was said', () => {
  test.each<[string, Partial<Extract<BotQuery, { intent: 'crm.log' }>>]>([
    ['记一下 恒达要涨价了 下周三再报', { text: '恒达要涨价了 下周三再报', nextOn: '2026-11-25' }],
    ['@一单助手 记一下 恒达嫌贵', { text: '恒达嫌贵', kind: 'other' }],
    ['恒达跟进：昨天打了电话，没接', { text: '恒达跟进：昨天打了电话，没接', kind: 'call' }],
  ])('%s', async (text, query) => {
    const understood = await understand(text, known)
    expect(understood).toMatchObject({ kind: 'query', query: { intent: 'crm.log', customerId: 'hengda', ...query } })
    if (!query.nextOn) expect(understood).not.toHaveProperty('query.nextOn')
  })
})

test('what was quoted becomes an order by its quotation, and no empty draft', async () => {
  expect(await understand('恒达机械那张报价转成订单', known)).toEqual({
    kind: 'query',
    query: { ...order(), ofQuotation: true },
  })
})

test('so many of something for somebody, and no word of what to do, is offered as a draft of either kind', async () => {
  const answer = await understand('恒达机械要50个球阀 明天送', known)
  expect(answer).toMatchObject({ kind: 'ask', question: 'intent' })
  expect(answer.kind === 'ask' && answer.choices.slice(0, 2).map(({ of }) => of)).toEqual([
    'order.draft',
    'quote.draft',
  ])
})
