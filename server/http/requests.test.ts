import type { Response } from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approvals } from '#contract/engines/approvals'
import { catalog } from '#contract/modules/catalog'
import { inventory } from '#contract/modules/inventory'
import { org } from '#contract/modules/org'
import { parties } from '#contract/modules/parties'
import { sales } from '#contract/modules/sales'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { log } from '#kernel/log'
import { as, closeDoor, ids, openDoor, visitor } from '../test/door.ts'
import { aCustomer, anApproval, anItem, anOrder, openShop, stocked } from '../test/door-goods.ts'
import { served } from './contracts.ts'

let goods: { itemId: string; warehouseId: string }
beforeAll(async () => {
  await openDoor()
  const warehouseId = await openShop()
  goods = { warehouseId, itemId: await anItem() }
  await stocked(goods.itemId, warehouseId, '1000')
})
afterAll(closeDoor)

const { createCustomer, editCustomer, customer } = parties.endpoints
const aCompany = (changes: object = {}) => {
  const id = newId()
  return { id, name: `公司 ${id}`, shortName: id.slice(-12), level: 'A', termCode: 'net_30', ...changes }
}
const problemOf = ({ status, body, type }: Response) => ({ status, code: body.code, type })
const refused = (status: number, code: string) => ({ status, code, type: 'application/problem+json' })

describe('a key that makes a deed happen once', () => {
  const changing = served.flatMap(({ contract }) =>
    Object.entries(contract.endpoints)
      .filter(([, endpoint]) => endpoint.changes)
      .map(([name, endpoint]) => [`${contract.name}.${name}`, endpoint] as const),
  )

  test('every call that changes something is refused without one', async () => {
    const answers = new Map<string, object>()
    for (const [name, endpoint] of changing)
      answers.set(name, problemOf(await as('owner').try(endpoint, idsIn(endpoint.path), { key: undefined })))
    expect(answers.size).toBeGreaterThan(60)
    for (const [name, answer] of answers) expect({ name, ...answer }).toEqual({ name, ...refused(400, 'key_missing') })
  })

  test('a key longer than it may be is no key', async () => {
    expect(problemOf(await as('seller').try(createCustomer, aCompany(), { key: 'k'.repeat(256) }))).toEqual(
      refused(400, 'key_missing'),
    )
  })

  test('the same key and body is answered again and done once', async () => {
    const [key, company] = [newId(), aCompany()]
    const first = await as('seller').try(createCustomer, company, { key })
    const second = await as('seller').try(createCustomer, company, { key })
    expect(first.status).toBe(200)
    expect(second.text).toBe(first.text)
    expect(await db.customer.count({ where: { name: company.name } })).toBe(1)
  })

  test('ten calls at once with one key do one deed', async () => {
    const [key, company] = [newId(), aCompany()]
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => as('seller').try(createCustomer, company, { key })),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await db.customer.count({ where: { name: company.name } })).toBe(1)
  })

  test('another body under the key is refused', async () => {
    const key = newId()
    await as('seller').try(createCustomer, aCompany(), { key })
    expect(problemOf(await as('seller').try(createCustomer, aCompany(), { key }))).toEqual(refused(409, 'key_reused'))
  })

  test('another call under the key is refused', async () => {
    const [key, company] = [newId(), aCompany()]
    await as('seller').try(createCustomer, company, { key })
    const other = await as('seller').try(editCustomer, { id: company.id, version: 1, note: '改' }, { key })
    expect(problemOf(other)).toEqual(refused(409, 'key_reused'))
  })

  test('the key of somebody else says nothing', async () => {
    const [key, company] = [newId(), aCompany({ phone: '021-5550001' })]
    await as('seller').try(createCustomer, company, { key })
    const answer = await as('stranger').try(createCustomer, { ...company, id: newId(), evenIfAlike: true }, { key })
    expect(answer.status).toBe(200)
    expect(answer.body.customer.id).not.toBe(company.id)
  })

  test('what was refused may be tried again under the same key', async () => {
    const key = newId()
    const company = aCompany({ termCode: 'no_such_term' })
    expect(problemOf(await as('seller').try(createCustomer, company, { key }))).toEqual(refused(422, 'unknown_term'))
    expect((await as('seller').try(createCustomer, { ...company, termCode: 'net_30' }, { key })).status).toBe(200)
  })
})

