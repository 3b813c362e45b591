import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Input, Refusal } from '#contract'
import type { handovers } from '#contract/modules/org'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { ask, perform } from '#kernel/perform'
import { approvalsActions, runClock } from '#server/engines/approvals'
import {
  accountsActions,
  callerOfSession,
  handoversActions as actions,
  leaveDirectory,
  openSession,
  syncDirectory,
} from '#server/modules/org'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  assertSound,
  call,
  house,
  lines,
  main,
  type Name,
  openCompany,
  order,
  owes,
  refusalOf,
  settle,
  stock,
  type TestItem,
  votes,
} from './fixtures/company.ts'

let bolts: TestItem

beforeAll(async () => {
  await openCompany()
  await aFlow({ key: 'price', approvers: [{ managerOf: 'owner', levels: 1 }] })
  await aFlow({ key: 'both', approvers: [{ role: 'sales_manager' }, { role: 'finance_director' }], sign: 'all' })
  const large = (value: string, flow: string) => ({
    key: `large_${flow}`,
    condition: { field: 'order.gross', is: 'gt', value },
    actions: [{ do: 'require_approval', flow }],
  })
  await aRule(large('5000', 'price'))
  await aRule(large('50000', 'both'))
  bolts = await anItem()
  await stock(bolts, { quantity: '1000000' })
})
afterAll(closeNumbers)
afterEach(assertSound)

/** Somebody who is nobody yet: a seller of 王姐's, and how he is known on a platform. */
async function aSeller(name: string, roleKey = 'seller') {
  const wang = await as('wang')
  const id = newId()
  const identity = { platform: 'wecom' as const, tenant: 'corp', stableId: id }
  await db.person.create({
    data: {
      id,
      name,
      managerId: wang.personId,
      createdAt: house.at,
      roles: { create: { roleKey } },
      identities: { create: { ...identity, appId: 'agent', openId: id } },
    },
  })
  return { id, identity }
}
type Seller = Awaited<ReturnType<typeof aSeller>>

const toSeller = (customerId: string, ownerId: string) =>
  db.customer.update({ where: { id: customerId }, data: { ownerId } })
async function leaves({ id, identity }: Seller): Promise<string> {
  await db.identity.updateMany({ where: { personId: id }, data: { active: true } })
  await perform(house, leaveDirectory, identity)
  return (await db.handover.findFirstOrThrow({ where: { personId: id, state: 'open' } })).id
}
type HandOver = Input<(typeof handovers)['endpoints']['handOver']>
const handOver = async (name: Name, input: HandOver, key?: string) =>
  perform({ ...(await as(name)), key }, actions.handOver, input)
const pack = async (name: Name, id: string) => ask(await as(name), actions.handover, { id })
const everything = ['customer', 'quotation', 'sales_order', 'draft', 'approval', 'report', 'delegation']
const allTo = (heirId: string) => everything.map((kind) => ({ kind, heirId }))

/** A seller in the middle of everything: two customers, one of whom owes, a quotation, two orders, a draft. */
async function atWork(name: string) {
  const seller = await aSeller(name)
  const [one, other] = [await aCustomer({ shortName: `${name}甲` }), await aCustomer({ shortName: `${name}乙` })]
  await owes(one, '3000')
  for (const customerId of [one, other]) await toSeller(customerId, seller.id)
  const wang = 'wang' as const
  const small = [{ item: bolts, quantity: '1箱' }]
  const confirmed = (await order(wang, one, small, { submit: true })).order
  const waiting = (await order(wang, other, [{ item: bolts, quantity: '10箱' }], { submit: true })).order
  const draft = (await order(wang, one, small)).order
  const quoted = { id: newId(), customerId: one, warehouseId: main, validUntil: '2026-12-31', lines: lines(...small) }
  const { quotation } = await call(await as(wang), 'createQuotation', { ...quoted, submit: true })
  await settle()
  return { seller, customers: [one, other], confirmed, waiting, draft, quotation }
}

const ownerOf = async (table: 'customer' | 'salesOrder' | 'quotation' | 'delivery', id: string) => {
  const find = { where: { id }, select: { ownerId: true } }
  const rows = {
    customer: () => db.customer.findUniqueOrThrow(find),
    salesOrder: () => db.salesOrder.findUniqueOrThrow(find),
    quotation: () => db.quotation.findUniqueOrThrow(find),
    delivery: () => db.delivery.findUniqueOrThrow(find),
  }
  return (await rows[table]()).ownerId
}

