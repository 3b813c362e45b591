import type { IncomingMessage } from 'node:http'

import * as lark from '@larksuiteoapi/node-sdk'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import type { Fields } from '../request-body.ts'
import { isFields } from '../request-body.ts'
import { aButton, aCallbackServer, aCard, aForm, aTenant, cardMessage, plainText } from './test-tenant.ts'
import { eventually } from '../test-eventually.ts'
import type { Overrides, Tenant } from './test-tenant.ts'

// Everything here goes through the official SDK, unmodified: only its base address differs.

const silent = () => {}
const logger = { error: silent, warn: silent, info: silent, debug: silent, trace: silent }
let tenant: Tenant
const undo: (() => unknown)[] = []

afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each()
  await tenant.close()
})

async function begin(overrides: Overrides = {}): Promise<lark.Client> {
  tenant = await aTenant(overrides)
  return new lark.Client({ appId: tenant.app.appId, appSecret: tenant.app.appSecret, domain: tenant.url, logger })
}

type Handler = (data: Fields) => Promise<unknown>

/** Connects a client of the SDK; answers once it is ready. */
function connect(handlers: Record<string, Handler>, more: { onReconnected?: () => void } = {}): Promise<lark.WSClient> {
  const { appId, appSecret } = tenant.app
  return new Promise((resolve, reject) => {
    const client = new lark.WSClient({
      appId,
      appSecret,
      domain: tenant.url,
      logger,
      onReady: () => resolve(client),
      onError: reject,
      ...more,
    })
    undo.push(() => client.close({ force: true }))
    void client.start({ eventDispatcher: new lark.EventDispatcher({ logger }).register(handlers) })
  })
}

test('the client fetches its token once, sends a card, and replaces it', async () => {
  const client = await begin()
  const receive_id = tenant.idsOf('xiaoli').openId
  const data = { receive_id, msg_type: 'interactive', content: JSON.stringify(aCard()), uuid: 'errand-1' }
  const sent = await client.im.message.create({ params: { receive_id_type: 'open_id' }, data })
  expect(sent.code).toBe(0)
  const message_id = sent.data?.message_id ?? ''

  const changed = { ...aCard(), header: { template: 'green', title: plainText('已批准') } }
  const patched = await client.im.message.patch({ path: { message_id }, data: { content: JSON.stringify(changed) } })
  expect(patched.code).toBe(0)
  expect((await tenant.inbox('xiaoli')).map((message) => message.content)).toEqual([changed])
  const tokens = (await tenant.log()).filter((entry) => entry.title.includes('tenant_access_token'))
  expect(tokens).toHaveLength(1)
})

test('a second send with the same uuid within the hour answers with the first message', async () => {
  const client = await begin()
  const receive_id = tenant.idsOf('xiaoli').unionId
  const data = { receive_id, msg_type: 'text', content: JSON.stringify({ text: 'hello' }), uuid: 'errand-1' }
  const send = async () =>
    (await client.im.message.create({ params: { receive_id_type: 'union_id' }, data })).data?.message_id
  const first = await send()
  expect(await send()).toBe(first)
  tenant.clock.advance(3_600_000)
  expect(await send()).not.toBe(first)
})

test('the client walks through the directory page by page', async () => {
  const client = await begin()
  const departments: string[] = []
  const walk = await client.contact.department.childrenWithIterator({
    path: { department_id: '0' },
    params: { fetch_child: true, page_size: 1 },
  })
  for await (const page of walk) departments.push(...(page?.items ?? []).map((item) => item.name ?? ''))
  expect(departments).toEqual(['销售部', '门店', '仓储部'])

  const top = await client.contact.department.children({ path: { department_id: '0' } })
  const sales = top.data?.items?.find((item) => item.name === '销售部')?.open_department_id ?? ''
  const members = await client.contact.user.findByDepartment({ params: { department_id: sales } })
  const xiaoli = members.data?.items?.find((item) => item.name === 'xiaoli')
  expect(xiaoli?.leader_user_id).toBe(tenant.idsOf('wangjie').openId)
})

test('the client finds people by mobile, address and id, and its bot by its token', async () => {
  const client = await begin()
  const { openId } = tenant.idsOf('xiaoli')
  const data = { emails: ['xiaoli@example.com', 'stranger@example.com'], mobiles: ['+8613800000001'] }
  const found = await client.contact.user.batchGetId({ params: { user_id_type: 'open_id' }, data })
  expect(found.data?.user_list?.map((row) => row.user_id)).toEqual([openId, undefined, openId])
  const one = await client.contact.user.get({ path: { user_id: openId } })
  expect(one.data?.user).toMatchObject({ name: 'xiaoli', employee_no: 'E-xiaoli' })
  const bot = await client.request({ method: 'GET', url: '/open-apis/bot/v3/info' })
  expect(bot).toMatchObject({ bot: { app_name: '一单', open_id: expect.stringMatching(/^ou_/) } })
})

