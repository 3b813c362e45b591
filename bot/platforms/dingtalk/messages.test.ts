import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Tenant } from '../../../simulator/dingtalk/test-tenant.ts'
import { PlatformRefusal } from '../platform.ts'
import { messageIdOf } from './chats.ts'
import { dingtalk } from './index.ts'
import type { DingTalkSettings } from './settings.ts'
import { aCard, aCompany, seenBy, settingsFor, titlesOf } from './test-company.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aCompany()
})
afterEach(() => tenant.close())

const platform = (changes: Partial<DingTalkSettings> = {}) => dingtalk(settingsFor(tenant, changes))
const userId = () => tenant.idsOf('xiaoli').userId
const calls = async (path: string) => (await tenant.log()).filter((entry) => entry.title.includes(path))
const thrown = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )
const everythingIn = (error: unknown): string => JSON.stringify(error, Object.getOwnPropertyNames(error))

describe('a card', () => {
  test('that is sent twice under one key is there once, as it was sent last', async () => {
    const one = platform()
    const first = await one.sendCard(userId(), aCard('一'), 'key-1')
    expect(await one.sendCard(userId(), aCard('一，改'), 'key-1')).toEqual(first)
    expect(await titlesOf(tenant, 'xiaoli')).toEqual(['一，改'])
  })

  test('can be told from another by keys of any length', async () => {
    const one = platform()
    for (const key of ['k'.repeat(300), `${'k'.repeat(299)}j`]) await one.sendCard(userId(), aCard(key.slice(-1)), key)
    expect(await titlesOf(tenant, 'xiaoli')).toEqual(['k', 'j'])
  })

  test('is redrawn for everybody who has it, and what the last press said goes', async () => {
    const one = platform()
    const handle = await one.sendCard(userId(), aCard('一', { tag: '待你审批' }), 'key-1')
    expect(await one.updateCard(handle, aCard('二'))).toBe(true)
    expect(await seenBy(tenant, 'xiaoli')).toMatchObject([
      { title: '二', tag: '', hasTag: 'false', hasNotice: 'false' },
    ])
  })

  test('that DingTalk does not know can no longer be changed, which is no error', async () => {
    expect(await platform().updateCard({ outTrackId: 'never-sent' }, aCard('一'))).toBe(false)
  })

  test('that DingTalk cannot take now is an error, for the queue to try again', async () => {
    const one = platform()
    const handle = await one.sendCard(userId(), aCard('一'), 'key-1')
    await tenant.control('POST', '/dingtalk/faults', { path: '/card/instances', code: 500 })
    await expect(one.updateCard(handle, aCard('二'))).rejects.toThrow('DingTalk refused to redraw a card: system.busy')
  })

  test('to somebody who has left, or has stopped the robot, is refused for good', async () => {
    const one = platform()
    await tenant.control('PATCH', '/dingtalk/settings', { blockedBy: ['xiaoli'] })
    const refused = await thrown(one.sendCard(userId(), aCard('一'), 'key-1'))
    expect(refused).toBeInstanceOf(PlatformRefusal)
    expect(refused).toMatchObject({ forGood: true })
  })

  test('without an imported layout is a plain card, which can never be changed', async () => {
    const one = platform({ cardTemplate: undefined })
    const handle = await one.sendCard(userId(), aCard('一', { link: { label: '查看', path: '/orders/1' } }), 'key-1')
    expect(await seenBy(tenant, 'xiaoli')).toMatchObject([{ kind: 'actionCard', title: '一' }])
    expect(await one.updateCard(handle, aCard('二'))).toBe(false)
  })

  test('of a layout that is not there is refused for good, in DingTalk’s words', async () => {
    const refused = await thrown(platform({ cardTemplate: 'no.schema' }).sendCard(userId(), aCard('一'), 'key-1'))
    expect(String(refused)).toContain('DingTalk refused a card: param.templateNotExist')
    expect(refused).toMatchObject({ forGood: true })
  })
})

