import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../../simulator/test-eventually.ts'
import type { Tenant } from '../../../simulator/dingtalk/test-tenant.ts'
import type { Inbound, PressAnswer, Receive } from '../platform.ts'
import { dingtalkHttp } from './http.ts'
import { dingtalk } from './index.ts'
import { listenToDingTalk } from './listen.ts'
import type { Watch } from './stream.ts'
import { aCard, aCompany, seenBy, settingsFor } from './test-company.ts'

let tenant: Tenant
let hangUp: () => Promise<void>
const received: Inbound[] = []
let answer: PressAnswer | undefined
const takeAll: Receive = async (inbound) => {
  received.push(inbound)
  return inbound.kind === 'press' ? answer : undefined
}
const listen = (receive: Receive = takeAll, watch?: Watch) =>
  listenToDingTalk(settingsFor(tenant), dingtalkHttp(settingsFor(tenant)), receive, { watch })

beforeEach(async () => {
  received.length = 0
  answer = { toast: { look: 'success', text: '已同意' } }
  tenant = await aCompany()
  hangUp = await listen()
})
afterEach(async () => {
  await hangUp()
  await tenant.close()
})

const next = (kind: Inbound['kind'] = 'message') => eventually(async () => received.find((one) => one.kind === kind))
const opened = async () => (await tenant.log()).filter((entry) => entry.title.includes('connections/open')).length
const refused = async (title: string) =>
  eventually(async () => (await tenant.log()).some((entry) => entry.title === title) || undefined)
const approve = { name: 'approve', label: '同意', look: 'primary' as const, token: 'opaque' }
const asked = () =>
  aCard('待审批', { buttons: [approve], input: { name: 'comment', placeholder: '意见', maxLength: 500 } })
async function sent() {
  await dingtalk(settingsFor(tenant)).sendCard(tenant.idsOf('xiaoli').userId, asked(), 'key-1')
  return (await tenant.inbox('xiaoli')).at(-1)?.messageId ?? ''
}

test('what somebody writes arrives', async () => {
  await tenant.says('xiaoli', '电锤还有几个')
  const { userId } = tenant.idsOf('xiaoli')
  expect(await next()).toMatchObject({ text: '电锤还有几个', isGroup: false, openId: userId })
})

test('what somebody writes to the robot in a group arrives, and is answered there', async () => {
  const { chatId } = await tenant.control('POST', '/dingtalk/chats', { name: '销售群', members: ['xiaoli', 'wangjie'] })
  await tenant.says('xiaoli', '@一单 电锤还有几个', { chat: chatId })
  const message = await next()
  expect(message).toMatchObject({ text: '电锤还有几个', isGroup: true, chat: chatId })
  if (message.kind !== 'message') throw new Error('no message')
  await dingtalk(settingsFor(tenant)).reply(message.messageId, { text: '8 个' }, 'key-1')
  expect((await seenBy(tenant, 'wangjie')).at(-1)).toBe('8 个')
})

describe('a press', () => {
  test('is answered within the same exchange: the card as it is now, and a word for the one who pressed', async () => {
    answer = { toast: { look: 'success', text: '已同意' }, card: aCard('已通过', { colour: 'green' }) }
    await tenant.click(await sent(), 'xiaoli', 'approve', { form: { comment: '尽快发货' } })
    expect(received).toMatchObject([{ kind: 'press', token: 'opaque', form: { comment: '尽快发货' } }])
    expect(await seenBy(tenant, 'xiaoli')).toMatchObject([
      { title: '已通过', colour: 'green', hasButtons: 'false', notice: '已同意', hasNotice: 'true' },
    ])
  })

  test('that changes nothing leaves the card as it was, and says why', async () => {
    answer = { toast: { look: 'error', text: '这张卡片是发给别人的' } }
    await tenant.click(await sent(), 'xiaoli', 'approve')
    expect(await seenBy(tenant, 'xiaoli')).toMatchObject([
      { title: '待审批', hasButtons: 'true', notice: '这张卡片是发给别人的' },
    ])
  })

  test('names the card that it was on', async () => {
    const messageId = await sent()
    await tenant.click(messageId, 'xiaoli', 'approve')
    const press = await next('press')
    const handle = await dingtalk(settingsFor(tenant)).sendCard(tenant.idsOf('xiaoli').userId, asked(), 'key-1')
    expect(Object.values(handle)).toContain(press.kind === 'press' ? press.messageId : '')
  })

  test('that is delivered twice is the same press', async () => {
    const messageId = await sent()
    await tenant.control('POST', '/dingtalk/faults', { on: 'callback', duplicate: true })
    await tenant.click(messageId, 'xiaoli', 'approve')
    await eventually(async () => received.length === 2 || undefined)
    expect(new Set(received.map((one) => one.eventKey)).size).toBe(1)
  })
})

