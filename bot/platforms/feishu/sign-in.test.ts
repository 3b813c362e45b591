import { afterEach, beforeEach, expect, test } from 'vitest'
import { textOf } from '../../../simulator/request-body.ts'
import { aTenant, type Tenant } from '../../../simulator/feishu/test-tenant.ts'
import type { FeishuSettings } from './settings.ts'
import { feishuSignIn } from './sign-in.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

const signIn = (changes: Partial<FeishuSettings> = {}) =>
  feishuSignIn({
    ...tenant.app,
    tenantKey: 'tenant-of-tests',
    baseUrl: tenant.url,
    accountsUrl: tenant.url,
    receive: 'long_connection',
    appUrl: 'https://app.example',
    ...changes,
  })
/** A code as the client gives it to the app on somebody's phone. */
const codeOf = async (person: string): Promise<string> =>
  textOf((await tenant.phone(person, 'code', { api: 'requestAccess', appID: tenant.app.appId })).body['code'])

test('a code of the client says who holds the phone, by the id that outlives the app', async () => {
  const { openId, unionId } = tenant.idsOf('xiaoli')
  expect(await signIn().exchange(await codeOf('xiaoli'), undefined)).toEqual({
    platform: 'feishu',
    tenant: 'tenant-of-tests',
    stableId: unionId,
    appId: tenant.app.appId,
    openId,
  })
})

test('a browser is sent to Feishu and comes back with a code of its own', async () => {
  const back = 'http://127.0.0.1:9/sign-in/return'
  const address = new URL(signIn().address(back, 'state-1', 'a browser'))
  address.searchParams.set('person', 'wangjie')
  const page = await fetch(address, { redirect: 'manual' })
  const returned = new URL(page.headers.get('location') ?? '')
  expect(returned.searchParams.get('state')).toBe('state-1')
  const vouched = await signIn().exchange(returned.searchParams.get('code') ?? '', back)
  expect(vouched.openId).toBe(tenant.idsOf('wangjie').openId)
})

test('a code that was used, has expired, was made up, or belongs to another app opens nothing', async () => {
  const used = await codeOf('xiaoli')
  await signIn().exchange(used, undefined)
  await expect(signIn().exchange(used, undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  await expect(signIn().exchange('made-up', undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  const foreign = signIn({ appId: 'cli_ffffffffffffffff' })
  await expect(foreign.exchange(await codeOf('xiaoli'), undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  const late = await codeOf('xiaoli')
  tenant.clock.advance(4 * 60_000)
  await expect(signIn().exchange(late, undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
})

test('somebody of another company is turned away', async () => {
  const ours = signIn({ tenantKey: 'our-own-tenant' })
  await expect(ours.exchange(await codeOf('xiaoli'), undefined)).rejects.toMatchObject({ code: 'wrong_tenant' })
})

test('somebody who has left may not come in', async () => {
  const code = await codeOf('xiaoli')
  await tenant.control('POST', '/feishu/people/xiaoli/leave')
  await expect(signIn().exchange(code, undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
})

test('a platform that is away means that signing in did not work', async () => {
  const away = signIn({ baseUrl: 'http://127.0.0.1:9' })
  await expect(away.exchange('any', undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  await tenant.control('POST', '/feishu/faults', { path: '/authen/', status: 502 })
  await expect(signIn().exchange(await codeOf('xiaoli'), undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
})
