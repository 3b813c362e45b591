import { afterEach, beforeEach, expect, test } from 'vitest'
import { anApp, corpId, type Tenant } from '../../../simulator/dingtalk/test-tenant.ts'
import { dingtalk } from './index.ts'
import type { DingTalkSettings } from './settings.ts'
import { aCompany, settingsFor } from './test-company.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aCompany()
})
afterEach(() => tenant.close())

const signIn = (changes: Partial<DingTalkSettings> = {}) => dingtalk(settingsFor(tenant, changes)).signIn
const back = 'http://127.0.0.1:9/sign-in/dingtalk'

/** A code as the client gives it to the app on somebody's phone. */
async function codeOf(person: string): Promise<string> {
  const { result } = await tenant.phone(person, 'runtime.permission.requestAuthCodeV2', {
    corpId,
    clientId: tenant.app.clientId,
  })
  return String((result as { code?: string }).code) // as the client answers
}

/** A code as a plain browser brings it back. */
async function webCodeOf(person: string, changes: Partial<DingTalkSettings> = {}): Promise<string> {
  const address = new URL(signIn(changes).address(back, 'state-1', 'a browser'))
  address.searchParams.set('person', person)
  const page = await fetch(address, { redirect: 'manual' })
  const returned = new URL(page.headers.get('location') ?? '')
  expect(returned.searchParams.get('state')).toBe('state-1')
  return returned.searchParams.get('authCode') ?? ''
}

test('a code of the client says who holds the phone', async () => {
  const { userId } = tenant.idsOf('xiaoli')
  expect(await signIn().exchange(await codeOf('xiaoli'), undefined)).toEqual({
    platform: 'dingtalk',
    tenant: corpId,
    stableId: userId,
    appId: tenant.app.clientId,
    openId: userId,
  })
})

test('a browser is sent to DingTalk and comes back as the same person as on the phone', async () => {
  const vouched = await signIn().exchange(await webCodeOf('wangjie'), back)
  expect(vouched).toEqual(await signIn().exchange(await codeOf('wangjie'), undefined))
})

test('a code that was used, has expired, was made up, or was given to another kind of page opens nothing', async () => {
  const refused = { code: 'sign_in_failed' }
  const used = await codeOf('xiaoli')
  await signIn().exchange(used, undefined)
  await expect(signIn().exchange(used, undefined)).rejects.toMatchObject(refused)
  await expect(signIn().exchange('made-up', undefined)).rejects.toMatchObject(refused)
  await expect(signIn().exchange('made-up', back)).rejects.toMatchObject(refused)
  await expect(signIn().exchange(await codeOf('xiaoli'), back)).rejects.toMatchObject(refused)
  await expect(signIn().exchange(await webCodeOf('xiaoli'), undefined)).rejects.toMatchObject(refused)
  const late = await codeOf('xiaoli')
  tenant.clock.advance(5 * 60_000 + 1)
  await expect(signIn().exchange(late, undefined)).rejects.toMatchObject(refused)
})

test('somebody of another company is turned away', async () => {
  const code = await webCodeOf('xiaoli')
  await expect(signIn({ corpId: 'ding-our-own' }).exchange(code, back)).rejects.toMatchObject({ code: 'wrong_tenant' })
})

test('a code of another app opens nothing', async () => {
  const code = await codeOf('xiaoli')
  const foreign = signIn(anApp())
  await expect(foreign.exchange(code, undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
})

test('somebody who has left may not come in', async () => {
  const codes = [await codeOf('xiaoli'), await webCodeOf('xiaoli')] as const
  await tenant.control('POST', '/dingtalk/people/xiaoli/leave')
  await expect(signIn().exchange(codes[0], undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  await expect(signIn().exchange(codes[1], back)).rejects.toMatchObject({ code: 'sign_in_failed' })
})

test('a platform that is away means that signing in did not work', async () => {
  const away = signIn({ apiUrl: 'http://127.0.0.1:9', oapiUrl: 'http://127.0.0.1:9' })
  await expect(away.exchange('any', undefined)).rejects.toMatchObject({ code: 'sign_in_failed' })
  await expect(away.exchange('any', back)).rejects.toMatchObject({ code: 'sign_in_failed' })
})

test('a page is signed so that the client lets it use the scanner', async () => {
  const url = `${tenant.originOf('xiaoli')}/orders?q=%E8%9E%BA%E6%A0%93`
  const { agentId, corpId: company, timestamp, nonceStr, signature } = await signIn().signPage(url)
  const asked = { agentId, corpId: company, timeStamp: String(timestamp), nonceStr, url, jsApiList: ['biz.util.scan'] }
  const configure = 'runtime.permission.requestJsApis'
  expect(await tenant.phone('xiaoli', configure, { ...asked, signature })).toMatchObject({ errorCode: '0' })
  expect(await tenant.phone('xiaoli', configure, { ...asked, signature: 'forged' })).toMatchObject({
    errorCode: '52013',
  })
})

test('pages are signed with one ticket for as long as it lives', async () => {
  const { signPage } = signIn()
  await Promise.all([signPage('https://a.example/1'), signPage('https://a.example/2')])
  await signPage('https://a.example/3')
  expect((await tenant.log()).filter((entry) => entry.title.includes('jsapiTickets'))).toHaveLength(1)
})
