import { afterEach, expect, test } from 'vitest'

import { aButton, aCallbackServer, aCard, aForm, aTenant, cardMessage, decrypted, plainText } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'
import type { Fields } from '../request-body.ts'

let tenant: Tenant
const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const each of undo.splice(0)) await each()
  await tenant.close()
})

type Answer = { status?: number; body?: string; lateMs?: number; location?: string }

/** A product that answers each click so. Answers the clicks it has seen. */
async function product(answer: Answer): Promise<Fields[]> {
  tenant = await aTenant()
  const clicks: Fields[] = []
  const server = await aCallbackServer(async (request, response) => {
    const event = await decrypted(tenant.app, request)
    if (event['challenge']) return void response.end(JSON.stringify({ challenge: event['challenge'] }))
    clicks.push(event)
    if (answer.lateMs) tenant.clock.advance(answer.lateMs)
    if (answer.location) response.setHeader('location', answer.location)
    response.statusCode = answer.status ?? 200
    response.end(answer.body ?? '{}')
  })
  undo.push(server.close)
  await tenant.control('PATCH', '/feishu/settings', { cardUrl: server.url })
  return clicks
}

async function clickOn(card: Fields, click: Fields = {}): Promise<Fields> {
  const { messageId } = await tenant.send('xiaoli', cardMessage(card))
  return tenant.control('POST', `/feishu/cards/${messageId}/clicks`, { person: 'xiaoli', action: 'approve', ...click })
}

const raw = (data: unknown) => JSON.stringify({ card: { type: 'raw', data } })

test.each<[string, Answer, number]>([
  ['later than 3 s', { lateMs: 3000 }, 200341],
  ['with status 204', { status: 204, body: '' }, 200671],
  ['with status 500', { status: 500 }, 200671],
  ['with a redirect', { status: 302, location: 'http://127.0.0.1:9/' }, 200671],
  ['with a text', { body: 'ok' }, 200672],
  ['with a list', { body: '[]' }, 200672],
  ['with a toast of no known type', { body: '{"toast":{"type":"loud","content":"x"}}' }, 200672],
  ['with a toast without content', { body: '{"toast":{"type":"info"}}' }, 200672],
  ['with a malformed card', { body: raw({ ...aCard(), surprise: true }) }, 200673],
  ['with a template nobody made', { body: '{"card":{"type":"template","data":{"template_id":"x"}}}' }, 200673],
  ['with a card of schema 1.0', { body: raw({ elements: [] }) }, 200830],
])('a click that is answered %s shows the platform error', async (_, answer, code) => {
  await product(answer)
  expect(await clickOn(aCard())).toMatchObject({ code, toast: { type: 'error' } })
})

test('a click without any callback shows 200340', async () => {
  tenant = await aTenant()
  expect(await clickOn(aCard())).toMatchObject({ code: 200340 })
})

test('a click on an address that is gone shows 200342', async () => {
  await product({})
  for (const each of undo.splice(0)) await each()
  expect(await clickOn(aCard())).toMatchObject({ code: 200342 })
})

test('a click is never delivered again, however it went', async () => {
  const clicks = await product({ status: 500 })
  await clickOn(aCard())
  tenant.clock.advance(100 * 3_600_000)
  await tenant.log()
  expect(clicks).toHaveLength(1)
})

test('a card can be clicked for 14 days', async () => {
  await product({})
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
  tenant.clock.advance(14 * 86_400_000 + 1)
  const answer = await tenant.control('POST', `/feishu/cards/${messageId}/clicks`, {
    person: 'xiaoli',
    action: 'approve',
  })
  expect(answer).toMatchObject({ code: 300000 })
})

test('the client holds back a form whose required field is empty', async () => {
  const clicks = await product({})
  const field = { tag: 'input', name: 'reason', required: true, placeholder: plainText('原因') }
  const answer = await clickOn(aCard(aForm(field)))
  expect(answer).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('原因') } })
  expect(clicks).toEqual([])
})

test('the client holds back a text that is longer than the field allows', async () => {
  const clicks = await product({})
  const answer = await clickOn(aCard(aForm({ tag: 'input', name: 'comment', max_length: 3 })), {
    form: { comment: '四个字吧' },
  })
  expect(answer).toMatchObject({ toast: { type: 'error' } })
  expect(clicks).toEqual([])
})

test('the client holds back a choice that the field does not offer', async () => {
  const clicks = await product({})
  const options = [{ text: plainText('一'), value: '1' }]
  await clickOn(aCard(aForm({ tag: 'select_static', name: 'pick', options })), { form: { pick: '2' } })
  expect(clicks).toEqual([])
})

test('a field that was left alone arrives with its initial value', async () => {
  const clicks = await product({})
  await clickOn(aCard(aForm({ tag: 'input', name: 'comment', default_value: 'fine' })))
  expect(clicks).toMatchObject([{ event: { action: { form_value: { comment: 'fine' } } } }])
})

test('an input outside a form reports its value by itself', async () => {
  const clicks = await product({})
  await clickOn(aCard({ tag: 'input', name: 'quantity' }), { action: 'quantity', form: { quantity: '12' } })
  expect(clicks).toMatchObject([{ event: { action: { tag: 'input', input_value: '12' } } }])
})

test('a link opens without any callback', async () => {
  const clicks = await product({})
  const link = {
    tag: 'button',
    name: 'open',
    text: plainText('打开'),
    behaviors: [{ type: 'open_url', default_url: 'http://127.0.0.1/x' }],
  }
  expect(await clickOn(aCard(link), { action: 'open' })).toEqual({ openUrl: 'http://127.0.0.1/x' })
  expect(clicks).toEqual([])
})

test('somebody who does not see a card cannot click it', async () => {
  const clicks = await product({})
  expect(await clickOn(aCard(), { person: 'wangjie' })).toHaveProperty('error')
  expect(clicks).toEqual([])
})

test('a forwarded copy is inert unless its card allows it', async () => {
  const clicks = await product({})
  expect(await clickOn(aCard(), { person: 'wangjie', forwarded: true })).toHaveProperty('error')
  const open = { ...aCard(), config: { update_multi: true, enable_forward_interaction: true } }
  expect(await clickOn(open, { person: 'wangjie', forwarded: true })).toEqual({})
  expect(clicks).toMatchObject([{ event: { operator: { open_id: tenant.idsOf('wangjie').openId } } }])
})

test('a client that lags behind can still click the card as it was', async () => {
  const clicks = await product({})
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard(aButton('approve'))))
  const content = JSON.stringify(aCard({ tag: 'markdown', content: 'done' }))
  await tenant.call('PATCH', `/open-apis/im/v1/messages/${messageId}`, { content })
  const click = { person: 'xiaoli', action: 'approve' }
  expect(await tenant.control('POST', `/feishu/cards/${messageId}/clicks`, click)).toHaveProperty('error')
  expect(await tenant.control('POST', `/feishu/cards/${messageId}/clicks`, { ...click, version: 0 })).toEqual({})
  expect(clicks).toHaveLength(1)
})

test('an answer that asks for a name nobody knows shows 200343', async () => {
  tenant = await aTenant({ feishu: { callbackUrl: 'http://no-such-host.invalid/' } })
  expect(await clickOn(aCard())).toMatchObject({ code: 200343 })
})
