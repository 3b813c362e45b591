import { WSClient } from '@wecom/aibot-node-sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { eventually } from '../test-eventually.ts'
import { isFields, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { aCard, aCompany, bot } from './test-company.ts'
import type { Company } from './test-company.ts'

let company: Company
let clients: WSClient[]
beforeEach(async () => {
  company = await aCompany()
  clients = []
})
afterEach(async () => {
  for (const client of clients) client.disconnect()
  await company.close()
})

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

function aClient(secret = bot.secret): WSClient {
  const client = new WSClient({
    botId: bot.botId,
    secret,
    wsUrl: company.botUrl,
    logger: silent,
    reconnectInterval: 10,
    maxAuthFailureAttempts: 0,
  })
  client.on('error', () => {})
  clients.push(client)
  return client
}

async function connected(): Promise<WSClient> {
  const client = aClient()
  const isOn = new Promise<void>((resolve) => client.on('authenticated', resolve))
  client.connect()
  await isOn
  return client
}

async function aGroup(): Promise<string> {
  return textOf(
    (await company.control('POST', '/wecom/chats', { name: '销售群', members: ['xiaoli', 'wangjie'] }))['chatId'],
  )
}

const bodyOf = (frame: { body?: unknown }): Fields => (isFields(frame.body) ? frame.body : {})

test('the official client is told what somebody writes, and its stream answers him', async () => {
  const client = await connected()
  client.on('message.text', (frame) => {
    void client
      .replyStream(frame, 's1', '正在查…', false)
      .then(() => client.replyStream(frame, 's1', '**120** 盒', true))
  })
  const chats = async () => (await company.control('GET', '/wecom/people/xiaoli/chats'))['chats']
  expect(await chats()).toHaveLength(1)
  await company.says('xiaoli', '库存', { chat: 'bot-xiaoli' })
  const message = await eventually(async () => (await company.inbox('xiaoli')).find((each) => each.version === 1))
  expect(message).toMatchObject({ kind: 'text', format: 'markdown', content: '**120** 盒' })
  expect(await chats()).toHaveLength(2)
})

test('in a group the bot hears only what mentions it, with the group and the writer', async () => {
  const client = await connected()
  const heard: Fields[] = []
  client.on('message', (frame) => heard.push(bodyOf(frame)))
  const chat = await aGroup()
  await company.says('xiaoli', '大家好', { chat })
  await company.says('xiaoli', `@${bot.name} 库存`, { chat })
  const first = await eventually(() => heard[0])
  expect(first).toMatchObject({
    ...{ aibotid: bot.botId, chatid: chat, chattype: 'group', from: { userid: 'Xiaoli' } },
    ...{ msgtype: 'text', text: { content: '@一单 库存' } },
  })
  expect(heard).toHaveLength(1)
})

test('a card in a group is redrawn for everybody by the answer to a click', async () => {
  const client = await connected()
  const chat = await aGroup()
  const done = aCard({ task_id: 't1', main_title: { title: '已同意' }, replace_text: '已同意' })
  client.on('event.template_card_event', (frame) => void client.updateTemplateCard(frame, done))
  await client.sendMessage(chat, { msgtype: 'template_card', template_card: aCard({ task_id: 't1' }) })
  const { messageId } = await eventually(async () => (await company.inbox('xiaoli'))[0])
  expect(await company.click(messageId, 'wangjie', 'approve')).toMatchObject({
    card: { main_title: { title: '已同意' } },
  })
  expect((await company.inbox('xiaoli'))[0]?.content).toMatchObject({ main_title: { title: '已同意' } })
})

test('the event of a click nests its key and task', async () => {
  const client = await connected()
  const events: Fields[] = []
  client.on('event', (frame) => {
    events.push(bodyOf(frame))
    void client.updateTemplateCard(frame, aCard({ task_id: 't1', replace_text: '好' }))
  })
  await client.sendMessage('xiaoli', { msgtype: 'template_card', template_card: aCard({ task_id: 't1' }) })
  const { messageId } = await eventually(async () => (await company.inbox('xiaoli'))[0])
  await company.click(messageId, 'xiaoli', 'approve')
  expect(events[0]).toMatchObject({
    ...{ chattype: 'single', from: { userid: 'Xiaoli' }, msgtype: 'event' },
    event: {
      eventtype: 'template_card_event',
      template_card_event: { card_type: 'button_interaction', event_key: 'approve:opaque', task_id: 't1' },
    },
  })
})

test('a click that is not answered in 5 seconds leaves the card as it was', async () => {
  const client = await connected()
  const heard: unknown[] = []
  client.on('event', (frame) => heard.push(frame))
  await client.sendMessage('xiaoli', { msgtype: 'template_card', template_card: aCard({ task_id: 't1' }) })
  const { messageId } = await eventually(async () => (await company.inbox('xiaoli'))[0])
  const clicked = company.click(messageId, 'xiaoli', 'approve')
  await eventually(() => heard[0])
  company.clock.advance(5000)
  expect(await clicked).toMatchObject({ toast: { type: 'error' } })
})

test('a newer connection takes the place of the older, which is told and does not come back', async () => {
  const older = await connected()
  const told: unknown[] = []
  older.on('event.disconnected_event', (frame) => told.push(frame))
  await connected()
  await eventually(() => told[0])
  expect(older.isConnected).toBe(false)
  expect(clients[1]?.isConnected).toBe(true)
})

test('a wrong secret is refused', async () => {
  const client = aClient('wrong')
  const failed = new Promise<Error>((resolve) => client.on('error', resolve))
  client.connect()
  expect((await failed).message).toContain('853000')
})

test('after a cut the client connects again by itself', async () => {
  const client = await connected()
  const again = new Promise<void>((resolve) => client.on('authenticated', resolve))
  await company.control('POST', '/wecom/faults', { socket: 'cut' })
  await again
  await client.sendMessage('xiaoli', { msgtype: 'markdown', markdown: { content: '我回来了' } })
  expect((await company.inbox('xiaoli')).at(-1)).toMatchObject({ content: '我回来了' })
})
