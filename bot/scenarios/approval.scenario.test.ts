import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { perform } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  call,
  order,
  owes,
  pays,
  stock,
  type TestItem,
} from '../../server/modules/sales/fixtures/company.ts'
import { eventually } from '../../simulator/feishu/test-tenant.ts'
import { acts } from '../actions/index.ts'
import { answerPress } from '../press.ts'
import { buttonsOn, type ChatHouse, openChatHouse, wordsOn } from '../../server/test/chat-house.ts'

let house: ChatHouse
let bolt: TestItem
beforeAll(async () => {
  house = await openChatHouse()
  await aFlow({ key: 'credit', approvers: [{ role: 'finance_director' }, { role: 'owner' }] })
  await aRule({
    key: 'credit_over_90',
    condition: { field: 'credit.usedPercent', is: 'gt', value: '90' },
    actions: [{ do: 'require_approval', flow: 'credit' }],
  })
  bolt = await anItem({ name: '膨胀螺栓 M10*100' })
  await stock(bolt, { quantity: '10000000' })
})
afterAll(() => house.stop())

/** A customer at 86.60 % of his limit, and an order that takes him to 92.84 %. */
async function anOrderOverTheLine(): Promise<{ customerId: string; orderId: string }> {
  const customerId = await aCustomer({ creditLimit: '100000' })
  await owes(customerId, '71400')
  await order('li', customerId, [{ item: bolt, quantity: '38000', price: '0.4' }], { submit: true, at: new Date() })
  const placed = await order('li', customerId, [{ item: bolt, quantity: '12007', price: '0.52' }], {
    submit: true,
    at: new Date(),
  })
  await house.settled()
  return { customerId, orderId: placed.order.id }
}
const newest = async (name: 'director' | 'chen') => (await house.cards(name)).at(-1)!
const state = async (orderId: string) => (await db.salesOrder.findUniqueOrThrow({ where: { id: orderId } })).state

describe('an order over the credit line', () => {
  test('is decided on a card that shows why it came, what the credit is made of, and the ways below the line', async () => {
    const { orderId } = await anOrderOverTheLine()
    for (const name of ['director', 'chen'] as const) {
      const { content } = await newest(name)
      const words = wordsOn(content)
      for (const said of ['待你审批', '¥6,243.64', 'credit_over_90', '92.84% > 90%', '¥71,400.00', '¥15,200.00'])
        expect(words).toContain(said)
      for (const said of [
        '¥92,843.64（92.84%）',
        '先收款 ¥2,843.64',
        '现在最多下单 ¥3,400.00',
        '最近成交',
        '0.4',
        '已留货',
      ])
        expect(words).toContain(said)
      expect(buttonsOn(content)).toEqual(['approve', 'reject', 'return'])
    }
    const { messageId } = await newest('director')
    expect(await house.presses('director', messageId, 'approve')).toMatchObject({
      toast: { type: 'success', content: '已同意' },
    })
    expect(await state(orderId)).toBe('confirmed')
  })

  test('needs no approval any more when money came in meanwhile: the press on the old card says so and confirms it', async () => {
    const { customerId, orderId } = await anOrderOverTheLine()
    const [mine, his] = [await newest('chen'), await newest('director')]
    await pays(customerId, '3000')
    await house.settled()

    const { toast } = await house.presses('chen', mine.messageId, 'approve', { version: 0 })
    expect(toast?.content).toContain('不再需要审批')
    expect(toast?.content).toContain('89.84%')
    expect(await state(orderId)).toBe('confirmed')

    const copies = [await newest('chen'), await newest('director')]
    expect(copies.map((copy) => copy.messageId)).toEqual([mine.messageId, his.messageId])
    expect(copies[0]?.content).toEqual(copies[1]?.content)
    expect(wordsOn(copies[0]?.content)).toContain('不再需要审批')
    expect(buttonsOn(copies[0]?.content)).toEqual([])
  })

  test('answers a tap that comes days later on the old card with how it ended', async () => {
    const { orderId } = await anOrderOverTheLine()
    const [early, late] = [await newest('director'), await newest('chen')]
    await house.presses('director', early.messageId, 'approve')
    house.clock.advance(80 * 3_600_000)
    const view = await house.presses('chen', late.messageId, 'reject', { version: 0, form: { comment: '不同意' } })
    expect(view.toast?.content).toMatch(/何总监.*同意.*不用再处理/)
    expect(wordsOn(view.card)).toContain('何总监 同意')
    expect(await state(orderId)).toBe('confirmed')
  })

  test('shows new figures and asks again when things became worse after the card was sent', async () => {
    const { customerId, orderId } = await anOrderOverTheLine()
    const { messageId } = await newest('director')
    await owes(customerId, '5000')
    const first = await house.presses('director', messageId, 'approve', { version: 0 })
    expect(first.toast?.content).toContain('情况有变化')
    expect(wordsOn(first.card)).toContain('97.84% > 90%')
    expect(await state(orderId)).toBe('submitted')

    const stale = await house.presses('director', messageId, 'approve', { version: 0 })
    expect(stale.toast?.content).toContain('情况有变化')
    expect(await state(orderId)).toBe('submitted')
    await house.presses('director', messageId, 'approve')
    expect(await state(orderId)).toBe('confirmed')
  })
})

