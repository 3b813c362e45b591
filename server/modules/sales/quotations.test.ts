import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import { releaseExpired } from '#server/modules/inventory'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  assertSound,
  call,
  lines,
  main,
  type Name,
  openCompany,
  order,
  refusalOf,
  settle,
  stock,
  type TestItem,
} from './fixtures/company.ts'
import { salesJobs } from './index.ts'

let bolts: TestItem

beforeAll(async () => {
  await openCompany()
  for (const document of ['quotation', 'sales_order']) {
    const key = `price_${document}`
    await aFlow({ key, document, approvers: [{ managerOf: 'owner', levels: 1 }] })
    const low = { field: 'margin.percent', is: 'lt', value: '22' }
    const condition = { all: [low, { field: 'order.isAgreed', is: 'ne', value: true }] }
    await aRule({ key, document, condition, actions: [{ do: 'require_approval', flow: key }] })
  }
  bolts = await anItem()
  await stock(bolts, { quantity: '100000' })
})
afterAll(closeNumbers)
afterEach(assertSound)

type Changes = {
  price?: string
  submit?: boolean
  quantity?: string
  item?: TestItem
  validUntil?: string
  customerId?: string
}
async function quote(
  { price, quantity = '100', item = bolts, validUntil = '2026-11-30', submit = true, customerId }: Changes = {},
  name: Name = 'li',
) {
  const input = {
    id: newId(),
    customerId: customerId ?? (await aCustomer()),
    warehouseId: main,
    validUntil,
    submit,
    lines: lines({ item, quantity, price }),
  }
  return (await call(await as(name), 'createQuotation', input)).quotation
}
const detail = async (id: string) => call(await as('li'), 'quotation', { id })
const move = async (
  action: 'holdQuotation' | 'acceptQuotation' | 'loseQuotation' | 'withdrawQuotation' | 'releaseQuotation',
  id: string,
  version: number,
  more: object = {},
) => call(await as('li'), action, { id, version, ...more })
const reserved = async (item: TestItem) =>
  String((await db.stockBalance.findFirstOrThrow({ where: { itemId: item.id } })).reserved)

async function decide(name: Name, documentId: string, choice: 'approve' | 'reject') {
  const caller = await as(name)
  const { approvals } = await perform(caller, approvalsActions.documentApprovals, { document: 'quotation', documentId })
  await perform(caller, approvalsActions.vote, {
    id: approvals[0]!.id,
    step: approvals[0]!.step,
    comment: '看过了',
    choice,
  })
  await settle()
}

