import { afterEach, beforeEach, expect, test } from 'vitest'

import { onOrigin } from '../test-origin.ts'
import { aCompany, corpId } from './test-company.ts'
import type { Company } from './test-company.ts'

let company: Company
beforeEach(async () => {
  company = await aCompany()
})
afterEach(() => company.close())

async function authorized(more: Record<string, string> = {}, path = '/connect/oauth2/authorize') {
  const query = new URLSearchParams({
    ...{ appid: corpId, redirect_uri: `${company.originOf('xiaoli')}/login`, response_type: 'code' },
    ...{ scope: 'snsapi_base', state: 's1', agentid: String(company.app.agentId), ...more },
  })
  return fetch(`${company.url}${path}?${query.toString()}`, { redirect: 'manual' })
}

const whoHas = (code: string | null) => company.call('GET', `auth/getuserinfo?code=${code}`)
const back = (response: Response) => new URL(response.headers.get('location') ?? '').searchParams

test('on a phone one is sent back at once, with a code that tells once who holds it', async () => {
  const query = back(await authorized())
  expect(query.get('state')).toBe('s1')
  expect(await whoHas(query.get('code'))).toMatchObject({ errcode: 0, userid: 'Xiaoli' })
  expect(await whoHas(query.get('code'))).toMatchObject({ errcode: 42022 })
})

test('in a browser one chooses who one is, in place of scanning with the phone', async () => {
  const page = await (await authorized({ redirect_uri: 'https://app.example/login' }, '/wwlogin/sso/login')).text()
  const link = /href="([^"]*person=wangjie[^"]*)"/.exec(page)?.[1]?.replaceAll('&#38;', '&') ?? ''
  const query = back(await fetch(company.url + link, { redirect: 'manual' }))
  expect(await whoHas(query.get('code'))).toMatchObject({ userid: 'Wangjie' })
})

test('the address of the client is of no use in a browser', async () => {
  const response = await authorized({ redirect_uri: 'https://app.example/login' })
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('请在企业微信客户端打开链接')])
})

test('somebody outside the scope of the app is told by an openid and not by a userid', async () => {
  await company.control('PATCH', '/wecom/settings', { visible: ['wangjie'] })
  const answer = await whoHas(back(await authorized()).get('code'))
  expect(answer).toMatchObject({ errcode: 0, openid: expect.any(String) })
  expect(answer).not.toHaveProperty('userid')
})

test('mobile and mail are told only for a ticket of snsapi_privateinfo', async () => {
  const plain = await whoHas(back(await authorized()).get('code'))
  expect(plain).not.toHaveProperty('user_ticket')
  const { user_ticket } = await whoHas(back(await authorized({ scope: 'snsapi_privateinfo' })).get('code'))
  const detail = await company.call('POST', 'auth/getuserdetail', { user_ticket })
  expect(detail).toMatchObject({ userid: 'Xiaoli', mobile: '13800000001', email: 'xiaoli@example.com' })
})

test.each([
  ['of another company', { appid: 'ww_other' }],
  ['of an unknown app', { agentid: '7' }],
  ['without a place to come back to', { redirect_uri: '' }],
  ['with another response_type', { response_type: 'token' }],
  ['with an unknown scope', { scope: 'snsapi_login' }],
  ['with a long state', { state: 'x'.repeat(129) }],
])('a request to sign in %s leads nowhere', async (_, wrong) => {
  const response = await authorized(wrong)
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
})

test('only trusted origins are sent back to', async () => {
  await company.control('PATCH', '/wecom/settings', { trustedOrigins: ['https://app.example'] })
  expect((await authorized()).status).toBe(400)
})

test('the web view of the phone says that it is WeCom, and has the bridge before the app begins', async () => {
  const script = await onOrigin(company.url, company.originOf('xiaoli'), '/__wecom/h5-js-sdk.js')
  expect(script.headers['content-type']).toContain('javascript')
  expect(script.text).toContain('WeixinJSBridge')
})
