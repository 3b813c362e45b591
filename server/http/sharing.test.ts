import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shares, sharing } from '#contract/engines/shares'
import { finance } from '#contract/modules/finance'
import { parties } from '#contract/modules/parties'
import { sales } from '#contract/modules/sales'
import { pool } from '#kernel/db'
import { newId } from '#kernel/ids'
import { as, closeDoor, openDoor, visitor } from '../test/door.ts'
import { aCustomer, anItem, anOrder, lineOf, openShop, shipped, stocked, today } from '../test/door-goods.ts'
import { newToken, told } from '../test/every-call.ts'

const { createShareLink, revokeShareLink, shareLinks, sheet } = shares.endpoints
const { createQuotation, editQuotation, quotation, order } = sales.endpoints

/* What stands in the house about these documents and is none of the customer's business. */
const priceNote = '竞品压价给到底线'
const quotationNote = '此客户账期要盯紧'
const orderNote = '老板特批，勿外传'
const otherCustomer = '别家五金商行'
const listPrice = told.price
const dealPrice = '9000.01'
const secrets = [
  told.cost,
  told.floor,
  listPrice,
  told.credit,
  told.phone,
  told.contactPhone,
  priceNote,
  quotationNote,
  orderNote,
  otherCustomer,
]

let customer: string
let goods: { itemId: string; warehouseId: string }
let quotationId: string
let orderId: string

beforeAll(async () => {
  await openDoor()
  const warehouseId = await openShop()
  const itemId = await anItem({ listPrice, floorPrice: told.floor })
  goods = { itemId, warehouseId }
  await stocked(itemId, warehouseId, '1000', told.cost)
  const contacts = [{ id: newId(), name: '张三', role: 'buyer' as const, phone: told.contactPhone }]
  customer = await aCustomer('seller', { phone: told.phone, contacts })
  await as('sales_manager').call(parties.endpoints.editCustomer, { id: customer, version: 1, creditLimit: told.credit })
  await anOrder('stranger', await aCustomer('stranger', { name: otherCustomer, shortName: '别家' }), goods)
  quotationId = await sentQuotation()
  orderId = await anOrder('seller', customer, goods)
  await pool.query('update sales_order set note = $1 where id = $2', [orderNote, orderId])
  await shipped(orderId)
})
afterAll(closeDoor)

async function sentQuotation(): Promise<string> {
  const id = newId()
  const lines = [{ ...lineOf(goods), price: dealPrice, priceNote }]
  const { quotation: made } = await as('seller').call(createQuotation, {
    ...{ id, customerId: customer, warehouseId: goods.warehouseId, validUntil: today(), lines },
    ...{ note: quotationNote, submit: true },
  })
  expect(made.state).toBe('approved')
  return id
}

type Subject = { document: 'quotation' | 'sales_order' | 'statement'; documentId: string }
const subjects = (): Record<string, Subject> => ({
  quotation: { document: 'quotation', documentId: quotationId },
  order: { document: 'sales_order', documentId: orderId },
  statement: { document: 'statement', documentId: customer },
})

async function aLink(subject: Subject): Promise<{ id: string; token: string }> {
  const made = { id: newId(), token: newToken() }
  await as('seller').call(createShareLink, { ...made, ...subject })
  return made
}
const opened = (token: string) => visitor().try(sharing.endpoints.shared, { token })

