import { afterEach, beforeEach, expect, test } from 'vitest'

import { eventually } from '../test-eventually.ts'
import { aTenant, corpId } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'
import { connected, openStream, settings } from './test-requests.ts'
import type { Frame } from './test-requests.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

const taken = () => ({ status: 'SUCCESS' })

function leaves(person: string): Promise<unknown> {
  return tenant.control('POST', `/dingtalk/people/${person}/leave`)
}

/** Settles once so many deliveries were not only sent but also judged. */
function judged(count: number): Promise<unknown> {
  return eventually(async () => {
    const entries = (await tenant.log()).filter((entry) => entry.way === 'callback')
    return entries.length >= count || undefined
  })
}

const arrived = (pushes: Frame[], count: number) => eventually(() => (pushes.length >= count ? pushes : undefined))
const idsIn = (pushes: Frame[]) => new Set(pushes.map((push) => push.headers['messageId'])).size

test('an event that is not acknowledged comes again every minute under the same id, and after four times no more', async () => {
  const { pushes } = await connected(tenant)
  await leaves('laozhao')
  for (const count of [1, 2, 3, 4]) {
    await arrived(pushes, count)
    tenant.clock.advance(3000)
    await judged(count)
    tenant.clock.advance(MINUTE_MS)
  }
  tenant.clock.advance(DAY_MS)
  await tenant.log()
  expect([pushes.length, idsIn(pushes)]).toEqual([4, 1])
})

test('an event that is taken comes once, with its metadata in the headers', async () => {
  const { pushes } = await connected(tenant, taken)
  await leaves('laozhao')
  await judged(1)
  tenant.clock.advance(DAY_MS)
  await tenant.log()
  expect(pushes).toMatchObject([
    {
      type: 'EVENT',
      headers: { topic: '*', eventType: 'user_leave_org', eventCorpId: corpId, contentType: 'application/json' },
      data: { userId: [tenant.idsOf('laozhao').userId] },
    },
  ])
})

test('an event that is put off comes again', async () => {
  const { pushes } = await connected(tenant, () => ({ status: 'LATER' }))
  await leaves('laozhao')
  await judged(1)
  tenant.clock.advance(MINUTE_MS)
  expect(idsIn(await arrived(pushes, 2))).toBe(1)
})

test('an event that comes while nobody is connected waits until somebody is', async () => {
  await leaves('laozhao')
  await judged(1)
  const { pushes } = await connected(tenant, taken)
  expect(await arrived(pushes, 1)).toMatchObject([{ headers: { eventType: 'user_leave_org' } }])
})

test('a message that is written while nobody is connected is lost', async () => {
  await tenant.says('xiaoli', '库存')
  await judged(1)
  const { pushes } = await connected(tenant, () => ({ response: null }))
  tenant.clock.advance(DAY_MS)
  await tenant.says('xiaoli', '应收')
  await arrived(pushes, 1)
  expect(pushes.map((push) => push.data['text'])).toEqual([{ content: '应收' }])
})

test('a message that is not acknowledged comes again, with the same msgId', async () => {
  const { pushes } = await connected(tenant)
  await tenant.says('xiaoli', '库存')
  await arrived(pushes, 1)
  tenant.clock.advance(3000)
  await judged(1)
  tenant.clock.advance(MINUTE_MS)
  await arrived(pushes, 2)
  expect(new Set(pushes.map((push) => push.data['msgId'])).size).toBe(1)
})

test('in a group the robot hears only what mentions it, and the mention leaves its space behind', async () => {
  const { pushes } = await connected(tenant, () => ({ response: null }))
  const { chatId } = await tenant.control('POST', '/dingtalk/chats', { name: '仓库群', members: ['xiaoli', 'laozhao'] })
  await tenant.says('xiaoli', '早', { chat: chatId })
  await tenant.says('xiaoli', '@一单 库存', { chat: chatId })
  await arrived(pushes, 1)
  expect(pushes.map((push) => push.data)).toMatchObject([
    { conversationType: '2', conversationTitle: '仓库群', isInAtList: true, text: { content: ' 库存' } },
  ])
})

test('of two connections one is chosen by chance', async () => {
  await tenant.close()
  const chances = [0.1, 0.9, 0.9]
  tenant = await aTenant({ simulator: { random: () => chances.shift() ?? 0 } })
  const first = await connected(tenant, taken)
  const second = await connected(tenant, taken)
  for (const person of ['xiaoli', 'wangjie', 'laozhao']) {
    await leaves(person)
    await arrived([...first.pushes, ...second.pushes], 0)
  }
  await judged(3)
  expect([first.pushes.length, second.pushes.length]).toEqual([1, 2])
})

test('a connection gets only what it subscribes to', async () => {
  const { endpoint, ticket } = (await openStream(tenant, { subscriptions: [{ type: 'CALLBACK', topic: '/other' }] }))
    .body
  await tenant.openSocket(`${String(endpoint)}?ticket=${String(ticket)}`)
  await leaves('laozhao')
  await judged(1)
  const checks = (await tenant.log()).flatMap((entry) => entry.checks).filter((check) => !check.holds)
  expect(checks.map((check) => check.what)).toContain('a connection that subscribes to it is open')
})

