import { afterEach, expect, test } from 'vitest'

import { refusalRequests } from './refusal-requests.ts'
import { refusals } from './refusals.ts'
import type { RefusalName } from './refusals.ts'
import { aTenant, textMessage } from './test-tenant.ts'
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

test.each([11232, 230028, 230049, 99991400, 99991403, 99991679])(
  'a fault makes the next call fail with code %i, and only that one',
  async (code) => {
    tenant = await aTenant()
    await tenant.control('POST', '/feishu/faults', { code, path: '/im/v1/messages' })
    expect((await tenant.send('xiaoli', textMessage('hello'))).body['code']).toBe(code)
    expect((await tenant.send('xiaoli', textMessage('hello'))).body['code']).toBe(0)
  },
)

test('whoever exceeds a limit is told when to come back', async () => {
  tenant = await aTenant()
  for (const _ of [1, 2, 3, 4, 5]) await tenant.send('xiaoli', textMessage('hello'))
  const refused = await tenant.send('xiaoli', textMessage('hello'))
  expect([refused.status, refused.headers.get('x-ogw-ratelimit-reset')]).toEqual([429, '1'])
  tenant.clock.advance(1000)
  expect((await tenant.send('xiaoli', textMessage('hello'))).body['code']).toBe(0)
})