describe('a text', () => {
  test('reaches a person', async () => {
    await platform().sendText(userId(), '你好', 'key-1')
    expect(await seenBy(tenant, 'xiaoli')).toEqual(['你好'])
  })

  test('to somebody whom the robot does not reach is refused for good, though DingTalk answers 200', async () => {
    await tenant.control('POST', '/dingtalk/people/xiaoli/leave')
    const refused = await thrown(platform().sendText(userId(), '你好', 'key-1'))
    expect(refused).toMatchObject({ forGood: true, message: expect.stringContaining('not reached by the robot') })
  })
})

describe('an answer goes where the message came from:', () => {
  test('to the person', async () => {
    const messageId = messageIdOf('m1', { kind: 'person', id: userId() })
    await platform().reply(messageId, { text: '有 18 箱' }, 'key-1')
    await platform().reply(messageId, { card: aCard('库存') }, 'key-2')
    expect(await seenBy(tenant, 'xiaoli')).toMatchObject(['有 18 箱', { title: '库存' }])
  })

  test('into the group, where everybody sees it', async () => {
    const { chatId } = await tenant.control('POST', '/dingtalk/chats', {
      name: '销售群',
      members: ['xiaoli', 'wangjie'],
    })
    const messageId = messageIdOf('m1', { kind: 'group', id: String(chatId) })
    await platform().reply(messageId, { text: '有 18 箱' }, 'key-1')
    await platform().reply(messageId, { card: aCard('库存') }, 'key-2')
    expect(await seenBy(tenant, 'wangjie')).toMatchObject(['有 18 箱', { title: '库存' }])
  })
})

describe('a token that DingTalk no longer takes', () => {
  test('is renewed once, and the call goes through', async () => {
    const one = platform()
    await one.sendCard(userId(), aCard('一'), 'key-1')
    await tenant.control('POST', '/dingtalk/faults', { revokeTokens: true })
    await Promise.all([one.sendCard(userId(), aCard('二'), 'key-2'), one.sendCard(userId(), aCard('三'), 'key-3')])
    expect(await tenant.inbox('xiaoli')).toHaveLength(3)
    expect(await calls('/oauth2/accessToken')).toHaveLength(2)
  })

  test('is not renewed again and again', async () => {
    const one = platform()
    await tenant.control('POST', '/dingtalk/faults', { path: '/card/instances', code: 40014, for: 9 })
    await expect(one.sendCard(userId(), aCard('一'), 'key-1')).rejects.toThrow('InvalidAuthentication')
    expect(await calls('/card/instances')).toHaveLength(2)
  })
})

test('calls at the same moment share one token', async () => {
  const one = platform()
  await Promise.all(['1', '2', '3', '4'].map((key) => one.sendCard(userId(), aCard(key), key)))
  expect(await calls('/oauth2/accessToken')).toHaveLength(1)
})

describe('too many calls', () => {
  test('are made again a second later', async () => {
    await tenant.control('POST', '/dingtalk/faults', { path: '/card/instances', code: 90018 })
    const startedAt = Date.now()
    await platform().sendCard(userId(), aCard('一'), 'key-1')
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(990)
    expect(await titlesOf(tenant, 'xiaoli')).toEqual(['一'])
  })

  test('beyond the monthly quota are not tried again', async () => {
    await tenant.control('PATCH', '/dingtalk/settings', { callsPerMonth: 0 })
    await expect(platform().sendCard(userId(), aCard('一'), 'key-1')).rejects.toThrow('ApiCountLimitForOrg')
    expect(await calls('/card/instances')).toHaveLength(1)
  })
})

test('a platform that is away is said in words, without the request that was made', async () => {
  const failed = await thrown(platform({ apiUrl: 'http://127.0.0.1:9' }).sendCard(userId(), aCard('一'), 'key-1'))
  expect(String(failed)).toContain('DingTalk could not be reached for a token')
  expect(everythingIn(failed)).not.toContain(tenant.app.clientSecret)
})

test('a secret that is wrong is said, and is not in what is said', async () => {
  const clientSecret = 'another-secret-of-tests'
  const failed = await thrown(platform({ clientSecret }).sendCard(userId(), aCard('一'), 'key-1'))
  expect(String(failed)).toContain('invalidClientIdOrSecret')
  expect(everythingIn(failed)).not.toContain(clientSecret)
})
