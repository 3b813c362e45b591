import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { entryOf } from './lexicon.ts'
import { nameIndex } from './name-index.ts'
import { known as trade } from './fixtures/trade.ts'
import { askModel, type Model, modelOf } from './parser.ts'
import type { Known } from './understanding.ts'

const itemId = '01938d7e-0000-7000-8000-000000000001'
const customerId = '01938d7e-0000-7000-8000-000000000002'
const known: Known = {
  ...trade,
  items: nameIndex([entryOf({ kind: 'item', id: itemId, name: '电锤', spec: '26mm', code: 'DC-26', others: [] })]),
  customers: nameIndex([
    entryOf({
      kind: 'customer',
      id: customerId,
      name: '宏达装饰工程有限公司',
      others: ['宏达装饰'],
      code: 'C1',
      spec: '',
    }),
  ]),
}

/** A language model that says what a test wants, in the way of OpenAI; and what it was sent. */
let content: unknown
let status = 200
let delayMs = 0
let sent: { authorization?: string; body: string }[] = []
let server: Server
let model: Model
beforeEach(async () => {
  ;[content, status, delayMs, sent] = [{ intent: 'none' }, 200, 0, []]
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      sent.push({ authorization: request.headers.authorization, body })
      const answer = {
        choices: [{ message: { content: typeof content === 'string' ? content : JSON.stringify(content) } }],
      }
      setTimeout(
        () => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
        delayMs,
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address
  model = { url: `http://127.0.0.1:${port}/v1`, key: 'a-key', name: 'small', timeoutMs: 20_000 }
})
afterEach(() => {
  // A line that a client still holds open would be waited for.
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
})

const strange = '宏达装饰那边26电锤整了多少 给我扒拉扒拉'

describe('a language model as the second parser', () => {
  test('is told the question with its names masked, the intents, and nothing of what is stored', async () => {
    await askModel(strange, known, model)
    const [{ authorization, body } = { body: '' }] = sent
    const { messages } = JSON.parse(body) as { messages: { content: string }[] } // as it was sent
    expect(authorization).toBe('Bearer a-key')
    expect(messages[1]?.content).toContain('<CUSTOMER1>')
    expect(messages[1]?.content).toContain('<ITEM1>')
    for (const secret of ['宏达', '电锤', itemId, customerId]) expect(body).not.toContain(secret)
  })

  test('what it makes of it is asked back, never answered at once', async () => {
    content = { intent: 'price.item', itemIds: ['<ITEM1>'], customerId: '<CUSTOMER1>' }
    expect(await askModel(strange, known, model)).toMatchObject({
      kind: 'ask',
      question: 'meant',
      choices: [{ query: { intent: 'price.item', itemIds: [itemId], customerId } }],
    })
  })

  test.each<[string, unknown]>([
    ['an id of its own', { intent: 'stock.item', itemIds: [itemId] }],
    ['a mark that was not in the question', { intent: 'stock.item', itemIds: ['<ITEM7>'] }],
    ['a name of another kind', { intent: 'stock.item', itemIds: ['<CUSTOMER1>'] }],
    ['a number that nobody said', { intent: 'stock.atp', itemIds: ['<ITEM1>'], quantity: { n: '500' } }],
    ['a day that nobody said', { intent: 'ar.collections', from: '2025-01-01', to: '2025-12-31' }],
    ['words that nobody said', { intent: 'crm.log', customerId: '<CUSTOMER1>', text: '他答应付款', kind: 'call' }],
    ['an intent that there is not', { intent: 'customer.delete', customerId: '<CUSTOMER1>' }],
    ['a field that there is not', { intent: 'help', sql: 'select 1' }],
    ['no intent', { intent: 'none' }],
    [
      'ids of its own beside each other',
      {
        intent: 'sales.rank',
        by: 'customer',
        order: 'desc',
        among: [customerId, itemId],
        from: '2026-11-01',
        to: '2026-11-22',
      },
    ],
    ['a list', []],
    ['no JSON', 'I am sorry, but'],
  ])('%s is thrown away', async (_, answered) => {
    content = answered
    expect(await askModel(strange, known, model)).toBeUndefined()
  })

  test('what turns the question round is thrown away', async () => {
    const ranked = { intent: 'sales.rank', by: 'rep', from: '2026-11-01', to: '2026-11-30' }
    content = { ...ranked, order: 'desc' }
    expect(await askModel('本月排排看谁最少', known, model)).toBeUndefined()
    content = { ...ranked, order: 'asc' }
    expect(await askModel('本月排排看谁最少', known, model)).toMatchObject({ kind: 'ask' })
  })

  test('what is not for the asker stays closed, and a model that is late, down or rude is done without', async () => {
    content = { intent: 'stock.item', itemIds: ['<ITEM1>'] }
    expect(await askModel(strange, { ...known, may: () => false }, model)).toBeUndefined()
    delayMs = 600
    expect(await askModel(strange, known, { ...model, timeoutMs: 50 })).toBeUndefined()
    ;[delayMs, status] = [0, 500]
    expect(await askModel(strange, known, model)).toBeUndefined()
    expect(await askModel(strange, known, { ...model, url: 'http://127.0.0.1:1' })).toBeUndefined()
  })

  test('there is none unless an address and a model are named', () => {
    const set = {
      BOT_LLM_URL: 'https://llm.example/v1',
      BOT_LLM_MODEL: 'small',
      BOT_LLM_TIMEOUT_MS: 800,
    } as Parameters<typeof modelOf>[0] // what is looked at
    expect(modelOf(set)).toMatchObject({ url: 'https://llm.example/v1', name: 'small', timeoutMs: 800 })
    expect(modelOf({ ...set, BOT_LLM_MODEL: undefined })).toBeUndefined()
    expect(modelOf({ ...set, BOT_LLM_URL: undefined })).toBeUndefined()
  })
})