describe('somebody who leaves', () => {
  test('is out at the next request, and his manager has the pack', async () => {
    const { seller } = await atWork('阿一')
    const caller = { ...(await as('li')), personId: seller.id }
    const { token } = await perform(caller, openSession, { platform: 'wecom', userAgent: '' })
    const session = () =>
      ask(house, (tx) => callerOfSession(tx, token, { via: 'h5', at: new Date(house.at.getTime() + 1000) }), undefined)
    expect((await session())?.personId).toBe(seller.id)
    const startedAt = performance.now()
    const id = await leaves(seller)
    expect(await session()).toBeUndefined()
    expect(performance.now() - startedAt).toBeLessThan(60_000)

    const found = await pack('wang', id)
    expect(found.kinds.map(({ kind, count, amount }) => [kind, count, amount])).toEqual([
      ['customer', 2, null],
      ['receivable', 1, '3000.00'],
      ['quotation', 1, '620.00'],
      ['sales_order', 2, '6820.00'],
      ['draft', 1, '620.00'],
    ])
    expect(found).toMatchObject({ person: { name: '阿一' }, holder: { name: '王姐' }, state: 'open' })
    expect((await ask(await as('wang'), actions.handovers, {})).handovers.map((one) => one.id)).toContain(id)
  })

  test('leaves a pack that is nobody else’s business', async () => {
    const { seller } = await atWork('阿二')
    const id = await leaves(seller)
    for (const name of ['li', 'liu', 'zhao'] as const) {
      expect((await refusalOf(pack(name, id))).code).toBe('not_found')
      expect((await refusalOf(handOver(name, { id, heirs: allTo((await as('li')).personId) }))).code).toBe('not_found')
    }
    expect((await pack('chen', id)).id, 'whoever stands above his manager may').toBe(id)
  })

  test('keeps his access while he is on another platform, when the company wants it so', async () => {
    const seller = await aSeller('阿三')
    const onFeishu = { platform: 'feishu' as const, tenant: 't', stableId: `f-${seller.id}` }
    const { id: personId } = seller
    await db.identity.create({ data: { ...onFeishu, appId: 'app', openId: seller.id, personId } })
    const rules = async (leaving: 'any' | 'last') =>
      perform(await as('chen'), accountsActions.changePeopleRules, { matching: ['mobile' as const], leaving })
    await rules('last')
    await perform(house, leaveDirectory, seller.identity)
    expect((await db.person.findUniqueOrThrow({ where: { id: personId } })).active).toBe(true)
    await perform(house, leaveDirectory, onFeishu)
    expect((await db.person.findUniqueOrThrow({ where: { id: personId } })).active).toBe(false)
    await rules('any')
  })

  test('who comes back has what was not passed on, and nothing is to be passed on any more', async () => {
    const { seller, customers } = await atWork('阿四')
    const id = await leaves(seller)
    await perform(await as('chen'), accountsActions.giveAccess, { id: seller.id })
    expect((await pack('wang', id)).state).toBe('void')
    expect((await refusalOf(handOver('wang', { id, heirs: [] }))).code).toBe('handover_settled')
    expect(await ownerOf('customer', customers[0]!)).toBe(seller.id)

    const again = await leaves(seller)
    const { handovers } = await ask(await as('wang'), actions.handovers, {})
    const mine = handovers.filter(({ person }) => person.id === seller.id)
    expect(
      mine.map((one) => [one.id, one.state]),
      'what waits stands first',
    ).toEqual([
      [again, 'open'],
      [id, 'void'],
    ])
  })
})

