import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apartFromWords, meant } from './fixtures/apart-from-words.ts'
import { catalogue } from './fixtures/catalogue.ts'
import { known } from './fixtures/trade.ts'
import { BotQuery, type Intent } from './query.ts'
import { understand } from './understand.ts'

const intents = BotQuery.options.map((option) => option.shape.intent.value)

test.each(catalogue)('%s', async (text, query) => {
  expect(await understand(text, known)).toEqual({ kind: 'query', query })
})

test('every intent is asked for in Chinese, in pinyin or with slips, and in English', () => {
  const asked = new Map<Intent, number>()
  for (const [, { intent }] of catalogue) asked.set(intent, (asked.get(intent) ?? 0) + 1)
  expect(intents.filter((intent) => (asked.get(intent) ?? 0) < 7)).toEqual([])
  expect(intents).toHaveLength(39)
})

describe('the way it is said does not change what is meant', () => {
  const wide = (text: string): string =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  const manners = fc.constantFrom(
    (text: string) => `麻烦帮我看下 ${text} 哈`,
    (text: string) => `请问 ${text}`,
    (text: string) => `${text} 谢谢`,
    (text: string) => `\u200b${text}🙏`,
    (text: string) => `你好，${text}`,
    (text: string) => `@一单助手 ${text}`,
    (text: string) => text.toUpperCase(),
    (text: string) => text.replaceAll('*', '×'),
    (text: string) => `  ${text.replaceAll(' ', '  ')}  `,
    wide,
  )

  test('politeness, width, spaces, pictures, capitals and the sign between sizes', async () => {
    const cases = catalogue.filter(([, query]) => query.intent !== 'help')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), manners, async ([text, query], manner) => {
        const understood = meant(await understand(manner(text), known))
        expect(understood, manner(text)).toEqual({ kind: 'query', query: apartFromWords(query) })
      }),
      { numRuns: 600 },
    )
  })
})

describe('however a customer is called', () => {
  const asking = fc.constantFrom<[string, (id: string) => BotQuery]>(
    ['还欠多少', (id) => ({ intent: 'ar.customer', customerIds: [id] })],
    ['信用额度还剩多少', (id) => ({ intent: 'ar.credit', customerId: id })],
    ['的订单', (id) => ({ intent: 'order.list', customerId: id })],
    ['账龄', (id) => ({ intent: 'ar.ageing', customerId: id })],
  )
  const anyCustomer = fc.constantFrom(...known.customers.entries)

  test('in full, short, or in pinyin, the same one is meant', async () => {
    await fc.assert(
      fc.asyncProperty(anyCustomer, fc.nat(), asking, async ({ id, forms, pinyin }, at, [question, query]) => {
        const called = [...forms, ...pinyin.split('|')]
        const text = `${called[at % called.length]} ${question}`
        expect(await understand(text, known), text).toEqual({ kind: 'query', query: query(id) })
      }),
      { numRuns: 300 },
    )
  })

  test('a character that is left out never makes it another one in silence', async () => {
    await fc.assert(
      fc.asyncProperty(anyCustomer, fc.nat(), asking, async ({ id, name }, at, [question, query]) => {
        const slip = at % name.length
        const text = `${name.slice(0, slip)}${name.slice(slip + 1)}${question}`
        const answer = await understand(text, known)
        if (answer.kind === 'query') expect(answer.query, text).toEqual(query(id))
        else expect(['ask', 'unknown'], text).toContain(answer.kind)
      }),
      { numRuns: 300 },
    )
  })
})