describe('what does not fit the contract', () => {
  const post = (body: string, type = 'application/json') =>
    as('seller').send('POST', '/api/customers', { key: newId(), headers: { 'Content-Type': type }, body })

  test('is refused as malformed JSON when it is none', async () => {
    for (const body of ['{', '{"a":}', '"text"', '[1', 'undefined'])
      expect(problemOf(await post(body)), body).toEqual(refused(400, 'malformed_json'))
    expect(problemOf(await post('[]'))).toEqual(refused(400, 'malformed'))
  })

  test('is refused for its media type', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(problemOf(await post('name=x', type)), type).toEqual(refused(415, 'unsupported_media'))
  })

  test('is refused for its size', async () => {
    expect(problemOf(await post(JSON.stringify(aCompany({ note: 'x'.repeat(1_100_000) }))))).toEqual(
      refused(413, 'too_large'),
    )
  })

  test('says which field, in a message people understand', async () => {
    const answer = await as('seller').try(createCustomer, aCompany({ level: 'Z', phone: 'none', name: '' }))
    expect(problemOf(answer)).toEqual(refused(400, 'malformed'))
    const errors: { field: string; message: string }[] = answer.body.errors
    expect(errors.map(({ field }) => field).sort()).toEqual(['level', 'name', 'phone'])
    expect(errors.find(({ field }) => field === 'name')?.message).toBe('请填写客户全称 / Full name is needed')
  })

  test.each([
    ['unknown', { price: 1 }],
    ['of the system', { createdBy: ids.owner }],
    ['read-only', { number: 'C1' }],
    ['computed', { exposure: '0' }],
    ['a nested write', { owner: { create: { name: 'x' } } }],
    ['a constructor', { constructor: { prototype: { admin: true } } }],
  ])('a field that is %s is refused, not ignored', async (_, more) => {
    const answer = await as('seller').try(createCustomer, aCompany(more))
    expect(problemOf(answer)).toEqual(refused(400, 'malformed'))
    expect(answer.body.errors[0].field).toBe(Object.keys(more)[0])
  })

  test('__proto__ changes nothing', async () => {
    const company = aCompany()
    const body = JSON.stringify(company).replace('{', '{"__proto__":{"level":"B"},')
    expect(problemOf(await post(body))).toEqual(refused(400, 'malformed_json'))
    expect(({} as { level?: string }).level).toBeUndefined()
  })

  test('a list where one value belongs is refused', async () => {
    for (const path of [
      '/api/customers?limit=1&limit=2',
      '/api/customers?q=a&q=b',
      '/api/customers?limit=0',
      '/api/customers?limit=101',
      '/api/orders?state=%27%3Bdrop',
    ])
      expect(problemOf(await as('seller').send('GET', path)), path).toEqual(refused(400, 'malformed'))
  })

  test('a character that no table can hold is refused', async () => {
    expect(problemOf(await as('seller').try(createCustomer, aCompany({ note: 'a\u0000b' })))).toEqual(
      refused(400, 'malformed'),
    )
    expect(problemOf(await as('seller').send('GET', '/api/customers?q=%00'))).toEqual(refused(400, 'malformed'))
  })

  test('an id that is none is refused before anybody looks for it', async () => {
    for (const id of ['1', 'null', '%00', '..%2f..', "' or 1=1"])
      expect((await as('owner').send('GET', `/api/customers/${encodeURIComponent(id)}`)).status, id).toBe(400)
  })
})

