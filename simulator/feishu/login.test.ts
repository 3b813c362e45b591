import { afterEach, beforeEach, expect, test } from 'vitest'

import { isFields, textOf } from '../request-body.ts'
import { browserCode, exchange, loginCode, redirectUri, settings } from './test-requests.ts'
import { aTenant } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

async function whoHolds(accessToken: unknown) {
  const headers = { authorization: `Bearer ${textOf(accessToken)}` }
  const { body } = await tenant.fetched('GET', '/open-apis/authen/v1/user_info', undefined, headers)
  return isFields(body['data']) ? body['data'] : {}
}

test('a code of the client tells, through the user token, who holds the phone', async () => {
  const { access_token, expires_in, token_type } = await exchange(tenant, { code: await loginCode(tenant) })
  expect([expires_in, token_type]).toEqual([7200, 'Bearer'])
  const { openId, unionId, userId } = tenant.idsOf('xiaoli')
  expect(await whoHolds(access_token)).toMatchObject({
    ...{ name: 'xiaoli', tenant_key: 'tenant-of-tests', open_id: openId, union_id: unionId, user_id: userId },
    ...{ mobile: '13800000001', email: 'xiaoli@example.com', employee_no: 'E-xiaoli' },
  })
})

test('what the app has no scope for is not told', async () => {
  await settings(tenant, { scopes: ['contact:user.email:readonly'] })
  const { access_token } = await exchange(tenant, { code: await loginCode(tenant) })
  const told = Object.keys(await whoHolds(access_token))
  expect(told).toContain('email')
  for (const field of ['mobile', 'user_id', 'employee_no']) expect(told).not.toContain(field)
})

test('the older requestAuthCode gives codes of five minutes', async () => {
  const asked = { api: 'requestAuthCode', appId: tenant.app.appId }
  const code = textOf((await tenant.phone('xiaoli', 'code', asked)).body['code'])
  tenant.clock.advance(4 * 60_000)
  expect((await exchange(tenant, { code }))['code']).toBe(0)
})

test('a client that does not know requestAccess says errno 103', async () => {
  await tenant.control('POST', '/feishu/faults', { on: 'client', path: 'requestAccess', code: 103 })
  const answer = await tenant.phone('xiaoli', 'code', { api: 'requestAccess', appID: tenant.app.appId })
  expect(answer.body).toMatchObject({ errno: 103 })
})

test('in a browser one chooses who one is, and comes back with code and state', async () => {
  const query = new URLSearchParams({ client_id: tenant.app.appId, redirect_uri: redirectUri, state: 's 1' })
  const page = await (await fetch(`${tenant.url}/open-apis/authen/v1/authorize?${query.toString()}`)).text()
  const link = /href="([^"]*person=xiaoli[^"]*)"/.exec(page)?.[1]?.replaceAll('&#38;', '&') ?? ''
  const back = await fetch(tenant.url + link, { redirect: 'manual' })
  const target = new URL(back.headers.get('location') ?? '')
  expect([target.origin + target.pathname, target.searchParams.get('state')]).toEqual([redirectUri, 's 1'])
  const answer = await exchange(tenant, { code: target.searchParams.get('code') ?? '', redirect_uri: redirectUri })
  expect(await whoHolds(answer['access_token'])).toMatchObject({ name: 'xiaoli' })
})

test('a code made with a challenge is given up to its verifier', async () => {
  // The challenge of RFC 7636, appendix B.
  const code = await browserCode(tenant, { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' })
  const code_verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
  expect((await exchange(tenant, { code, redirect_uri: redirectUri, code_verifier }))['code']).toBe(0)
})

test('whoever leaves loses his user token', async () => {
  const { access_token } = await exchange(tenant, { code: await loginCode(tenant) })
  await tenant.control('POST', '/feishu/people/xiaoli/leave')
  expect(await whoHolds(access_token)).toEqual({})
})
