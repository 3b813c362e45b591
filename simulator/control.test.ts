import { afterEach, beforeEach, expect, test } from 'vitest'

import { aCard, aTenant, cardMessage, textMessage } from './feishu/test-tenant.ts'
import type { Tenant } from './feishu/test-tenant.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

test('a platform that is not simulated is answered in words', async () => {
  const { status, body } = await tenant.fetched('GET', '/sim/dingtalk/log')
  expect([status, body]).toEqual([404, { error: 'the platform dingtalk is not simulated here; these are: feishu' }])
})

test('everybody is listed with his ids on each platform', async () => {
  const { people } = await tenant.control('GET', '/people')
  expect(people).toContainEqual(
    expect.objectContaining({
      key: 'xiaoli',
      role: { zh: '销售', en: 'Seller' },
      platforms: { feishu: tenant.idsOf('xiaoli') },
    }),
  )
})

test('a person is found by key and by any of his ids', async () => {
  await tenant.send('xiaoli', textMessage('hello'))
  const { openId, unionId, userId } = tenant.idsOf('xiaoli')
  for (const name of ['xiaoli', openId, unionId, userId]) expect(await tenant.inbox(name)).toHaveLength(1)
  expect(await tenant.control('GET', '/feishu/people/nobody/inbox')).toEqual({ error: 'there is no person nobody' })
})

test('the inbox gives what came after a message, with cards as they are now', async () => {
  await tenant.send('xiaoli', textMessage('hello'))
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
  const content = JSON.stringify(aCard({ tag: 'hr' }))
  await tenant.call('PATCH', `/open-apis/im/v1/messages/${messageId}`, { content })
  const [first, second] = await tenant.inbox('xiaoli')
  expect([first?.kind, first?.content, second?.kind, second?.content]).toEqual([
    'text',
    'hello',
    'card',
    aCard({ tag: 'hr' }),
  ])
  const later = await tenant.control('GET', `/feishu/people/xiaoli/inbox?after=${first?.seq}`)
  expect(later['messages']).toEqual([second])
})

test('what a person writes himself is not in his inbox', async () => {
  await tenant.says('xiaoli', '库存')
  expect(await tenant.inbox('xiaoli')).toEqual([])
})

test('a bot in a group hears only what mentions it', async () => {
  const members = ['xiaoli', 'wangjie']
  const { chatId } = await tenant.control('POST', '/feishu/chats', { name: '销售群', members })
  const says = (text: string) =>
    tenant.control('POST', '/feishu/people/xiaoli/messages', { text, chat: chatId, waitMs: 0 })
  await says('早')
  await says('@一单 库存')
  const events = (await tenant.log()).filter((entry) => entry.title === 'im.message.receive_v1')
  expect(events.map((entry) => entry.request)).toMatchObject([
    {
      event: { message: { chat_type: 'group', content: '{"text":"@_user_1 库存"}', mentions: [{ key: '@_user_1' }] } },
    },
  ])
  expect(await tenant.inbox('wangjie')).toHaveLength(2)
})

test('the clock goes forward by a span or to a moment, never back', async () => {
  const before = tenant.clock.now()
  await tenant.control('POST', '/clock', { advanceMs: 60_000 })
  expect(tenant.clock.now()).toBeGreaterThanOrEqual(before + 60_000)
  const moment = new Date(tenant.clock.now() + 3_600_000).toISOString()
  expect(Date.parse(String((await tenant.control('POST', '/clock', { now: moment }))['now']))).toBeGreaterThanOrEqual(
    Date.parse(moment),
  )
  expect(await tenant.control('POST', '/clock', { now: '2020-01-01T00:00:00Z' })).toHaveProperty('error')
})

test('a fault hits as many calls as it says, and is gone when it is cleared', async () => {
  await tenant.control('POST', '/feishu/faults', { status: 503, path: '/im/', for: 2 })
  expect([
    (await tenant.send('xiaoli', textMessage('1'))).status,
    (await tenant.send('xiaoli', textMessage('2'))).status,
  ]).toEqual([503, 503])
  expect((await tenant.send('xiaoli', textMessage('3'))).status).toBe(200)
  await tenant.control('POST', '/feishu/faults', { status: 503, rate: 1 })
  await tenant.control('DELETE', '/feishu/faults')
  expect((await tenant.send('xiaoli', textMessage('4'))).status).toBe(200)
})

test('a fault of unknown kind is refused', async () => {
  expect((await tenant.fetched('POST', '/sim/feishu/faults', { explode: true })).status).toBe(400)
})

test('tokens that are revoked before their time are unknown to the platform', async () => {
  const token = await tenant.token()
  await tenant.control('POST', '/feishu/faults', { revokeTokens: true })
  const answer = await tenant.fetched('GET', '/open-apis/bot/v3/info', undefined, { authorization: `Bearer ${token}` })
  expect(answer.body['code']).toBe(99991665)
})

test('a token is renewed under 30 minutes, and the old one lives to its end', async () => {
  const first = await tenant.token()
  tenant.clock.advance(89 * 60_000)
  expect(await tenant.token()).toBe(first)
  tenant.clock.advance(2 * 60_000)
  const second = await tenant.token()
  expect(second).not.toBe(first)
  for (const token of [first, second]) {
    const answer = await tenant.fetched('GET', '/open-apis/bot/v3/info', undefined, {
      authorization: `Bearer ${token}`,
    })
    expect(answer.body['code']).toBe(0)
  }
})

test('the log shows no secret', async () => {
  const token = await tenant.token()
  await tenant.says('xiaoli', '库存')
  const text = JSON.stringify(await tenant.log())
  expect(text).not.toContain(tenant.app.appSecret)
  expect(text).not.toContain(token)
  expect(text).not.toContain(tenant.app.verificationToken)
})

test('an answer prepared for the scanner is given when the app asks', async () => {
  await tenant.control('POST', '/feishu/people/xiaoli/answers', { ask: 'contact', value: ['wangjie'] })
  const shared = await tenant.phone('xiaoli', 'share', { api: 'sendMessageCard', cardContent: aCard() })
  expect(shared.body).toMatchObject({ sendCardInfo: [{ status: 0 }] })
  expect(await tenant.inbox('wangjie')).toMatchObject([{ kind: 'card', from: { kind: 'person', key: 'xiaoli' } }])
})

test('somebody who has left is gone from the directory and cannot be written to', async () => {
  await tenant.control('POST', '/feishu/people/xiaoli/leave')
  expect((await tenant.fetched('POST', '/sim/feishu/people/xiaoli/messages', { text: 'hello' })).status).toBe(404)
  const { people } = await tenant.control('GET', '/people')
  expect(people).toContainEqual(expect.objectContaining({ key: 'xiaoli', hasLeft: true }))
})
