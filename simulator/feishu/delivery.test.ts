import type { ServerResponse } from 'node:http'

import { afterEach, expect, test } from 'vitest'

import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import { aCallbackServer, aTenant, decrypted } from './test-tenant.ts'
import { eventually } from '../test-eventually.ts'
import type { Tenant } from './test-tenant.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let tenant: Tenant
let close: () => Promise<void>
afterEach(async () => {
  await close()
  await tenant.close()
})

/** Collects the events that are delivered; `answer` says how each is taken. */
async function receive(answer: (response: ServerResponse, event: Fields) => void): Promise<Fields[]> {
  tenant = await aTenant()
  const received: Fields[] = []
  const server = await aCallbackServer(async (request, response) => {
    const event = await decrypted(tenant.app, request)
    if (event['challenge']) return void response.end(JSON.stringify({ challenge: event['challenge'] }))
    received.push(event)
    answer(response, event)
  })
  close = server.close
  await tenant.control('PATCH', '/feishu/settings', { eventUrl: server.url })
  return received
}

/** Settles once so many deliveries were not only received but also judged. */
function judged(count: number): Promise<unknown> {
  return eventually(async () => {
    const entries = (await tenant.log()).filter((entry) => entry.way === 'callback')
    return entries.length >= count || undefined
  })
}

function leaves(person: string): Promise<unknown> {
  return tenant.control('POST', `/feishu/people/${person}/leave`)
}

function eventId(event: Fields | undefined): string {
  return isFields(event?.['header']) ? textOf(event['header']['event_id']) : ''
}

test('an event that is not taken comes again after 15 s, 5 min, 1 h and 6 h, and then no more', async () => {
  const received = await receive((response) => {
    response.statusCode = 500
    response.end()
  })
  await leaves('laozhao')
  await judged(1)
  const steps = [15_000, 5 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS]
  for (const [index, due] of steps.entries()) {
    tenant.clock.advance(due - (steps[index - 1] ?? 0) - 1000)
    expect(received).toHaveLength(index + 1)
    tenant.clock.advance(1000)
    await judged(index + 2)
  }
  tenant.clock.advance(100 * HOUR_MS)
  await tenant.log()
  expect(received).toHaveLength(5)
  expect(new Set(received.map(eventId)).size).toBe(1)
})

test('an event that is taken comes once', async () => {
  const received = await receive((response) => response.end('{}'))
  await leaves('laozhao')
  await judged(1)
  tenant.clock.advance(100 * HOUR_MS)
  await tenant.log()
  expect(received).toHaveLength(1)
})

test('an answer after 3 s counts as none, although the handler ran', async () => {
  const received = await receive((response) => {
    if (received.length === 1) tenant.clock.advance(3000)
    response.end('{}')
  })
  await leaves('laozhao')
  await judged(1)
  tenant.clock.advance(12_000)
  await judged(2)
  expect(received).toHaveLength(2)
})

test('a duplicate is the same event, delivered while the first delivery runs', async () => {
  const open: ServerResponse[] = []
  const received = await receive((response) => {
    // The first is answered only when the second is there.
    open.push(response)
    if (open.length === 2) for (const each of open) each.end('{}')
  })
  await tenant.control('POST', '/feishu/faults', { duplicate: true })
  await leaves('laozhao')
  await judged(2)
  expect(eventId(received[0])).toBe(eventId(received[1]))
})

test('a reordered event goes out after the next one', async () => {
  const received = await receive((response) => response.end('{}'))
  await tenant.control('POST', '/feishu/faults', { reorder: true })
  await leaves('laozhao')
  await leaves('xiaoli')
  await judged(2)
  const names = received.map((each) =>
    isFields(each['event']) && isFields(each['event']['object']) ? each['event']['object']['name'] : '',
  )
  expect(names).toEqual(['xiaoli', 'laozhao'])
})

test('a fault can make the platform miss an answer that was given', async () => {
  const received = await receive((response) => response.end('{}'))
  await tenant.control('POST', '/feishu/faults', { on: 'callback', status: 500 })
  await leaves('laozhao')
  await judged(1)
  tenant.clock.advance(15_000)
  await judged(2)
  expect(received).toHaveLength(2)
})

test('directory changes are told with the fields that were different', async () => {
  const received = await receive((response) => response.end('{}'))
  await tenant.control('PATCH', '/feishu/people/xiaoli', { department: 'store' })
  await judged(1)
  const [event] = received
  expect(event).toMatchObject({
    header: { event_type: 'contact.user.updated_v3' },
    event: { object: { name: 'xiaoli' } },
  })
  const old = isFields(event?.['event']) ? event['event']['old_object'] : undefined
  expect(Object.keys(isFields(old) ? old : {})).toEqual(['department_ids'])
})

test('people and departments that come and go are told as such', async () => {
  const received = await receive((response) => response.end('{}'))
  const person = { key: 'xiaobai', name: '小白', en: 'Bai', mobile: '13900000000', email: 'bai@example.com' }
  await tenant.control('POST', '/feishu/people', {
    ...person,
    employeeNumber: 'E9',
    department: 'sales',
    title: { zh: '销售', en: 'Seller' },
  })
  await tenant.control('POST', '/feishu/departments', { key: 'export', name: '外贸部', en: 'Export' })
  await tenant.control('POST', '/feishu/departments', { key: 'export', name: '国际部', en: 'Export' })
  await tenant.control('DELETE', '/feishu/departments/export')
  await judged(4)
  const types = received.map((event) => (isFields(event['header']) ? event['header']['event_type'] : ''))
  expect(types.map(String).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'contact.department.created_v3',
    'contact.department.deleted_v3',
    'contact.department.updated_v3',
    'contact.user.created_v3',
  ])
})
