import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aTenant } from '../../simulator/feishu/test-tenant.ts'
import { isFields } from '../../simulator/request-body.ts'
import type { TokenCard } from '../card.ts'
import { dingtalk } from './dingtalk/index.ts'
import { aCompany, settingsFor } from './dingtalk/test-company.ts'
import { feishu } from './feishu/index.ts'
import type { Handle, Platform } from './platform.ts'

/** An entry on somebody's list, as the platform tells it. */
type Entry = { title: unknown; opens: unknown; isDone: boolean }
type List = {
  /** 小李's id, as messages to him name him. */
  openId: string
  platform: (isOn?: boolean) => Platform
  entryOf: (handle: Handle) => Promise<Entry>
  messages: () => Promise<unknown[]>
  fails: () => Promise<unknown>
  close: () => Promise<void>
}

const appUrl = 'https://app.example'
const lists: Record<string, () => Promise<List>> = { dingtalk: onDingtalk, feishu: onFeishu }

async function onDingtalk(): Promise<List> {
  const company = await aCompany()
  const { userId, unionId } = company.idsOf('xiaoli')
  return {
    openId: userId,
    platform: (hasTodos = true) => dingtalk(settingsFor(company, { hasTodos })),
    entryOf: async ({ todoId }) => {
      const { body } = await company.call('GET', `/v1.0/todo/users/${unionId}/tasks/${todoId}`)
      const { subject: title, detailUrl, done } = body
      return { title, opens: isFields(detailUrl) && detailUrl['appUrl'], isDone: done === true }
    },
    messages: () => company.inbox('xiaoli'),
    fails: () => company.control('POST', '/dingtalk/faults', { path: '/todo/', code: 500, for: 2 }),
    close: () => company.close(),
  }
}

async function onFeishu(): Promise<List> {
  const tenant = await aTenant()
  const { url, app } = tenant
  const addresses = { baseUrl: url, accountsUrl: url, receive: 'long_connection', appUrl } as const
  return {
    openId: tenant.idsOf('xiaoli').openId,
    platform: (hasTasks = true) => feishu({ ...app, tenantKey: 'tenant-of-tests', ...addresses, hasTasks }),
    entryOf: async ({ taskGuid }) => {
      const { data } = (await tenant.call('GET', `/open-apis/task/v2/tasks/${taskGuid}`)).body
      const task = isFields(data) && isFields(data['task']) ? data['task'] : {}
      const { summary: title, origin, status } = task
      const opens = isFields(origin) && isFields(origin['href']) && origin['href']['url']
      return { title, opens, isDone: status === 'done' }
    },
    messages: () => tenant.inbox('xiaoli'),
    fails: () => tenant.control('POST', '/feishu/faults', { path: '/task/', status: 500, for: 2 }),
    close: () => tenant.close(),
  }
}

const isOnList = (handle: Handle): boolean => 'todoId' in handle || 'taskGuid' in handle
const aCard = (title: string, more: Partial<TokenCard>): TokenCard => ({
  ...{ colour: 'blue', title, parts: [], buttons: [] },
  ...more,
})
const buttons: TokenCard['buttons'] = [{ name: 'approve', label: '同意', look: 'primary', token: 'opaque' }]
const asking = aCard('销售订单 SO1', { colour: 'orange', buttons, link: { label: '查看', path: '/approvals/1' } })
const settled = aCard('销售订单 SO1', { colour: 'green' })

describe.each(Object.keys(lists))('on %s', (name) => {
  let list: List
  beforeEach(async () => {
    list = await lists[name]!()
  })
  afterEach(() => list.close())

  test('what waits for somebody stands on his list, until it is decided', async () => {
    const platform = list.platform()
    const handle = await platform.sendCard(list.openId, asking, 'key-1')
    const entry = { title: '销售订单 SO1', opens: `${appUrl}/approvals/1` }
    expect(await list.entryOf(handle)).toEqual({ ...entry, isDone: false })
    await platform.updateCard(handle, { ...asking, subtitle: '催办' })
    expect(await list.entryOf(handle)).toEqual({ ...entry, isDone: false })
    expect(await platform.updateCard(handle, settled)).toBe(true)
    expect(await list.entryOf(handle)).toEqual({ ...entry, isDone: true })
  })

  test('what only tells is nothing to do', async () => {
    expect(await list.platform().sendCard(list.openId, aCard('已出库', {}), 'key-1')).not.toSatisfy(isOnList)
  })

  test('nothing stands on anybody’s list unless it is switched on', async () => {
    expect(await list.platform(false).sendCard(list.openId, asking, 'key-1')).not.toSatisfy(isOnList)
  })

  test('a list that is away holds no card up', async () => {
    await list.fails()
    const platform = list.platform()
    const handle = await platform.sendCard(list.openId, asking, 'key-1')
    expect(handle).not.toSatisfy(isOnList)
    expect(await platform.updateCard(handle, settled)).toBe(true)
    expect(await list.messages()).toHaveLength(1)
  })
})