describe.each(['quotation', 'order', 'statement'])('the link of a %s', (kind) => {
  test('shows whoever has it what the customer may see, and nothing else', async () => {
    const { token } = await aLink(subjects()[kind]!)
    const answer = await opened(token)
    expect(answer.status).toBe(200)
    const plain = answer.text.replace(/(\d),(?=\d{3})/g, '$1')
    expect(secrets.filter((secret) => plain.includes(secret))).toEqual([])
    // No id of ours either: nothing leads from a sheet to anything else.
    expect(answer.text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  })

  test('each of those figures stands where a colleague reads it, so it is there to leak', async () => {
    const owner = as('owner')
    const read = [
      (await owner.call(quotation, { id: quotationId })).quotation,
      (await owner.call(order, { id: orderId })).order,
      (await owner.call(parties.endpoints.customer, { id: customer })).customer,
      (await owner.call(finance.endpoints.statement, { id: customer })).closing,
    ]
    const text = JSON.stringify(read)
    for (const secret of [listPrice, told.phone, told.credit, priceNote, quotationNote, orderNote])
      expect(text, secret).toContain(secret)
  })
})

test('a quotation shows its lines at the price that was agreed; an order shows how far it is, and no price', async () => {
  const quoted = await opened((await aLink(subjects().quotation!)).token)
  expect(quoted.text).toContain('9,000.01/支')
  expect(quoted.text).toContain('90000.10')
  const ordered = await opened((await aLink(subjects().order!)).token)
  expect(ordered.text).not.toContain(listPrice)
  const steps = ordered.body.parts.find(({ part }: { part: string }) => part === 'steps').steps
  expect(steps.map(({ isDone }: { isDone: boolean }) => isDone)).toEqual([true, true, true, false])
})

test('unknown, ended, withdrawn and not for customers now: all answer the same', async () => {
  const unknown = await opened(newToken())
  expect(unknown.status).toBe(404)
  expect(unknown.body.code).toBe('share_closed')

  const ended = await aLink(subjects().order!)
  const longAgo = new Date(Date.now() - 86_400_000 * 40)
  await pool.query('update share_link set created_at = $1, expires_at = $2 where id = $3', [
    longAgo,
    new Date(Date.now() - 1000),
    ended.id,
  ])
  const withdrawn = await aLink(subjects().order!)
  await as('seller').call(revokeShareLink, { id: withdrawn.id })
  const revisedId = await sentQuotation()
  const revised = await aLink({ document: 'quotation', documentId: revisedId })
  const { quotation: now } = await as('seller').call(quotation, { id: revisedId })
  await as('seller').call(editQuotation, { id: revisedId, version: now.version, note: '改一改' })

  for (const token of [ended.token, withdrawn.token, revised.token, 'x', 'a'.repeat(150)]) {
    const answer = await opened(token)
    expect([answer.status, answer.text]).toEqual([unknown.status, unknown.text])
  }
})

test('only the hash of a token is kept, in no table the token itself', async () => {
  const { id, token } = await aLink(subjects().order!)
  const { rows } = await pool.query<{ found: number }>(
    `select (select count(*) from share_link where share_link::text like $1)::int
       + (select count(*) from done_call where done_call::text like $1)::int
       + (select count(*) from audit_entry where audit_entry::text like $1)::int
       + (select count(*) from event where event::text like $1)::int as found`,
    [`%${token}%`],
  )
  expect(rows[0]).toEqual({ found: 0 })
  const { rows: kept } = await pool.query('select token_hash from share_link where id = $1', [id])
  expect(kept).toHaveLength(1)
})

test('openings are counted, and the first of them stands on the timeline', async () => {
  const { id, token } = await aLink(subjects().order!)
  const before = (await as('seller').call(order, { id: orderId })).timeline.length
  await opened(token)
  await opened(token)
  const { rows } = await as('seller').call(shareLinks, subjects().order!)
  expect(rows.find((one) => one.id === id)).toMatchObject({ opens: 2, isOpen: true, isRevoked: false })
  const { timeline } = await as('seller').call(order, { id: orderId })
  expect(timeline.slice(before).map(({ action }) => action)).toEqual(['open_link'])
})

test('the same request again makes no second link; another one cannot take its token', async () => {
  const request = { id: newId(), token: newToken(), ...subjects().order! }
  const key = newId()
  const first = await as('seller').try(createShareLink, request, { key })
  const again = await as('seller').try(createShareLink, request, { key })
  expect([again.status, again.body]).toEqual([200, first.body])
  const thief = await as('seller').try(createShareLink, { ...request, id: newId() })
  expect([thief.status, thief.body.code]).toEqual([409, 'stale'])
})

test('a draft is not given to anybody', async () => {
  const id = newId()
  const lines = [lineOf(goods)]
  const draft = { id, customerId: customer, warehouseId: goods.warehouseId, validUntil: today(), lines }
  await as('seller').call(createQuotation, draft)
  const subject = { document: 'quotation', documentId: id }
  const refused = await as('seller').try(createShareLink, { id: newId(), token: newToken(), ...subject })
  expect([refused.status, refused.body.code]).toEqual([409, 'not_shareable'])
  expect((await as('seller').try(sheet, subject)).body.code).toBe('not_shareable')
})

test('a token that could be guessed is refused', async () => {
  for (const token of ['', '1', 'a'.repeat(42), `${'a'.repeat(42)}!`]) {
    const answer = await as('seller').try(createShareLink, { id: newId(), token, ...subjects().order! })
    expect([token, answer.status]).toEqual([token, 400])
  }
})

test('somebody else’s document can be neither shared nor withdrawn', async () => {
  const { id } = await aLink(subjects().order!)
  const stranger = as('stranger')
  const tried = [
    await stranger.try(createShareLink, { id: newId(), token: newToken(), ...subjects().order! }),
    await stranger.try(shareLinks, subjects().order!),
    await stranger.try(revokeShareLink, { id }),
    await stranger.try(sheet, subjects().order!),
  ]
  expect(tried.map(({ status }) => status)).toEqual([404, 404, 404, 404])
})

test('who sees orders without their prices prints the order, and no quotation', async () => {
  expect((await as('service').try(sheet, subjects().order!)).status).toBe(200)
  expect((await as('service').try(sheet, subjects().quotation!)).status).toBe(404)
})

test('whoever tries addresses by the hundred is told to wait', async () => {
  const answers = await Promise.all(Array.from({ length: 70 }, () => opened(newToken())))
  expect(answers.some(({ status }) => status === 429)).toBe(true)
})
