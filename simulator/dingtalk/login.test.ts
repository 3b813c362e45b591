import { afterEach, beforeEach, expect, test } from 'vitest'

import { isFields, textOf } from '../request-body.ts'
import { aTenant, corpId } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'
import { loginCode, me, redirectUri, settings, signInAddress, userToken, webCode, whoHas } from './test-requests.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

test('both families of the api and the call of a company give the same token as long as it lives', async () => {
  const { clientId, clientSecret } = tenant.app
  const first = await tenant.token()
  const old = (await tenant.fetched('GET', `/gettoken?appkey=${clientId}&appsecret=${clientSecret}`)).body
  const given = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const ofCorp = (await tenant.fetched('POST', `/v1.0/oauth2/${corpId}/token`, given)).body
  expect([old['access_token'], ofCorp['access_token']]).toEqual([first, first])
  expect(old).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 })
  tenant.clock.advance(7200_000)
  expect(await tenant.token()).not.toBe(first)
})

test('a code of the client tells who holds the phone', async () => {
  const { userId, unionId } = tenant.idsOf('xiaoli')
  const { body } = await whoHas(tenant, await loginCode(tenant))
  expect(body).toMatchObject({ errcode: 0, result: { userid: userId, unionid: unionId, name: 'xiaoli' } })
})

test('the older call of the client gives a code as well', async () => {
  const { result } = await tenant.phone('xiaoli', 'runtime.permission.requestAuthCode', { corpId })
  const { body } = await whoHas(tenant, isFields(result) ? textOf(result['code']) : '')
  expect(body).toMatchObject({ result: { name: 'xiaoli' } })
})

test('a client that does not know a call says so', async () => {
  await tenant.control('POST', '/dingtalk/faults', { on: 'client', path: 'requestAuthCodeV2', code: 1 })
  const answer = await tenant.phone('xiaoli', 'runtime.permission.requestAuthCodeV2', { corpId })
  expect(answer).toMatchObject({ errorCode: '1' })
})

test('in a browser one chooses who one is, and comes back with a code and the state', async () => {
  const page = await (await fetch(signInAddress(tenant, { state: 's 1' }))).text()
  const link = /href="([^"]*person=xiaoli[^"]*)"/.exec(page)?.[1]?.replaceAll('&#38;', '&') ?? ''
  const back = await fetch(tenant.url + link, { redirect: 'manual' })
  const target = new URL(back.headers.get('location') ?? '')
  expect([target.origin + target.pathname, target.searchParams.get('state')]).toEqual([redirectUri, 's 1'])
  const { body } = await userToken(tenant, { code: target.searchParams.get('authCode') })
  expect(body).toMatchObject({ expireIn: 7200, corpId })
  const { unionId, openId } = tenant.idsOf('xiaoli')
  expect((await me(tenant, textOf(body['accessToken']))).body).toMatchObject({
    ...{ nick: 'xiaoli', unionId, openId, mobile: '13800000006', stateCode: '86', email: 'xiaoli@example.com' },
  })
})

test('the company is told only to an app whose scope asks for it', async () => {
  const response = await fetch(signInAddress(tenant, { person: 'xiaoli', scope: 'openid' }), { redirect: 'manual' })
  const code = new URL(response.headers.get('location') ?? '').searchParams.get('authCode')
  expect(Object.keys((await userToken(tenant, { code })).body)).toEqual(['accessToken', 'refreshToken', 'expireIn'])
})

test.each<Record<string, string>>([
  { client_id: 'x' },
  { response_type: 'token' },
  { scope: 'corpid' },
  { redirect_uri: 'nowhere' },
])('the page for signing in refuses %o', async (wrong) => {
  expect((await fetch(signInAddress(tenant, wrong))).status).toBe(400)
})

test('the page for signing in sends nobody to an address that the app did not register', async () => {
  await settings(tenant, { redirectOrigins: ['https://erp.example.com'] })
  expect((await fetch(signInAddress(tenant, { person: 'xiaoli' }), { redirect: 'manual' })).status).toBe(400)
})

test('what the app has no permission for is not told', async () => {
  const { accessToken } = (await userToken(tenant, { code: await webCode(tenant) })).body
  await settings(tenant, { scopes: ['Contact.User.email'] })
  const told = Object.keys((await me(tenant, textOf(accessToken))).body)
  expect([told.includes('email'), told.includes('mobile')]).toEqual([true, false])
})

test('whoever leaves loses his user token, and can sign in no more', async () => {
  const { accessToken } = (await userToken(tenant, { code: await webCode(tenant) })).body
  const code = await loginCode(tenant)
  await tenant.control('POST', '/dingtalk/people/xiaoli/leave')
  expect((await me(tenant, textOf(accessToken))).body['code']).toBe('InvalidAuthentication')
  expect((await whoHas(tenant, code)).body['errcode']).toBe(50002)
})

test('tokens that are revoked before their time are unknown', async () => {
  const token = await tenant.token()
  await tenant.control('POST', '/dingtalk/faults', { revokeTokens: true })
  expect(await tenant.token()).not.toBe(token)
})

test('the log shows no secret', async () => {
  const token = await tenant.token()
  await tenant.oldCall('/topapi/v2/department/listsub')
  await whoHas(tenant, await loginCode(tenant))
  const log = JSON.stringify(await tenant.log())
  expect(log).not.toContain(tenant.app.clientSecret)
  expect(log).not.toContain(token)
})