describe('a cursor', () => {
  const lists = served.flatMap(({ contract }) =>
    Object.entries(contract.endpoints)
      .filter(([, { method, output }]) => method === 'GET' && 'cursor' in ((output as { shape?: object }).shape ?? {}))
      .map(([name, endpoint]) => [`${contract.name}.${name}`, endpoint] as const),
  )
  const forged = [[], [1], [1, 0.5], ['x', 'y'], ['', ''], [null, null], ['a', 'b', 'c'], [{}, []], 'text'].map(
    (keys) => Buffer.from(JSON.stringify(keys)).toString('base64url'),
  )

  test('that is not ours is refused by every list', async () => {
    expect(lists.length).toBeGreaterThan(12)
    const listId = newId()
    await as('owner').call(catalog.endpoints.createPriceList, { id: listId, name: '价格表' })
    for (const [name, endpoint] of lists)
      for (const cursor of ['nonsense', '%', ...forged]) {
        const answer = await as('owner').try(endpoint, {
          ...idsIn(endpoint.path, endpoint.path.startsWith('/price-lists') ? listId : goods.itemId),
          code: '1122',
          day: '2026-01-01',
          asOf: '2026-01-01',
          asKnownAt: '2026-01-01',
          by: 'customer',
          ...{ from: '2026-01-01', to: '2026-01-31' },
          cursor,
        })
        expect({ name, cursor, ...problemOf(answer) }).toEqual({ name, cursor, ...refused(400, 'malformed') })
        expect(answer.body.errors[0].field).toBe('cursor')
      }
  })

  test('that is ours leads through the whole list, each row once', async () => {
    const [a, b, c] = [await anItem(), await anItem(), await anItem()]
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await as('owner').call(catalog.endpoints.items, { limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.rows.map(({ item }) => item.id))
      cursor = page.cursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    for (const id of [a, b, c]) expect(seen).toContain(id)
  })
})

describe('a row that one may not see', () => {
  test('is answered exactly as one that is not there', async () => {
    const customerId = await aCustomer('seller')
    const orderId = await anOrder('seller', customerId, goods)
    const approvalId = await anApproval('seller', customerId, goods)
    const { order, cancelOrder } = sales.endpoints
    const pairs = [
      [customer, { id: customerId }],
      [editCustomer, { id: customerId, version: 1, note: 'x' }],
      [parties.endpoints.customerTimeline, { id: customerId }],
      [order, { id: orderId }],
      [cancelOrder, { id: orderId, version: 1 }],
      [approvals.endpoints.approval, { id: approvalId }],
      [approvals.endpoints.withdraw, { id: approvalId }],
      [approvals.endpoints.vote, { id: approvalId, step: 0, choice: 'approve' }],
    ] as const
    for (const [endpoint, input] of pairs) {
      const foreign = await as('stranger').try(endpoint, input)
      const missing = await as('stranger').try(endpoint, { ...input, id: newId() })
      expect([403, 404], endpoint.path).toContain(foreign.status)
      expect([foreign.status, foreign.text, foreign.type]).toEqual([missing.status, missing.text, missing.type])
    }
  })
})

describe('a version that has passed', () => {
  test('is refused, and nothing is changed', async () => {
    const id = await aCustomer('seller')
    await as('seller').call(editCustomer, { id, version: 1, note: '一' })
    expect(problemOf(await as('seller').try(editCustomer, { id, version: 1, note: '二' }))).toEqual(
      refused(409, 'stale'),
    )
    expect((await as('seller').call(customer, { id })).customer.note).toBe('一')
  })

  test('of two at the same moment one wins', async () => {
    const id = await aCustomer('seller')
    const both = await Promise.all(['一', '二'].map((note) => as('seller').try(editCustomer, { id, version: 1, note })))
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]))
  })
})

describe('words for people', () => {
  const missing = { id: newId() }
  test('are in the language that is asked for, Chinese without', async () => {
    const asked = async (headers: Record<string, string>) =>
      (await as('seller').try(customer, missing, { headers })).body.title as string
    expect(await asked({})).toBe('没有找到你可以查看的客户')
    expect(await asked({ 'Accept-Language': 'zh-CN,zh;q=0.9' })).toBe('没有找到你可以查看的客户')
    expect(await asked({ 'Accept-Language': 'en-GB' })).toBe('There is no customer that you may see')
    expect(await asked({ 'Accept-Language': 'fr' })).toBe('没有找到你可以查看的客户')
  })

  test('are in the language that he has chosen where none is asked for', async () => {
    await as('mate').call(org.endpoints.setLanguage, { lang: 'en' })
    expect((await as('mate').try(customer, missing)).body.title).toBe('There is no customer that you may see')
  })

  test('stand beside a code that stays', async () => {
    const { body } = await visitor().try(customer, missing)
    expect(body).toEqual({
      type: 'about:blank#not_signed_in',
      title: '请先登录',
      status: 401,
      code: 'not_signed_in',
      facts: {},
      errors: [],
    })
  })
})

test('what broke on our side is told by its id alone', async () => {
  const id = await aCustomer('seller')
  await db.$executeRaw`alter table contact rename to contact_gone`
  const { level } = log
  log.level = 'silent'
  try {
    const answer = await as('seller').try(customer, { id })
    expect(problemOf(answer)).toEqual(refused(500, 'fault'))
    expect(Object.keys(answer.body.facts)).toEqual(['id'])
    expect(answer.text).not.toMatch(/contact|prisma|select|\.ts/i)
  } finally {
    log.level = level
    await db.$executeRaw`alter table contact_gone rename to contact`
  }
})

test('nothing of a refused document is left behind', async () => {
  const id = newId()
  const lines = [{ itemId: goods.itemId, entered: [{ unit: '支', quantity: '999999' }] }]
  const input = { id, customerId: await aCustomer('seller'), warehouseId: goods.warehouseId, lines, submit: true }
  const answer = await as('seller').try(sales.endpoints.createOrder, input)
  expect(problemOf(answer)).toEqual(refused(409, 'out_of_stock'))
  expect(await db.salesOrder.count({ where: { id } })).toBe(0)
  expect(await db.reservation.count({ where: { sourceId: id } })).toBe(0)
  const { available, onHand } = await as('seller').call(inventory.endpoints.itemStock, { itemId: goods.itemId })
  expect(Number(available)).toBeGreaterThan(0)
  expect(Number(onHand)).toBe(1000)
})

/** Values for the names in a path. */
function idsIn(path: string, id: string = newId()): Record<string, string> {
  return Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name, id]))
}