test('a reply goes into the chat of the message that it answers', async () => {
  const client = await begin()
  const { messageId, chatId } = await tenant.send('xiaoli', cardMessage(aCard()))
  const data = { msg_type: 'text', content: JSON.stringify({ text: 'more' }) }
  const reply = await client.im.message.reply({ path: { message_id: messageId }, data })
  expect(reply.data).toMatchObject({ chat_id: chatId, parent_id: messageId })
})

test('after a click the card can be replaced twice more with the token of the click', async () => {
  const client = await begin()
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard(aButton('approve'))))
  const tokens: unknown[] = []
  await connect({ 'card.action.trigger': async (data) => (tokens.push(data['token']), {}) })
  await tenant.control('POST', `/feishu/cards/${messageId}/clicks`, { person: 'xiaoli', action: 'approve' })
  const card = aCard({ tag: 'hr' })
  const updated = await client.request({
    method: 'POST',
    url: '/open-apis/interactive/v1/card/update',
    data: { token: tokens[0], card },
  })
  expect(updated).toMatchObject({ code: 0 })
  expect((await tenant.inbox('xiaoli'))[0]?.content).toEqual(card)
})

test('a message reaches the handler over the long connection, and its answer reaches the person', async () => {
  const client = await begin()
  await connect({
    'im.message.receive_v1': async (data) => {
      const message = isFields(data['message']) ? data['message'] : {}
      const receive_id = String(message['chat_id'])
      const content = JSON.stringify({ text: `you wrote ${String(message['content'])}` })
      await client.im.message.create({
        params: { receive_id_type: 'chat_id' },
        data: { receive_id, msg_type: 'text', content },
      })
    },
  })
  const answer = await tenant.control('POST', '/feishu/people/xiaoli/messages', { text: '库存' })
  expect(answer['messages']).toMatchObject([{ kind: 'text', content: 'you wrote {"text":"库存"}' }])
})

test('a click carries who pressed and what he filled in, and the answered card replaces the old one', async () => {
  await begin()
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard(aForm({ tag: 'input', name: 'comment' }))))
  const seen: Fields[] = []
  await connect({
    'card.action.trigger': async (data) => {
      seen.push(data)
      return { toast: { type: 'success', content: '已批准' }, card: { type: 'raw', data: aCard({ tag: 'hr' }) } }
    },
  })
  const click = { person: 'xiaoli', action: 'approve', form: { comment: 'fine' } }
  const answer = await tenant.control('POST', `/feishu/cards/${messageId}/clicks`, click)
  expect(answer).toMatchObject({ toast: { type: 'success', content: '已批准' }, card: aCard({ tag: 'hr' }) })
  expect(seen).toMatchObject([
    {
      operator: { open_id: tenant.idsOf('xiaoli').openId },
      action: { tag: 'button', name: 'approve', value: { act: 'approve' }, form_value: { comment: 'fine' } },
      context: { open_message_id: messageId },
    },
  ])
  expect((await tenant.inbox('xiaoli'))[0]?.content).toEqual(aCard({ tag: 'hr' }))
})

test('a handler that throws makes the person see 200671', async () => {
  await begin()
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard(aButton('approve'))))
  await connect({
    'card.action.trigger': () => Promise.reject(new Error('out of order')),
  })
  const answer = await tenant.control('POST', `/feishu/cards/${messageId}/clicks`, {
    person: 'xiaoli',
    action: 'approve',
  })
  expect(answer['code']).toBe(200671)
})

test('an event larger than a frame arrives in fragments and is put together', async () => {
  await begin({ feishu: { fragmentBytes: 100 } })
  const heard: unknown[] = []
  await connect({ 'im.message.receive_v1': async (data) => heard.push(data['message']) })
  await tenant.says('xiaoli', '价'.repeat(500))
  const message = await eventually(() => heard[0])
  expect(message).toMatchObject({ content: JSON.stringify({ text: '价'.repeat(500) }) })
})

test('after a cut the client reconnects, and what happened meanwhile arrives', async () => {
  await begin()
  const heard: unknown[] = []
  let isBack = false
  const onReconnected = () => {
    isBack = true
  }
  await connect({ 'contact.user.deleted_v3': async (data) => heard.push(data['old_object']) }, { onReconnected })
  await tenant.control('POST', '/feishu/faults', { socket: 'cut' })
  await tenant.control('POST', '/feishu/people/laozhao/leave')
  await eventually(() => isBack || undefined)
  expect(await eventually(() => heard[0])).toMatchObject({ department_ids: [expect.stringMatching(/^od-/)] })
})

