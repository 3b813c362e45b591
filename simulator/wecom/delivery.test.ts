import { afterEach, expect, test } from 'vitest'

import { eventually } from '../test-eventually.ts'
import type { Fields } from '../request-body.ts'
import { aCompany, corpId, textMessage } from './test-company.ts'
import type { Company } from './test-company.ts'

let company: Company
afterEach(() => company.close())

const fault = (more: Fields) => company.control('POST', '/wecom/faults', more)
const heard = () => company.product.heard.map(({ event }) => event['Content'])

async function callbacks() {
  return (await company.log()).filter((entry) => entry.way === 'callback')
}

test('what somebody writes reaches the app with a number of 64 bits as its id', async () => {
  company = await aCompany()
  await company.says('xiaoli', '宏达装饰欠多少 <&>]]>')
  const event = await company.product.event()
  expect(event).toMatchObject({ ToUserName: corpId, FromUserName: 'Xiaoli', MsgType: 'text', AgentID: '1000002' })
  expect(event['Content']).toBe('宏达装饰欠多少 <&>]]>')
  expect(Number(event['MsgId'])).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
})

test('a passive reply answers in the chat', async () => {
  company = await aCompany()
  company.product.answers({
    reply: { ToUserName: 'xiaoli', FromUserName: corpId, CreateTime: 1, MsgType: 'text', Content: '稍等' },
  })
  expect(await company.says('xiaoli', '库存', { waitMs: 5000 })).toMatchObject({ messages: [{ content: '稍等' }] })
})

test('what is sent by the API after a message is its answer', async () => {
  company = await aCompany()
  const answered = company.says('xiaoli', '库存', { waitMs: 5000 })
  await company.product.event()
  await company.send(textMessage('120 盒'))
  expect(await answered).toMatchObject({ messages: [{ content: '120 盒' }] })
})

test('an event that fails is delivered three times more, and then given up', async () => {
  company = await aCompany()
  company.product.answers({ status: 500 }, { status: 302 }, { hangs: true }, { status: 500 })
  await company.says('xiaoli', 'hello')
  for (const count of [1, 2, 3, 4]) {
    await eventually(() => heard()[count - 1])
    if (count !== 3) await eventually(async () => (await callbacks())[count - 1])
    company.clock.advance(5000)
  }
  await eventually(async () => (await callbacks())[3])
  company.clock.advance(60_000)
  expect(heard()).toHaveLength(4)
  expect(new Set(company.product.heard.map(({ event }) => event['MsgId'])).size).toBe(1)
})

test('a duplicate arrives as the very same bytes while the first is worked on', async () => {
  company = await aCompany()
  await fault({ duplicate: true })
  await company.says('xiaoli', 'hello')
  await company.product.event(1)
  const [first, second] = company.product.heard.map(({ query }) => query.toString())
  expect(first).toBe(second)
})

test('reordered events change places', async () => {
  company = await aCompany()
  await fault({ reorder: true })
  await company.says('xiaoli', 'first')
  await company.says('xiaoli', 'second')
  await company.product.event(1)
  expect(heard()).toEqual(['second', 'first'])
})

test.each(['signature', 'body', 'unsigned', 'plaintext', 'token', 'tenant'])(
  'an event with a spoilt %s is not taken by the official package',
  async (tamper) => {
    company = await aCompany()
    await fault({ tamper })
    await company.says('xiaoli', 'hello')
    const entry = await eventually(async () => (await callbacks())[0])
    expect([entry.status, heard()]).toEqual([403, []])
  },
)

test('an old event is signed rightly and says that it is old', async () => {
  company = await aCompany()
  await fault({ tamper: 'old' })
  await company.says('xiaoli', 'hello')
  const { CreateTime } = await company.product.event()
  expect(company.clock.now() / 1000 - Number(CreateTime)).toBeGreaterThan(86_000)
})

test('a new callback address has to decrypt an echo before it is kept', async () => {
  company = await aCompany({ quiet: true })
  expect(await company.control('PATCH', '/wecom/settings', { callbackUrl: company.product.url })).toMatchObject({
    callbackUrl: company.product.url,
  })
  const wrong = await company.control('PATCH', '/wecom/settings', { callbackUrl: 'http://127.0.0.1:9/' })
  expect(wrong['error']).toContain('did not decrypt the echo')
})

test('tokens that are taken back early are unknown at the next call', async () => {
  company = await aCompany()
  const token = await company.tokenOf(company.app.secret)
  await fault({ revokeTokens: true })
  const answer = await company.fetched('GET', `/cgi-bin/user/get?userid=xiaoli&access_token=${token}`)
  expect(answer).toMatchObject({ errcode: 40014 })
  expect(await company.tokenOf(company.app.secret)).not.toBe(token)
})

test('the log shows no whole token and no secret', async () => {
  company = await aCompany()
  const token = await company.tokenOf(company.app.secret)
  await company.send(textMessage('hello'))
  const text = JSON.stringify(await company.log())
  for (const secret of [token, company.app.secret]) expect(text).not.toContain(secret)
})
