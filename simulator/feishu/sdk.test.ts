import * as lark from '@larksuiteoapi/node-sdk'
import { afterEach, expect, test } from 'vitest'

import type { Fields } from '../request-body.ts'
import { isFields } from '../request-body.ts'
import { aButton, aCallbackServer, aCard, aForm, aTenant, cardMessage, eventually, plainText } from './test-tenant.ts'
import type { Overrides, Tenant } from './test-tenant.ts'

// Everything here goes through the official SDK, unmodified: only its base address differs.

const loggerLevel = lark.LoggerLevel.fatal
let tenant: Tenant
const undo: (() => unknown)[] = []

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
  await tenant.close()
})

async function begin(overrides: Overrides = {}): Promise<lark.Client> {
  tenant = await aTenant(overrides)
  return new lark.Client({ appId: tenant.app.appId, appSecret: tenant.app.appSecret, domain: tenant.url, loggerLevel })
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
      loggerLevel,
      onReady: () => resolve(client),
      onError: reject,
      ...more,
    })
    undo.push(() => client.close({ force: true }))
    void client.start({ eventDispatcher: new lark.EventDispatcher({ loggerLevel }).register(handlers) })
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

test('a wrong secret is refused before any socket is opened', async () => {
  tenant = await aTenant()
  const failure = await new Promise<Error>((resolve) => {
    const client = new lark.WSClient({
      appId: tenant.app.appId,
      appSecret: 'x',
      domain: tenant.url,
      loggerLevel,
      onError: resolve,
    })
    void client.start({ eventDispatcher: new lark.EventDispatcher({ loggerLevel }) })
  })
  expect(failure.message).toContain('514')
})

test("the SDK's dispatcher accepts the signature of an HTTP callback, and echoes the challenge", async () => {
  await begin()
  const { encryptKey, verificationToken } = tenant.app
  const heard: unknown[] = []
  const dispatcher = new lark.EventDispatcher({ encryptKey, verificationToken, loggerLevel })
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
  const dispatcher = new lark.EventDispatcher({ encryptKey, verificationToken, loggerLevel })
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