describe('what he leaves behind', () => {
  test('goes to one heir in one action, with its notes, its history and nothing left', async () => {
    const { seller, customers, confirmed, waiting, draft, quotation } = await atWork('阿五')
    const id = await leaves(seller)
    const { personId: heirId } = await as('he')
    const done = await handOver('wang', { id, heirs: allTo(heirId) })
    expect(done.state).toBe('done')
    expect(done.passed.map(({ kind, heir, count }) => [kind, heir.name, count])).toEqual([
      ['customer', '小何', 2],
      ['quotation', '小何', 1],
      ['sales_order', '小何', 2],
      ['draft', '小何', 1],
    ])
    for (const customerId of customers) expect(await ownerOf('customer', customerId)).toBe(heirId)
    for (const one of [confirmed, waiting, draft]) expect(await ownerOf('salesOrder', one.id)).toBe(heirId)
    expect(await ownerOf('quotation', quotation.id)).toBe(heirId)
    const note = await db.delivery.findFirstOrThrow({ where: { orderId: confirmed.id } })
    expect(note.ownerId).toBe(heirId)

    const seen = await call(await as('he'), 'order', { id: confirmed.id })
    expect(seen.order.ownerId).toBe(heirId)
    expect(await db.auditEntry.count({ where: { documentId: confirmed.id, action: 'reassign' } })).toBe(1)
    expect(await db.auditEntry.count({ where: { documentId: seller.id, action: 'hand_over' } })).toBe(1)
    expect(await db.customer.count({ where: { ownerId: seller.id } })).toBe(0)
  })

  test('goes to several heirs by kind, once, however often it is asked for', async () => {
    const { seller, customers, confirmed } = await atWork('阿六')
    const id = await leaves(seller)
    const [li, he] = [(await as('li')).personId, (await as('he')).personId]
    const heirs = allTo(he).map((one) => (one.kind === 'customer' ? { ...one, heirId: li } : one))
    const key = newId()
    const [first, again] = [await handOver('wang', { id, heirs }, key), await handOver('wang', { id, heirs }, key)]
    expect(again).toEqual(first)
    expect([await ownerOf('customer', customers[0]!), await ownerOf('salesOrder', confirmed.id)]).toEqual([li, he])
    expect((await refusalOf(handOver('wang', { id, heirs: allTo(he) }))).code).toBe('handover_settled')
  })

  test('is a warehouse too, where he kept one', async () => {
    const keeper = await aSeller('老钱', 'warehouse')
    await db.warehouse.update({ where: { id: main }, data: { keeperId: keeper.id } })
    const id = await leaves(keeper)
    const { personId: zhao } = await as('zhao')
    const done = await handOver('wang', { id, heirs: [{ kind: 'warehouse', heirId: zhao }] })
    expect(done.passed.map(({ label, count }) => [label.zh, count])).toEqual([['负责的仓库', 1]])
    expect((await db.warehouse.findUniqueOrThrow({ where: { id: main } })).keeperId).toBe(zhao)
  })

  test('is a task anew when something reaches him after all', async () => {
    const seller = await aSeller('阿十')
    const handover = () => db.handover.findMany({ where: { personId: seller.id }, orderBy: { openedAt: 'asc' } })
    await perform(house, leaveDirectory, seller.identity)
    expect(
      (await handover()).map(({ state }) => state),
      'nothing to pass on is nobody’s task',
    ).toEqual(['done'])
    const customerId = await aCustomer()
    await toSeller(customerId, seller.id)
    await perform(house, syncDirectory, { platform: 'wecom', departments: [], people: [] })
    const [, again] = await handover()
    expect(again?.state).toBe('open')
    await handOver('wang', { id: again!.id, heirs: allTo((await as('he')).personId) })
    expect(await ownerOf('customer', customerId)).toBe((await as('he')).personId)
  })

  test('is passed on once by two managers at the same moment', async () => {
    const { seller } = await atWork('阿七')
    const id = await leaves(seller)
    const [li, he] = [(await as('li')).personId, (await as('he')).personId]
    const outcomes = await Promise.allSettled([
      handOver('wang', { id, heirs: allTo(li) }),
      handOver('chen', { id, heirs: allTo(he) }),
    ])
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(refused.map((reason) => reason instanceof Refusal && reason.code)).toEqual(['handover_settled'])
    expect(await db.auditEntry.count({ where: { documentId: seller.id, action: 'hand_over' } })).toBe(1)
  })

  test('goes to nobody as long as one kind has no heir, or one who would not see it', async () => {
    const { seller, customers } = await atWork('阿八')
    const id = await leaves(seller)
    const { personId: he } = await as('he')
    const heirs = allTo(he)
    const without = (kind: string) => heirs.filter((one) => one.kind !== kind)
    const instead = (heirId: string, kind = 'draft') => [...without(kind), { kind, heirId }]
    const refusals = [
      [without('draft'), 'heir_missing'],
      [instead((await as('zhao')).personId, 'customer'), 'heir_without_right'],
      [instead(seller.id), 'heir_gone'],
      [instead(newId()), 'heir_gone'],
    ] as const
    for (const [named, code] of refusals)
      expect((await refusalOf(handOver('wang', { id, heirs: [...named] }))).code).toBe(code)
    expect(await ownerOf('customer', customers[0]!)).toBe(seller.id)
  })
})

