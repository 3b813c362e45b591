import { afterEach, expect, test } from 'vitest'

import { eventually } from '../test-eventually.ts'
import { refusalRequests } from './refusal-requests.ts'
import { refusals } from './refusals.ts'
import type { RefusalName } from './refusals.ts'
import { aTenant, standingClock } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'

let tenant: Tenant
afterEach(() => tenant.close())

test.each(Object.entries(refusalRequests))('%s is refused with its own code, by its own check', async (name, given) => {
  const { with: overrides, provoke } = typeof given === 'function' ? { with: {}, provoke: given } : given
  tenant = await aTenant(overrides)
  const code = await provoke(tenant)
  // The table has exactly the names of `refusals`.
  expect(code).toBe(refusals[name as RefusalName].code)
  const failed = (await tenant.log()).flatMap((entry) => entry.checks).filter((check) => !check.holds)
  expect(failed.map((check) => check.what)).toContain(name)
})

test.each([
  [500, 'system.busy', 500],
  [40014, 'InvalidAuthentication', 40014],
  [60020, 'Forbidden.AccessDenied.IpNotInWhiteList', 60020],
  [90002, 'Forbidden.AccessDenied.QpsLimitForApi', 90002],
  [90018, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 90018],
  [90020, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 90020],
  [400001, 'param.contentUnsafe', 400001],
])(
  'a fault with code %i is said as a word by the new api and as a number by the old one',
  async (code, word, number) => {
    tenant = await aTenant()
    await tenant.control('POST', '/dingtalk/faults', { code, path: '/v1.0/robot' })
    const refused = await tenant.sendText('xiaoli', 'hello')
    expect([refused.status >= 400, refused.body['code']]).toEqual([true, word])
    expect((await tenant.sendText('xiaoli', 'hello')).status).toBe(200)
    await tenant.control('POST', '/dingtalk/faults', { code, path: '/topapi' })
    const old = await tenant.oldCall('/topapi/v2/department/listsub')
    expect([old.status, old.body['errcode']]).toEqual([200, number])
  },
)

test('an address that is shut out gets no answer of the api at all', async () => {
  tenant = await aTenant()
  await tenant.control('POST', '/dingtalk/faults', { code: 1111, path: '/v1.0/robot' })
  const answer = await tenant.sendText('xiaoli', 'hello')
  expect([answer.status, answer.body]).toEqual([200, { status: 1111, wait: 5, punish: 'deny' }])
})

test('twenty calls a second of one api are enough, and a second later there are twenty more', async () => {
  tenant = await aTenant({ simulator: { clock: standingClock() } })
  const codes: unknown[] = []
  for (let count = 0; count < 21; count += 1) codes.push((await tenant.sendText('xiaoli', 'hello')).body['code'])
  expect(codes.filter(Boolean)).toEqual(['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'])
  tenant.clock.advance(1000)
  expect((await tenant.sendText('xiaoli', 'hello')).status).toBe(200)
})

test('the calls of a month are counted in the calendar of China, and reading the directory is free', async () => {
  tenant = await aTenant()
  await tenant.control('POST', '/clock', { now: '2030-01-31T15:59:00Z' })
  await tenant.control('PATCH', '/dingtalk/settings', { callsPerMonth: 1 })
  expect((await tenant.sendText('xiaoli', 'hello')).status).toBe(200)
  expect((await tenant.sendText('xiaoli', 'hello')).status).toBe(403)
  expect((await tenant.oldCall('/topapi/v2/department/listsub')).body['errcode']).toBe(0)
  tenant.clock.advance(60_000)
  expect((await tenant.sendText('xiaoli', 'hello')).status).toBe(200)
})

test('a fault can make a call wait, on the clock of the simulator', async () => {
  tenant = await aTenant()
  await tenant.control('POST', '/dingtalk/faults', { latencyMs: 60_000, path: '/v1.0/robot' })
  let isBack = false
  const sent = tenant.sendText('xiaoli', 'hello').then(() => (isBack = true))
  await eventually(async () => {
    tenant.clock.advance(60_000)
    return isBack || undefined
  })
  await sent
  const entry = (await tenant.log()).find((each) => each.title.includes('batchSend'))
  expect(entry?.tookMs).toBeGreaterThanOrEqual(60_000)
})