describe('left alone is', () => {
  test.each(['tenant', 'app', 'body', 'old'])('a message that was tampered with: %s', async (tamper) => {
    await tenant.control('POST', '/dingtalk/faults', { tamper })
    await tenant.says('xiaoli', '第一句')
    await tenant.says('xiaoli', '第二句')
    expect(await next()).toMatchObject({ text: '第二句' })
    expect(received.filter((one) => one.kind === 'message')).toHaveLength(1)
  })
})

describe('the directory', () => {
  test('tells who came, with everything that is known of him', async () => {
    await tenant.control('PATCH', '/dingtalk/people/laozhao', { title: { zh: '主管', en: 'Head' } })
    expect(await next('person')).toMatchObject({ person: { employeeNo: 'E-laozhao', title: '主管' } })
  })

  test('tells who left', async () => {
    await tenant.control('POST', '/dingtalk/people/laozhao/leave')
    expect(await next('left')).toMatchObject({ stableId: tenant.idsOf('laozhao').userId })
  })
})

test('a message that could not be stored is not acknowledged, so that it comes again', async () => {
  await hangUp()
  let tries = 0
  hangUp = await listen(async (inbound) => {
    if (tries++ === 0) throw new Error('the database is away')
    return takeAll(inbound)
  })
  await tenant.says('xiaoli', '电锤')
  await eventually(async () => tries === 1 || undefined)
  tenant.clock.advance(3000)
  await refused('/v1.0/im/bot/messages/get')
  tenant.clock.advance(60_000)
  expect(await next()).toMatchObject({ text: '电锤' })
})

describe('a connection', () => {
  /** Something that DingTalk keeps until somebody is connected. */
  const whoLeaves = async () => {
    await tenant.control('POST', '/dingtalk/people/laozhao/leave')
    return next('left')
  }
  const laozhao = () => ({ stableId: tenant.idsOf('laozhao').userId })
  const impatient: Watch = { openMsMax: 1000, pingEveryMs: 20, silentMsMax: 100 }

  test('that is cut is opened again, and what comes then arrives', async () => {
    await tenant.control('POST', '/dingtalk/faults', { socket: 'cut' })
    await eventually(async () => (await opened()) === 2 || undefined)
    expect(await whoLeaves()).toMatchObject(laozhao())
  })

  test('that is asked to go is replaced before it is closed', async () => {
    await tenant.control('PATCH', '/dingtalk/settings', { connectionLifeMs: 60_000 })
    tenant.clock.advance(60_000)
    await eventually(async () => (await opened()) === 2 || undefined)
    expect(await whoLeaves()).toMatchObject(laozhao())
  })

  test('over which nothing comes any more, not even an answer to a ping, is taken for dead and replaced', async () => {
    await hangUp()
    hangUp = await listen(takeAll, impatient)
    const before = await opened()
    await tenant.control('POST', '/dingtalk/faults', { socket: 'freeze' })
    await eventually(async () => (await opened()) > before || undefined)
    expect(await whoLeaves()).toMatchObject(laozhao())
  })

  test('on which nobody says anything is kept as long as pings are answered', async () => {
    await hangUp()
    hangUp = await listen(takeAll, impatient)
    const before = await opened()
    const startedMs = Date.now()
    await eventually(async () => Date.now() - startedMs > 3 * impatient.silentMsMax || undefined)
    expect(await opened()).toBe(before)
  })

  test('with a wrong secret is refused, which ends nothing else', async () => {
    const wrong = settingsFor(tenant, { clientSecret: 'wrong-secret-of-tests' })
    const stop = await listenToDingTalk(wrong, dingtalkHttp(wrong), takeAll)
    await stop()
    await tenant.says('xiaoli', '电锤')
    expect(await next()).toMatchObject({ text: '电锤' })
  })
})
