import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Tenant } from '../../../simulator/dingtalk/test-tenant.ts'
import type { TokenCard } from '../../card.ts'
import type { Handle } from '../platform.ts'
import { dingtalk } from './index.ts'
import { aCard, aCompany, settingsFor } from './test-company.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aCompany()
})
afterEach(() => tenant.close())

const buttons: TokenCard['buttons'] = [{ name: 'approve', label: '同意', look: 'primary', token: 'opaque' }]
const asking = aCard('销售订单 SO1', { colour: 'orange', buttons, link: { label: '查看', path: '/approvals/1' } })
const userId = () => tenant.idsOf('xiaoli').userId
const platform = (hasTodos = true) => dingtalk(settingsFor(tenant, { hasTodos }))
/** The entry on his list that belongs to a card, as DingTalk tells it. */
async function entryOf(handle: Handle): Promise<Record<string, unknown>> {
  const { unionId } = tenant.idsOf('xiaoli')
  return (await tenant.call('GET', `/v1.0/todo/users/${unionId}/tasks/${handle['todoId']}`)).body
}

test('what waits for somebody stands on his list, until it is decided', async () => {
  const one = platform()
  const handle = await one.sendCard(userId(), asking, 'key-1')
  const page = 'https://app.example/approvals/1'
  expect(await entryOf(handle)).toMatchObject({
    ...{ subject: '销售订单 SO1', detailUrl: { appUrl: page, pcUrl: page }, done: false },
  })
  await one.updateCard(handle, { ...asking, subtitle: '催办' })
  expect(await entryOf(handle)).toMatchObject({ done: false })
  expect(await one.updateCard(handle, aCard('销售订单 SO1', { colour: 'green' }))).toBe(true)
  expect(await entryOf(handle)).toMatchObject({ done: true })
})

test('what only tells is nothing to do', async () => {
  expect(await platform().sendCard(userId(), aCard('已出库'), 'key-1')).not.toHaveProperty('todoId')
})

test('nothing stands on anybody’s list unless it is switched on', async () => {
  expect(await platform(false).sendCard(userId(), asking, 'key-1')).not.toHaveProperty('todoId')
})

test('a list that is away holds no card up', async () => {
  await tenant.control('POST', '/dingtalk/faults', { path: '/todo/', code: 500, for: 2 })
  const one = platform()
  const handle = await one.sendCard(userId(), asking, 'key-1')
  expect(await one.updateCard(handle, aCard('销售订单 SO1', { colour: 'green' }))).toBe(true)
  expect(await tenant.inbox('xiaoli')).toHaveLength(1)
})
