import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { contract, endpoint, Refusal } from '#contract'
import { changesMade, connect, Fault, onSignedOut, Unreachable } from './api.ts'
import { useLanguage } from './i18n.ts'

const ById = z.object({ id: z.string() })
const About = { zh: '单', en: 'order' }
const orders = contract('orders', {
  list: endpoint(
    'GET /orders',
    About,
    z.object({ q: z.string().optional(), state: z.array(z.string()).optional() }),
    z.object({}),
  ),
  order: endpoint('GET /orders/:id', About, ById, z.object({ number: z.string() })),
  submit: endpoint('POST /orders/:id/submit', About, ById.extend({ version: z.number() }), z.object({})),
  preview: endpoint('POST /orders/preview', About, z.object({ note: z.string() }), z.object({}), { changes: false }),
  remove: endpoint('DELETE /orders/:id', About, ById, z.object({})),
})
const api = connect(orders)

const answers: (() => Promise<Response>)[] = []
const sent: { address: string; method: string; headers: Headers; body: unknown }[] = []
const answer =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }))

beforeEach(() => {
  useLanguage('zh')
  answers.length = sent.length = 0
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    sent.push({ address, method: init.method ?? '', headers: new Headers(init.headers), body })
    return (answers.shift() ?? answer({}))()
  })
})
afterEach(() => vi.unstubAllGlobals())

test('path parameters go into the path and the rest of a reading into the query', async () => {
  answers.push(answer({ number: 'SO202611-00042' }))
  expect(await api.order({ id: 'a/b' })).toEqual({ number: 'SO202611-00042' })
  await api.list({ q: '螺栓 M8', state: ['draft', 'submitted'] })
  await api.list({})
  expect(sent.map(({ method, address }) => `${method} ${address}`)).toEqual([
    'GET /api/orders/a%2Fb',
    'GET /api/orders?q=%E8%9E%BA%E6%A0%93+M8&state=draft&state=submitted',
    'GET /api/orders',
  ])
})

test('a command carries its body and the key it was given, and a new key where none was', async () => {
  await api.submit({ id: '1', version: 3 }, { key: 'once' })
  await api.submit({ id: '1', version: 3 })
  await api.remove({ id: '1' })
  await api.preview({ note: 'x' })
  const keys = sent.map(({ headers }) => headers.get('idempotency-key'))
  expect(sent[0]).toMatchObject({ method: 'POST', address: '/api/orders/1/submit', body: { version: 3 } })
  expect(keys[0]).toBe('once')
  expect(new Set([keys[1], keys[2]]).size).toBe(2)
  expect(keys[3]).toBeNull()
  expect(sent[2]?.body).toBeUndefined()
})

test('the answer is asked for in the language of the app', async () => {
  await api.list({})
  useLanguage('en')
  await api.list({})
  expect(sent.map(({ headers }) => headers.get('accept-language'))).toEqual(['zh-CN', 'en'])
})

test('a refusal comes with its code, facts, marked fields and the words of the server', async () => {
  const errors = [{ field: 'lines.0.price', message: '低于底价' }]
  answers.push(
    answer({ code: 'not_known_here', title: '第 1 行低于底价', status: 422, facts: { line: 1 }, errors }, 422),
  )
  const refusal = await api.submit({ id: '1', version: 1 }).catch((error: unknown) => error)
  if (!(refusal instanceof Refusal)) throw refusal
  expect(refusal).toMatchObject({ code: 'not_known_here', facts: { line: 1 }, issues: errors })
  expect(refusal.say('zh')).toBe('第 1 行低于底价')
})

test('a broken line and a gateway that answers for the server leave open what became of the call', async () => {
  answers.push(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(api.submit({ id: '1', version: 1 })).rejects.toBeInstanceOf(Unreachable)
  answers.push(() => Promise.resolve(new Response('<html>Bad Gateway</html>', { status: 502 })))
  await expect(api.submit({ id: '1', version: 1 })).rejects.toBeInstanceOf(Unreachable)
  answers.push(answer({ message: 'upstream' }, 503))
  await expect(api.submit({ id: '1', version: 1 })).rejects.toBeInstanceOf(Unreachable)
})

test('a fault is known by the id that the log knows it by', async () => {
  answers.push(answer({ code: 'fault', title: '', status: 500, facts: { id: 'f-1' }, errors: [] }, 500))
  const fault = await api.list({}).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(Fault)
  expect(fault).toMatchObject({ id: 'f-1' })
})

test('only what has changed something makes pages look again', async () => {
  const before = changesMade.value
  await api.list({})
  await api.preview({ note: '' })
  expect(changesMade.value).toBe(before)
  await api.submit({ id: '1', version: 1 })
  expect(changesMade.value).toBe(before + 1)
  answers.push(answer({ code: 'stale' }, 409))
  await expect(api.submit({ id: '1', version: 1 })).rejects.toBeInstanceOf(Refusal)
  expect(changesMade.value).toBe(before + 1)
})

test('a page that gives up is no broken line', async () => {
  const page = new AbortController()
  answers.push(() => Promise.reject(new DOMException('aborted', 'AbortError')))
  page.abort()
  await expect(api.list({}, { signal: page.signal })).rejects.toMatchObject({ name: 'AbortError' })
})

test('the app learns at once that it is no longer signed in', async () => {
  const told = vi.fn<() => void>()
  onSignedOut(told)
  answers.push(answer({ code: 'not_signed_in', title: '请先登录' }, 401))
  await expect(api.list({})).rejects.toBeInstanceOf(Refusal)
  expect(told).toHaveBeenCalledOnce()
})