test('two connections of one app share its events by chance', async () => {
  const dice = [0.1, 0.9]
  await begin({ simulator: { random: () => dice.shift() ?? 0 } })
  const heard: string[] = []
  const hear = (name: string) => ({ 'contact.user.deleted_v3': async () => heard.push(name) })
  await connect(hear('first'))
  await connect(hear('second'))
  dice.splice(0, dice.length, 0.1, 0.9)
  await tenant.control('POST', '/feishu/people/laozhao/leave')
  await eventually(() => heard[0])
  await tenant.control('POST', '/feishu/people/xiaoli/leave')
  await eventually(() => heard[1])
  expect(heard).toEqual(['first', 'second'])
})

test('a click over a socket that is open but dead shows 200341', async () => {
  await begin()
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard(aButton('approve'))))
  await connect({ 'card.action.trigger': async () => ({}) })
  await tenant.control('POST', '/feishu/faults', { socket: 'freeze' })
  const clicking = tenant.control('POST', `/feishu/cards/${messageId}/clicks`, { person: 'xiaoli', action: 'approve' })
  await tenant.inbox('xiaoli')
  tenant.clock.advance(3000)
  expect((await clicking)['code']).toBe(200341)
})

test('a socket that sends something else than frames is closed', async () => {
  await begin()
  const answer = await tenant.fetched('POST', '/callback/ws/endpoint', {
    AppID: tenant.app.appId,
    AppSecret: tenant.app.appSecret,
  })
  const address = isFields(answer.body['data']) ? String(answer.body['data']['URL']) : ''
  const socket = new WebSocket(address)
  socket.on('open', () => socket.send('not a frame'))
  const code = await new Promise((resolve) => socket.on('close', resolve))
  expect(code).toBe(1003)
})

test('a socket without a ticket is refused in its handshake', async () => {
  await begin()
  const socket = new WebSocket(`${tenant.url.replace('http', 'ws')}/callback/ws/feishu?ticket=x`)
  const headers = await new Promise<IncomingMessage['headers']>((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(response.headers))
  })
  expect(headers).toMatchObject({ 'handshake-status': '403', 'handshake-autherrcode': '1000040343' })
})

test('a wrong secret is refused before any socket is opened', async () => {
  tenant = await aTenant()
  const failure = await new Promise<Error>((resolve) => {
    const client = new lark.WSClient({
      appId: tenant.app.appId,
      appSecret: 'x',
      domain: tenant.url,
      logger,
      onError: resolve,
    })
    void client.start({ eventDispatcher: new lark.EventDispatcher({ logger }) })
  })
  expect(failure.message).toContain('514')
})

test("the SDK's dispatcher accepts the signature of an HTTP callback, and echoes the challenge", async () => {
  await begin()
  const { encryptKey, verificationToken } = tenant.app
  const heard: unknown[] = []
  const dispatcher = new lark.EventDispatcher({ encryptKey, verificationToken, logger })
  dispatcher.register({ 'im.message.receive_v1': async (data: Fields) => void heard.push(data['message']) })
  const accept = lark.adaptDefault('/', dispatcher, { autoChallenge: true })
  const server = await aCallbackServer((request, response) => void accept(request, response))
  undo.push(server.close)

  expect(await tenant.control('PATCH', '/feishu/settings', { eventUrl: server.url })).toMatchObject({
    eventUrl: server.url,
  })
  await tenant.says('xiaoli', '库存')
  expect(await eventually(() => heard[0])).toMatchObject({ content: '{"text":"库存"}' })
})

test("the SDK's dispatcher refuses a forged signature", async () => {
  await begin()
  const { encryptKey, verificationToken } = tenant.app
  const heard: unknown[] = []
  const dispatcher = new lark.EventDispatcher({ encryptKey, verificationToken, logger })
  dispatcher.register({ 'im.message.receive_v1': async (data: Fields) => void heard.push(data) })
  const accept = lark.adaptDefault('/', dispatcher, { autoChallenge: true })
  const server = await aCallbackServer((request, response) => void accept(request, response))
  undo.push(server.close)
  await tenant.control('PATCH', '/feishu/settings', { eventUrl: server.url })
  await tenant.control('POST', '/feishu/faults', { tamper: 'signature' })
  await tenant.says('xiaoli', '库存')
  const entry = await eventually(async () =>
    (await tenant.log()).find((each) => each.title === 'im.message.receive_v1'),
  )
  expect(entry.checks.filter((check) => !check.holds).map((check) => check.what)).toContain(
    'the body is encrypted and signed',
  )
  expect(heard).toEqual([])
})