describe('a press changes nothing and is answered kindly when', () => {
  test('somebody else got hold of the card', async () => {
    const { orderId } = await anOrderOverTheLine()
    const { messageId } = await newest('director')
    for (const name of ['li', 'chen', 'zhao'] as const) {
      const view = await pressed(name, messageId)
      expect(view).toEqual({ toast: { look: 'error', text: '这张卡片是发给别人的' } })
    }
    expect(await state(orderId)).toBe('submitted')
  })

  test('it is repeated', async () => {
    const { orderId } = await anOrderOverTheLine()
    const { messageId } = await newest('director')
    const views = []
    for (let i = 0; i < 3; i++) views.push(await house.presses('director', messageId, 'approve', { version: 0 }))
    expect(views.map((view) => view.toast?.content)).toEqual(['已同意', '你已经处理过了', '你已经处理过了'])
    expect(await state(orderId)).toBe('confirmed')
    expect(
      await db.event.count({ where: { name: 'sales.order-confirmed', body: { path: ['orderId'], equals: orderId } } }),
    ).toBe(1)
  })

  test('the order was withdrawn meanwhile', async () => {
    const { orderId } = await anOrderOverTheLine()
    const { messageId } = await newest('director')
    const { version } = await db.salesOrder.findUniqueOrThrow({ where: { id: orderId } })
    await call(await as('li', new Date()), 'withdrawOrder', { id: orderId, version })
    await house.settled()
    expect(buttonsOn((await newest('director')).content)).toEqual([])
    const view = await house.presses('director', messageId, 'approve', { version: 0 })
    expect(view.toast?.content).toContain('不用再处理')
    expect(wordsOn(view.card)).toContain('已撤回')
    expect(await state(orderId)).toBe('draft')
  })

  test('another approver returned it', async () => {
    const { orderId } = await anOrderOverTheLine()
    const [hers, his] = [await newest('director'), await newest('chen')]
    const refused = await house.presses('director', hers.messageId, 'return')
    expect(refused.toast?.content).toBe('要退回，请先写明原因')
    await house.presses('director', hers.messageId, 'return', { form: { comment: '请补合同' } })
    expect(await state(orderId)).toBe('draft')
    const view = await house.presses('chen', his.messageId, 'approve', { version: 0 })
    expect(view.toast?.content).toContain('不用再处理')
    expect(wordsOn(view.card)).toContain('请补合同')
  })

  test('a rejection comes without a reason', async () => {
    const { orderId } = await anOrderOverTheLine()
    const { messageId } = await newest('director')
    expect((await house.presses('director', messageId, 'reject')).toast?.content).toBe('要拒绝，请先写明原因')
    expect(await state(orderId)).toBe('submitted')
    await house.presses('director', messageId, 'reject', { form: { comment: '**额度** <at id=all></at> 不够' } })
    expect(await state(orderId)).toBe('rejected')
    // What was typed is shown as it was typed, and is no markup.
    expect(wordsOn((await newest('chen')).content)).toContain('**额度** <at id=all></at> 不够')
  })
})

