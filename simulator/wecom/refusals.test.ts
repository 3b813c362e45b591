import { afterEach, expect, test } from 'vitest'

import { refusalRequests } from './refusal-requests.ts'
import { refusals } from './refusals.ts'
import type { RefusalName } from './refusals.ts'
import { aCompany, textMessage } from './test-company.ts'
import type { Company } from './test-company.ts'

let company: Company
afterEach(() => company.close())

test.each(Object.entries(refusalRequests))('%s is refused with its own code, by its own check', async (name, given) => {
  const { with: overrides, provoke } = typeof given === 'function' ? { with: {}, provoke: given } : given
  company = await aCompany(overrides)
  const code = await provoke(company)
  // The table has exactly the names of `refusals`.
  expect(code).toBe(refusals[name as RefusalName].code)
  const failed = (await company.log()).flatMap((entry) => entry.checks).filter((check) => !check.holds)
  expect(failed.map((check) => check.what)).toContain(name)
})

test.each([-1, 45009, 45033, 45011, 81011, 60020])(
  'a fault makes the next call fail with code %i, and only that one',
  async (code) => {
    company = await aCompany()
    await company.control('POST', '/wecom/faults', { code, path: 'message/send' })
    expect((await company.send(textMessage('hello')))['errcode']).toBe(code)
    expect((await company.send(textMessage('hello')))['errcode']).toBe(0)
  },
)

test('a refused answer still has its lists, empty, and says where to read more', async () => {
  company = await aCompany()
  expect(await company.call('GET', 'user/list?department_id=99')).toMatchObject({
    ...{ errcode: 60123, userlist: [] },
    errmsg: expect.stringContaining('devtool/query?e=60123'),
  })
})

test('a limit of calls is over when its minute is', async () => {
  company = await aCompany()
  await company.control('PATCH', '/wecom/settings', { callsPerMinuteMax: 1 })
  await company.send(textMessage('one'))
  expect(await company.send(textMessage('two'))).toMatchObject({ errcode: 45009 })
  company.clock.advance(60_001)
  expect(await company.send(textMessage('three'))).toMatchObject({ errcode: 0 })
})
