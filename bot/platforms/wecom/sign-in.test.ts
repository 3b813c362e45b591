import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aCompany, type Company, corpId } from '../../../simulator/wecom/test-company.ts'
import { wecom } from './index.ts'
import type { WecomSettings } from './settings.ts'
import { settingsOf } from './test-settings.ts'

let company: Company
beforeEach(async () => {
  company = await aCompany()
})
afterEach(() => company.close())

const client = 'Mozilla/5.0 wxwork/4.1.36 MicroMessenger/7.0.1'
const chrome = 'Mozilla/5.0 Chrome/140.0.0.0 Safari/537.36'
const signIn = (changes: Partial<WecomSettings> = {}) => wecom(settingsOf(company, changes)).signIn
const back = 'http://127.0.0.1:9/sign-in/wecom'

/** Where a browser comes back to that was sent to sign in, as somebody. */
async function returned(person: string, userAgent: string): Promise<URLSearchParams> {
  const address = new URL(signIn().address(back, 'state-1', userAgent))
  address.searchParams.set('person', person)
  const page = await fetch(address, { redirect: 'manual' })
  return new URL(page.headers.get('location') ?? '').searchParams
}
const codeOf = async (person: string): Promise<string> => (await returned(person, client)).get('code') ?? ''

describe('the way to WeCom', () => {
  test('leads its own client to OAuth, silently, for this app', () => {
    const address = new URL(wecom(settingsOf(company)).signIn.address(back, 'state-1', client))
    expect([address.pathname, address.hash]).toEqual(['/connect/oauth2/authorize', '#wechat_redirect'])
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      ...{ appid: corpId, agentid: String(company.app.agentId), scope: 'snsapi_base', response_type: 'code' },
      ...{ redirect_uri: back, state: 'state-1' },
    })
  })

  test('leads any other browser to the page with the QR code', () => {
    expect(new URL(signIn().address(back, 'state-1', chrome)).pathname).toBe('/wwlogin/sso/login')
  })
})

test.each([
  ['its client', client],
  ['a plain browser', chrome],
])('from %s somebody comes back with his state and a code that says who he is', async (_, userAgent) => {
  const query = await returned('wangjie', userAgent)
  expect(query.get('state')).toBe('state-1')
  expect(await signIn().exchange(query.get('code') ?? '', back)).toEqual({
    platform: 'wecom',
    tenant: corpId,
    stableId: 'wangjie',
    appId: `${corpId}-${company.app.agentId}`,
    openId: 'wangjie',
  })
})

test('a code that was used, has expired or was made up opens nothing', async () => {
  const used = await codeOf('xiaoli')
  await signIn().exchange(used, undefined)
  await expect(signIn().exchange(used, undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  await expect(signIn().exchange('made-up', undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  const late = await codeOf('xiaoli')
  company.clock.advance(6 * 60_000)
  await expect(signIn().exchange(late, undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
})

test('somebody who is no member, or has left, is turned away', async () => {
  const code = await codeOf('xiaoli')
  await company.control('POST', '/wecom/people/xiaoli/leave')
  await expect(signIn().exchange(code, undefined)).rejects.toMatchObject({ code: 'unknown_person' })
})

test('a platform that is away means that signing in did not work', async () => {
  const away = signIn({ baseUrl: 'http://127.0.0.1:9' })
  await expect(away.exchange('any', undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  await company.control('POST', '/wecom/faults', { path: '/auth/', code: 50001 })
  await expect(signIn().exchange(await codeOf('xiaoli'), undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
})