test('a ticket opens one socket, within 90 seconds', async () => {
  const { endpoint, ticket } = (await openStream(tenant)).body
  const address = `${String(endpoint)}?ticket=${String(ticket)}`
  await tenant.openSocket(address)
  await expect(tenant.openSocket(address)).rejects.toThrow('401')
  const later = (await openStream(tenant)).body
  tenant.clock.advance(90_000)
  await expect(tenant.openSocket(`${String(later['endpoint'])}?ticket=${String(later['ticket'])}`)).rejects.toThrow(
    '401',
  )
})

test('whoever opens a stream without asking for JSON is answered in XML', async () => {
  const answer = await openStream(tenant, {}, {})
  expect(answer.raw).toMatch(/^<\?xml .*<endpoint>ws:/)
})

test('a connection is greeted, and pinged twice a minute', async () => {
  const { system } = await connected(tenant)
  tenant.clock.advance(30_000)
  await eventually(() => (system.length >= 3 ? true : undefined))
  expect(system.map((frame) => frame.headers['topic'])).toEqual(['CONNECTED', 'REGISTERED', 'ping'])
})

test('a connection that is asked to go gets nothing any more, and is closed ten seconds later', async () => {
  const old = await connected(tenant, taken)
  let isClosed = false
  old.socket.on('close', () => (isClosed = true))
  tenant.clock.advance(1000)
  await settings(tenant, { connectionLifeMs: 500 })
  await eventually(() => old.system.find((frame) => frame.headers['topic'] === 'disconnect'))
  const fresh = await connected(tenant, taken)
  await leaves('laozhao')
  await arrived(fresh.pushes, 1)
  expect([old.pushes.length, isClosed]).toEqual([0, false])
  tenant.clock.advance(10_000)
  await eventually(() => isClosed || undefined)
})

test('a frozen connection answers no ping, and what is sent over it is lost', async () => {
  const { socket, pushes } = await connected(tenant, taken)
  let pongs = 0
  socket.on('pong', () => (pongs += 1))
  socket.ping()
  await eventually(() => pongs === 1 || undefined)
  await tenant.control('POST', '/dingtalk/faults', { socket: 'freeze' })
  socket.ping()
  await leaves('laozhao')
  await tenant.log()
  tenant.clock.advance(3000)
  await judged(1)
  expect([pongs, pushes.length]).toEqual([1, 0])
})

test('connections that are cut are gone', async () => {
  const { socket } = await connected(tenant)
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await tenant.control('POST', '/dingtalk/faults', { socket: 'cut' })
  // Nobody said goodbye.
  expect(await closed).toBe(1006)
})

test('a duplicate is the same frame, sent while the first is not acknowledged yet', async () => {
  const held: Frame[] = []
  const client = await connected(tenant, (push) => void held.push(push))
  await tenant.control('POST', '/dingtalk/faults', { duplicate: true })
  await leaves('laozhao')
  await arrived(held, 2)
  expect(idsIn(held)).toBe(1)
  const [first] = held
  if (first) client.acknowledge(first, taken())
  // One acknowledgement is enough for both.
  await judged(2)
})

test('a reordered event goes out after the next one', async () => {
  const { pushes } = await connected(tenant, taken)
  await tenant.control('POST', '/dingtalk/faults', { reorder: true })
  await leaves('laozhao')
  await leaves('xiaoli')
  await judged(2)
  const people = pushes.map((push) => (push.data['userId'] as string[])[0])
  expect(people).toEqual([tenant.idsOf('xiaoli').userId, tenant.idsOf('laozhao').userId])
})

test('a fault can make the platform miss an acknowledgement that was given', async () => {
  const { pushes } = await connected(tenant, taken)
  await tenant.control('POST', '/dingtalk/faults', { on: 'callback', status: 500 })
  await leaves('laozhao')
  await judged(1)
  tenant.clock.advance(MINUTE_MS)
  await arrived(pushes, 2)
  expect(idsIn(pushes)).toBe(1)
})

test.each([
  ['tenant', 'ding-another-company'],
  ['app', 'ding-another-app'],
])('a message can be forged to be of another %s', async (tamper, forged) => {
  const { pushes } = await connected(tenant, () => ({ response: null }))
  await tenant.control('POST', '/dingtalk/faults', { tamper })
  await tenant.says('xiaoli', '库存')
  await arrived(pushes, 1)
  expect(pushes[0]?.text).toContain(forged)
})

test('a message can come as one of long ago, or broken', async () => {
  const { pushes } = await connected(tenant, () => ({ response: null }))
  await tenant.control('POST', '/dingtalk/faults', { tamper: 'old' })
  await tenant.says('xiaoli', '库存')
  await arrived(pushes, 1)
  await tenant.control('POST', '/dingtalk/faults', { tamper: 'body' })
  await tenant.says('xiaoli', '库存')
  await arrived(pushes, 2)
  expect(pushes[0]?.data['createAt']).toBe(0)
  expect(() => JSON.parse(pushes[1]?.text ?? '')).toThrow(SyntaxError)
})

test('once the pushes of a month are used up nothing comes until the next, except from the directory', async () => {
  const { pushes } = await connected(tenant, () => ({ status: 'SUCCESS' }))
  await settings(tenant, { pushesPerMonth: 1 })
  for (const words of ['一', '二']) await tenant.says('xiaoli', words)
  await judged(2)
  await leaves('laozhao')
  await arrived(pushes, 2)
  expect(pushes.map((push) => push.type)).toEqual(['CALLBACK', 'EVENT'])
  tenant.clock.advance(31 * DAY_MS)
  await tenant.says('xiaoli', '三')
  await arrived(pushes, 3)
})