describe('a quotation', () => {
  test('within the limits is ready to send at once; beyond them the manager is asked', async () => {
    expect(await quote()).toMatchObject({
      state: 'approved',
      grossTotal: '62.00',
      number: expect.stringMatching(/^QT202611-/),
    })
    const low = await quote({ price: '0.50' })
    expect(low).toMatchObject({ state: 'submitted', marginBand: 'below_floor' })
    expect((await detail(low.id)).approval).toMatchObject({ state: 'open', waitingFor: [{ name: '王姐' }] })
    await decide('wang', low.id, 'approve')
    expect((await detail(low.id)).quotation.state).toBe('approved')
    const refused = await quote({ price: '0.45' })
    await decide('wang', refused.id, 'reject')
    expect((await detail(refused.id)).quotation.state).toBe('rejected')
  })

  test('becomes a new revision when it is changed after it was sent, and its old prices stay in its timeline', async () => {
    const sent = await quote()
    const { quotation: changed } = await call(await as('li'), 'editQuotation', {
      id: sent.id,
      version: sent.version,
      lines: lines({ item: bolts, quantity: '100', price: '0.60' }),
    })
    expect(changed).toMatchObject({ state: 'draft', revision: 2, grossTotal: '60.00', number: sent.number })
    const revised = (await detail(sent.id)).timeline.at(-1)!
    expect(revised.action).toBe('revise')
    expect(revised.changes).toContainEqual(
      expect.objectContaining({ field: 'lines.1.price', before: '¥0.62', after: '¥0.6' }),
    )
  })

  test('turns into an order without retyping, and an approved price is not asked for again', async () => {
    const low = await quote({ price: '0.50' })
    await decide('wang', low.id, 'approve')
    const { version } = (await detail(low.id)).quotation
    const orderId = newId()
    const { order: draft } = (await move('acceptQuotation', low.id, version, { orderId })) as Awaited<
      ReturnType<typeof order>
    >
    expect(draft).toMatchObject({ id: orderId, state: 'draft', grossTotal: '50.00', quotationId: low.id })
    const { order: confirmed } = await call(await as('li'), 'submitOrder', { id: orderId, version: draft.version })
    expect(confirmed.state).toBe('confirmed')
    const { quotation, chain } = await detail(low.id)
    expect(quotation).toMatchObject({ state: 'ordered', orderId, names: { orderId: confirmed.number } })
    expect(chain.map((link) => link.document)).toEqual(['quotation', 'sales_order', 'delivery'])
  })

  test('whose order asks for more, or less money, is asked for again', async () => {
    const low = await quote({ price: '0.50' })
    await decide('wang', low.id, 'approve')
    const orderId = newId()
    await move('acceptQuotation', low.id, (await detail(low.id)).quotation.version, { orderId })
    const edited = await call(await as('li'), 'editOrder', {
      id: orderId,
      version: 1,
      lines: lines({ item: bolts, quantity: '100', price: '0.49' }),
    })
    const { order: asked } = await call(await as('li'), 'submitOrder', { id: orderId, version: edited.order.version })
    expect(asked.state).toBe('submitted')
  })

  test('holds stock until a moment, which then comes free by itself', async () => {
    const item = await anItem()
    await stock(item, { quantity: '100' })
    const sent = await quote({ item })
    const { quotation: held } = (await move('holdQuotation', sent.id, sent.version, {
      until: '2026-11-21T10:00:00+08:00',
    })) as { quotation: typeof sent }
    expect(held.heldUntil).toBe('2026-11-21T02:00:00.000Z')
    expect(await reserved(item)).toBe('100')
    expect(
      (await refusalOf(order('he', await aCustomer({ owner: 'he' }), [{ item, quantity: '1' }], { submit: true })))
        .code,
    ).toBe('out_of_stock')

    await perform(systemCaller(new Date('2026-11-21T10:01:00+08:00')), releaseExpired, undefined)
    await settle()
    expect(await reserved(item)).toBe('0')
    expect((await detail(sent.id)).quotation).toMatchObject({ state: 'approved', heldUntil: null })
  })

  test('gives what it held to its own order, and to nobody in between', async () => {
    const item = await anItem()
    await stock(item, { quantity: '100' })
    const sent = await quote({ item })
    await move('holdQuotation', sent.id, sent.version, { until: '2026-11-25T10:00:00+08:00' })
    const orderId = newId()
    await move('acceptQuotation', sent.id, sent.version + 1, { orderId })
    expect(await reserved(item)).toBe('100')
    const { order: confirmed } = await call(await as('li'), 'submitOrder', { id: orderId, version: 1 })
    expect(confirmed.lines[0]).toMatchObject({ reserved: '100' })
    expect(await reserved(item)).toBe('100')
  })

  test('is held no longer than it is valid, and not into the past', async () => {
    const sent = await quote({ validUntil: '2026-11-22' })
    for (const until of ['2026-11-20T09:00:00+08:00', '2026-11-23T09:00:00+08:00'])
      expect(await refusalOf(move('holdQuotation', sent.id, sent.version, { until }))).toMatchObject({
        code: 'bad_hold',
        facts: { day: '2026-11-22' },
      })
  })

  test('expires after its day with what it held, and is lost when the customer says no', async () => {
    const item = await anItem()
    await stock(item, { quantity: '100' })
    const sent = await quote({ item, validUntil: '2026-11-20' })
    await move('holdQuotation', sent.id, sent.version, { until: '2026-11-20T20:00:00+08:00' })
    await salesJobs[0]!.run(systemCaller(new Date('2026-11-21T00:10:00+08:00')))
    expect((await detail(sent.id)).quotation).toMatchObject({ state: 'expired', heldUntil: null })
    expect(await reserved(item)).toBe('0')
    expect((await refusalOf(move('acceptQuotation', sent.id, sent.version + 2, { orderId: newId() }))).code).toBe(
      'wrong_state',
    )
    const lost = (await move('loseQuotation', sent.id, sent.version + 2, { reason: '价格高' })) as {
      quotation: typeof sent
    }
    expect(lost.quotation).toMatchObject({ state: 'lost', note: '价格高' })
  })

  test('that is taken back leaves nobody waiting', async () => {
    const low = await quote({ price: '0.50' })
    const back = (await move('withdrawQuotation', low.id, (await detail(low.id)).quotation.version)) as {
      quotation: typeof low
    }
    expect(back.quotation.state).toBe('draft')
    await settle()
    expect((await detail(low.id)).approval).toMatchObject({ state: 'withdrawn', waitingFor: [] })
  })
})