test('two approvers who press at the same moment make one decision, and both cards end alike', async () => {
  for (let round = 0; round < 20; round++) {
    const { orderId } = await anOrderOverTheLine()
    const [hers, his] = [await newest('director'), await newest('chen')]
    const views = await Promise.all([
      tapped('director', hers.messageId, 'approve'),
      tapped('chen', his.messageId, round % 2 ? 'approve' : 'reject'),
    ])
    await house.settled()
    expect(views.filter((view) => view.toast?.type === 'success')).toHaveLength(1)
    expect(views.find((view) => view.toast?.type !== 'success')?.toast?.content).toMatch(/不用再处理/)
    const outcomes = ['sales.order-confirmed', 'sales.order-rejected']
    expect(
      await db.event.count({ where: { name: { in: outcomes }, body: { path: ['orderId'], equals: orderId } } }),
    ).toBe(1)
    const [first, second] = [await newest('director'), await newest('chen')]
    expect(first.content).toEqual(second.content)
    expect(buttonsOn(first.content)).toEqual([])
  }
}, 120_000)

test('a card that was on its way while somebody decided ends like the others', async () => {
  const customerId = await aCustomer({ creditLimit: '100' })
  const { order: placed } = await order('li', customerId, [{ item: bolt, quantity: '1000' }], {
    submit: true,
    at: new Date(),
  })
  const [{ id: approvalId } = { id: '' }] = await db.approval.findMany({ where: { documentId: placed.id } })
  const copies = () => db.sentCard.findMany({ where: { subjectId: approvalId } })

  await house.control('POST', '/feishu/faults', { on: 'api', path: '/im/v1/messages', latencyMs: 3_600_000, for: 2 })
  const asking = house.settled()
  const sending = () => house.control<{ faults: object[] }>('GET', '/feishu/faults')
  await eventually(async () => (await sending()).faults.length === 0 || undefined)
  const vote = { id: approvalId, step: 0, choice: 'approve' as const, comment: '' }
  expect((await perform(await as('director', new Date()), approvalsActions.vote, vote)).outcome).toBe('settled')
  // That it is settled is heard while neither card has arrived: there is nothing to redraw yet.
  await house.settled()
  expect((await copies()).map((copy) => copy.state)).toEqual(['pending', 'pending'])
  house.clock.advance(3_600_000)
  await asking

  expect((await copies()).map((copy) => copy.state)).toEqual(['final', 'final'])
  for (const name of ['director', 'chen'] as const) expect(buttonsOn((await newest(name)).content)).toEqual([])
})

/** A press whose consequences are left for later, so that two of them can meet. */
const tapped = (person: string, messageId: string, action: string) =>
  house.control<{ toast?: { type: string; content: string }; card?: unknown }>(
    'POST',
    `/feishu/cards/${messageId}/clicks`,
    {
      person,
      action,
      form: { comment: '看过了' },
    },
  )

/** A press by somebody to whom the card was never sent: his client would not let him, but a forged request might. */
async function pressed(name: 'li' | 'chen' | 'zhao', messageId: string) {
  const { openId } = await db.identity.findFirstOrThrow({ where: { personId: (await as(name)).personId } })
  const { token } = await db.cardButton.findFirstOrThrow({
    where: { name: 'approve', sentCard: { handle: { path: ['messageId'], equals: messageId } } },
  })
  const press = {
    kind: 'press' as const,
    eventKey: `forged-${name}-${messageId}`,
    openId,
    chat: '',
    messageId,
    token,
    form: {},
  }
  return answerPress(house.platform, acts, press)
}
