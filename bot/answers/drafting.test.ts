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