describe('an approver who leaves', () => {
  /** 王姐's place is taken by somebody who can leave. */
  async function aManagerWithAnOrder(name: string) {
    const manager = await aSeller(name, 'sales_manager')
    const seller = await aSeller(`${name}的下属`)
    await db.person.update({ where: { id: seller.id }, data: { managerId: manager.id } })
    const customerId = await aCustomer()
    await toSeller(customerId, seller.id)
    const { order: waiting } = await order('chen', customerId, [{ item: bolts, quantity: '10箱' }], { submit: true })
    await settle()
    return { manager, seller, waiting }
  }
  const waitsFor = async (documentId: string) => {
    const tasks = await db.approvalTask.findMany({ where: { approval: { documentId }, state: 'waiting' } })
    return tasks.map(({ assigneeId, insteadOf }) => ({ assigneeId, insteadOf }))
  }

  test('is stood in for by his manager within a minute, until his approvals are passed on for good', async () => {
    const { manager, seller, waiting } = await aManagerWithAnOrder('经理甲')
    expect(await waitsFor(waiting.id)).toEqual([{ assigneeId: manager.id, insteadOf: null }])
    const id = await leaves(manager)
    await runClock(house)
    const { personId: wang } = await as('wang')
    expect(await waitsFor(waiting.id)).toContainEqual({ assigneeId: wang, insteadOf: manager.id })

    const { personId: director } = await as('director')
    const found = await pack('wang', id)
    expect(found.kinds.map(({ kind, count }) => [kind, count])).toEqual([
      ['approval', 1],
      ['report', 1],
    ])
    await handOver('wang', {
      id,
      heirs: [
        { kind: 'approval', heirId: director },
        { kind: 'report', heirId: wang },
      ],
    })
    expect(await waitsFor(waiting.id)).toEqual([{ assigneeId: director, insteadOf: null }])
    expect((await db.person.findUniqueOrThrow({ where: { id: seller.id } })).managerId).toBe(wang)
    await votes('director', waiting.id, 'approve')
    await settle()
    expect((await call(await as('chen'), 'order', { id: waiting.id })).order.state).toBe('confirmed')
  })

  test('never makes somebody decide on what he asked for himself', async () => {
    const { manager, waiting } = await aManagerWithAnOrder('经理乙')
    const id = await leaves(manager)
    const { personId: chen } = await as('chen')
    const heirs = ['approval', 'report'].map((kind) => ({ kind, heirId: chen }))
    expect((await refusalOf(handOver('wang', { id, heirs }))).code).toBe('left_ownerless')
    expect(await waitsFor(waiting.id)).toEqual([{ assigneeId: manager.id, insteadOf: null }])
  })
})

describe('two persons who are one', () => {
  const merge = async (id: string, goneId: string) =>
    perform(await as('chen'), accountsActions.mergePeople, { id, goneId })

  test('have what both had, settled things too, and it goes back when the merge is undone', async () => {
    const { seller, customers, confirmed, draft } = await atWork('阿九')
    await call(await as('wang'), 'cancelOrder', { id: draft.id, version: draft.version, reason: '不要了' })
    const { id: kept } = await aSeller('阿九二号')
    const { merges } = await merge(kept, seller.id)
    for (const id of [confirmed.id, draft.id]) expect(await ownerOf('salesOrder', id)).toBe(kept)
    expect(await ownerOf('customer', customers[1]!)).toBe(kept)
    const mine = await aCustomer()
    await toSeller(mine, kept)
    await perform(await as('chen'), accountsActions.undoMerge, { id: merges[0]!.id })
    expect([await ownerOf('customer', customers[1]!), await ownerOf('customer', mine)]).toEqual([seller.id, kept])
    expect(await ownerOf('salesOrder', draft.id)).toBe(seller.id)
  })

  test('cannot be one when one has decided on what the other asked', async () => {
    const customerId = await aCustomer({ owner: 'he', creditLimit: '10000000' })
    const { order: asked } = await order('he', customerId, [{ item: bolts, quantity: '10箱' }], { submit: true })
    await settle()
    await votes('wang', asked.id, 'approve')
    const [wang, he] = [(await as('wang')).personId, (await as('he')).personId]
    for (const [kept, gone] of [
      [wang, he],
      [he, wang],
    ] as const) {
      const refusal = await refusalOf(merge(kept, gone))
      expect([refusal.code, refusal.facts['number']]).toEqual(['decisions_conflict', asked.number])
    }
  })

  test('cannot be one when they have decided against each other', async () => {
    const customerId = await aCustomer({ owner: 'li', creditLimit: '10000000' })
    const { order: asked } = await order('li', customerId, [{ item: bolts, quantity: '100箱' }], { submit: true })
    await settle()
    const approval = await db.approval.findFirstOrThrow({ where: { documentId: asked.id } })
    const decide = async (name: Name, choice: 'approve' | 'reject', step: number) =>
      perform(await as(name), approvalsActions.vote, { id: approval.id, step, choice, comment: '看过了' })
    const [wang, director] = [await as('wang'), await as('director')]
    const { step } = await db.approval.findUniqueOrThrow({ where: { id: approval.id } })
    await decide('wang', 'approve', step)
    const now = await db.approval.findUniqueOrThrow({ where: { id: approval.id } })
    await decide('director', 'reject', now.step)
    expect((await refusalOf(merge(wang.personId, director.personId))).code).toBe('decisions_conflict')
  })
})
