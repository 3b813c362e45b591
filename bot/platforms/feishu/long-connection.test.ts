import { afterEach, beforeEach, expect, test } from 'vitest'
import { aCard, aTenant, cardMessage, type Tenant } from '../../../simulator/feishu/test-tenant.ts'
import { eventually } from '../../../simulator/test-eventually.ts'
import type { Inbound, Receive } from '../platform.ts'
import { listenToFeishu } from './long-connection.ts'
import type { FeishuSettings } from './settings.ts'

let tenant: Tenant
let hangUp: () => Promise<void>
const received: Inbound[] = []
const takeAll: Receive = async (inbound) => {
  received.push(inbound)
  return inbound.kind === 'press' ? { toast: { look: 'success', text: '已同意' } } : undefined
}
const settings = (): FeishuSettings => ({
  ...tenant.app,
  tenantKey: 'tenant-of-tests',
  baseUrl: tenant.url,
  accountsUrl: tenant.url,
  receive: 'long_connection',
  appUrl: 'https://app.example',
})
beforeEach(async () => {
  received.length = 0
  tenant = await aTenant()
  hangUp = await listenToFeishu(settings(), takeAll)
})
afterEach(async () => {
  await hangUp()
  await tenant.close()
})

const next = () => eventually(async () => received[0])
const click = async (more: object = {}) => {
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard()))
  return tenant.control('POST', `/feishu/cards/${messageId}/clicks`, { person: 'xiaoli', action: 'approve', ...more })
}

test('what somebody writes arrives', async () => {
  await tenant.says('xiaoli', '电锤还有几个')
  expect(await next()).toMatchObject({
    kind: 'message',
    text: '电锤还有几个',
    isGroup: false,
    openId: tenant.idsOf('xiaoli').openId,
  })
})

test('a long text that comes in several frames arrives whole', async () => {
  const long = '库存'.repeat(20_000)
  await tenant.says('xiaoli', long)
  expect(await next()).toMatchObject({ text: long })
})

test('a press without a token of ours is acknowledged and nothing else', async () => {
  await click()
  expect(received).toMatchObject([{ kind: 'unknown', type: 'card.action.trigger' }])
})

test('a press is answered within the same exchange', async () => {
  const button = { tag: 'button', name: 'approve', text: { tag: 'plain_text', content: '同意' } }
  const ours = aCard({ ...button, behaviors: [{ type: 'callback', value: { token: 'opaque' } }] })
  const { messageId } = await tenant.send('xiaoli', cardMessage(ours))
  const seen = await tenant.control('POST', `/feishu/cards/${messageId}/clicks`, {
    person: 'xiaoli',
    action: 'approve',
  })
  expect(seen).toEqual({ toast: { type: 'success', content: '已同意' } })
  expect(received).toMatchObject([{ kind: 'press', token: 'opaque', messageId }])
})

test.each(['tenant', 'app'])('an event of another %s is left alone', async (tamper) => {
  await tenant.control('POST', '/feishu/faults', { tamper })
  await tenant.says('xiaoli', '第一句')
  await tenant.says('xiaoli', '第二句')
  expect(await next()).toMatchObject({ text: '第二句' })
  expect(received).toHaveLength(1)
})

test('people who come and go are told', async () => {
  await tenant.control('POST', '/feishu/people/laozhao/leave')
  expect(await next()).toMatchObject({ kind: 'left', stableId: tenant.idsOf('laozhao').unionId })
})

test('a handler that breaks is not acknowledged, so that the event comes again', async () => {
  await hangUp()
  let tries = 0
  hangUp = await listenToFeishu(settings(), async (inbound) => {
    if (tries++ === 0) throw new Error('the database is away')
    return takeAll(inbound)
  })
  await tenant.says('xiaoli', '电锤')
  await eventually(async () => tries === 1 || undefined)
  await eventually(
    async () => (await tenant.log()).some((entry) => entry.title === 'im.message.receive_v1') || undefined,
  )
  tenant.clock.advance(15_000)
  expect(await next()).toMatchObject({ text: '电锤' })
})
