import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aTenant, type Tenant } from '../../../simulator/feishu/test-tenant.ts'
import type { TokenCard } from '../../card.ts'
import { feishu } from './index.ts'
import type { FeishuSettings } from './settings.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

const settings = (): FeishuSettings => ({
  ...tenant.app,
  tenantKey: 'tenant-of-tests',
  baseUrl: tenant.url,
  accountsUrl: tenant.url,
  receive: 'long_connection',
  appUrl: 'https://app.example',
})
const card = (title: string): TokenCard => ({ colour: 'blue', title, parts: [], buttons: [] })
const titles = async () =>
  (await tenant.inbox('xiaoli')).map(
    (message) => (message.content as { header: { title: { content: string } } }).header.title.content,
  ) // our own cards
const openId = () => tenant.idsOf('xiaoli').openId
const calls = async (path: string) => (await tenant.log()).filter((entry) => entry.title.includes(path))

describe('a message', () => {
  test('that is sent twice under one key is there once', async () => {
    const platform = feishu(settings())
    const first = await platform.sendCard(openId(), card('一'), 'key-1')
    expect(await platform.sendCard(openId(), card('一'), 'key-1')).toEqual(first)
    await platform.sendText(openId(), '二', 'key-2')
    expect(await tenant.inbox('xiaoli')).toHaveLength(2)
  })

  test('can be told from another by keys of any length', async () => {
    const platform = feishu(settings())
    for (const key of ['k'.repeat(300), `${'k'.repeat(299)}j`])
      await platform.sendCard(openId(), card(key.slice(-1)), key)
    expect(await titles()).toEqual(['k', 'j'])
  })

  test('to somebody who has left is refused in Feishu’s words, without the request', async () => {
    const platform = feishu(settings())
    await tenant.control('POST', '/feishu/people/xiaoli/leave')
    const refused = await platform.sendCard(openId(), card('一'), 'key-1').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Error)
    expect(String(refused)).toMatch(/Feishu refused a message: \d+/)
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain(tenant.app.appSecret)
  })
})

describe('a token that Feishu no longer takes', () => {
  test('is renewed once, and the call goes through', async () => {
    const platform = feishu(settings())
    await platform.sendCard(openId(), card('一'), 'key-1')
    await tenant.control('POST', '/feishu/faults', { revokeTokens: true })
    await platform.sendCard(openId(), card('二'), 'key-2')
    expect(await titles()).toEqual(['一', '二'])
    expect(await calls('tenant_access_token')).toHaveLength(2)
  })

  test('is not renewed again and again', async () => {
    const platform = feishu(settings())
    await tenant.control('POST', '/feishu/faults', { path: '/im/v1/messages', code: 99991663, for: 9 })
    await expect(platform.sendCard(openId(), card('一'), 'key-1')).rejects.toThrow('Feishu refused a message: 99991663')
    expect(await calls('/im/v1/messages')).toHaveLength(2)
  })
})

describe('too many calls', () => {
  test('are made again after as long as Feishu says', async () => {
    const platform = feishu(settings())
    await tenant.control('POST', '/feishu/faults', { path: '/im/v1/messages', code: 99991400, status: 429 })
    const startedAt = Date.now()
    await platform.sendCard(openId(), card('一'), 'key-1')
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(990)
    expect(await titles()).toEqual(['一'])
  })

  test('beyond the monthly quota are not tried again', async () => {
    const platform = feishu(settings())
    await tenant.control('PATCH', '/feishu/settings', { quotaLeft: 1 })
    await expect(platform.sendCard(openId(), card('一'), 'key-1')).rejects.toThrow('99991403')
    expect(await calls('/im/v1/messages')).toHaveLength(1)
  })
})

describe('a sent card', () => {
  test('is redrawn for everybody who has it', async () => {
    const platform = feishu(settings())
    const handle = await platform.sendCard(openId(), card('一'), 'key-1')
    expect(await platform.updateCard(handle, card('二'))).toBe(true)
    expect(await titles()).toEqual(['二'])
  })

  test('that is older than fourteen days can no longer be changed, which is no error', async () => {
    const platform = feishu(settings())
    const handle = await platform.sendCard(openId(), card('一'), 'key-1')
    tenant.clock.advance(14 * 86_400_000 + 1)
    expect(await platform.updateCard(handle, card('二'))).toBe(false)
  })

  test('that Feishu cannot take now is an error, for the queue to try again', async () => {
    const platform = feishu(settings())
    const handle = await platform.sendCard(openId(), card('一'), 'key-1')
    await tenant.control('POST', '/feishu/faults', { path: '/im/v1/messages', status: 503 })
    await expect(platform.updateCard(handle, card('二'))).rejects.toThrow('Feishu refused to update a card: 503')
  })
})

test('a platform that is away is said in words, without the request that was made', async () => {
  const platform = feishu({ ...settings(), baseUrl: 'http://127.0.0.1:9' })
  const failed = await platform.sendCard(openId(), card('一'), 'key-1').catch((error: unknown) => error)
  expect(String(failed)).toContain('Feishu could not be reached')
  expect(JSON.stringify(failed, Object.getOwnPropertyNames(failed))).not.toContain(tenant.app.appSecret)
})

test('an app that Feishu does not let in is told so in its words, without the secret that it tried', async () => {
  const appSecret = 'a-wrong-secret-of-tests'
  const platform = feishu({ ...settings(), appSecret })
  for (const call of [platform.readDirectory(), platform.sendCard(openId(), card('一'), 'key-1')]) {
    const failed = await call.catch((error: unknown) => error)
    expect(String(failed)).toMatch(/Feishu.*\d{5}/)
    expect(inspect(failed, { depth: 9 })).not.toContain(appSecret)
  }
})
