import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dayAt } from '#kernel/days'
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
import type { ClickView, MessageView } from '../../simulator/answers.ts'
import { eventually } from '../../simulator/test-eventually.ts'
import { acts } from '../actions/index.ts'
import { answer } from '../answers/answer.ts'
import type { QueryOf } from '../answers/query.ts'
import { answerPress } from '../press.ts'
import { type Chat, type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { chatPlatforms } from '../../server/test/chat-platforms.ts'

// Everybody is on every platform: each decision has a copy on each of them, and each story is told on each of them.
let house: ChatHouse
let bolt: TestItem
beforeAll(async () => {
  house = await openChatHouse({ on: chatPlatforms, isTimed: true })
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
  // WeCom drops what goes beyond thirty messages a minute to one person.
  house.pass(20_000)
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
const hourMs = 3_600_000
const state = async (orderId: string) => (await db.salesOrder.findUniqueOrThrow({ where: { id: orderId } })).state
/** Every copy of a decision has ended, and those of one platform look alike. */
async function allEnded(): Promise<void> {
  for (const name of chatPlatforms) {
    const { newest, card } = house.on(name)
    const [hers, his] = [await newest('director'), await newest('chen')]
    expect(card.shown(hers.content), name).toEqual(card.shown(his.content))
    expect(card.buttons(hers.content), name).toEqual([])
  }
}

describe.each(chatPlatforms)('on %s', (platform) => {
  let chat: Chat
  beforeAll(() => {
    chat = house.on(platform)
  })
  const newest = (name: 'director' | 'chen'): Promise<MessageView> => chat.newest(name)
  /** What somebody is told who pressed: by a toast where there is one, on the card where not. */
  const told = ({ toast, card }: ClickView): string => [toast?.content ?? '', chat.card.words(card)].join('\n')
  const buttonsOn = (view: { content: unknown }): string[] => chat.card.buttons(view.content)

  describe('an order over the credit line', () => {
    test('is decided on a card that shows why it came, what the credit is made of, and the ways below the line', async () => {
      const { orderId } = await anOrderOverTheLine()
      for (const name of ['director', 'chen'] as const) {
        const card = await newest(name)
        const words = chat.card.words(card.content)
        for (const said of ['待你审批', '¥6,243.64', 'credit_over_90', '92.84% > 90%']) expect(words).toContain(said)
        if (chat.card.isRoomy)
          for (const said of [
            ...['¥71,400.00', '¥15,200.00', '¥92,843.64（92.84%）', '先收款 ¥2,843.64', '现在最多下单 ¥3,400.00'],
            ...['最近成交', '0.4', '已留货'],
          ])
            expect(words).toContain(said)
        expect(buttonsOn(card)).toEqual(['approve', 'reject', 'return'])
      }
      const { messageId } = await newest('director')
      expect(told(await chat.presses('director', messageId, 'approve'))).toContain('已同意')
      expect(await state(orderId)).toBe('confirmed')
      await allEnded()
    })

    test('needs no approval any more when money came in meanwhile: the press on the old card says so and confirms it', async () => {
      const { customerId, orderId } = await anOrderOverTheLine()
      const [mine, his] = [await newest('chen'), await newest('director')]
      await pays(customerId, '3000')
      await house.settled()

      const view = await chat.presses('chen', mine.messageId, 'approve', { version: 0 })
      expect(told(view)).toContain('不再需要审批')
      expect(told(view)).toContain('89.84%')
      expect(await state(orderId)).toBe('confirmed')
      const copies = [await newest('chen'), await newest('director')]
      expect(copies.map((copy) => copy.messageId)).toEqual([mine.messageId, his.messageId])
      expect(chat.card.words(copies[0]?.content)).toContain('不再需要审批')
      await allEnded()
    })

    test('shows new figures and asks again when things became worse after the card was sent', async () => {
      const { customerId, orderId } = await anOrderOverTheLine()
      const { messageId } = await newest('director')
      await owes(customerId, '5000')
      const first = await chat.presses('director', messageId, 'approve', { version: 0 })
      expect(told(first)).toContain('情况有变化')
      expect(told(first)).toContain('97.84% > 90%')
      expect(await state(orderId)).toBe('submitted')

      aSecond()
      const stale = await chat.presses('director', messageId, 'approve', { version: 0 })
      expect(told(stale)).toContain('情况有变化')
      expect(await state(orderId)).toBe('submitted')
      await chat.presses('director', messageId, 'approve')
      expect(await state(orderId)).toBe('confirmed')
      await allEnded()
    })
  })

  describe('a press changes nothing and is answered kindly when', () => {
    test('somebody else got hold of the card', async () => {
      const { orderId } = await anOrderOverTheLine()
      const { messageId } = await newest('director')
      for (const name of ['li', 'chen', 'zhao'] as const)
        expect(await forged(name, messageId)).toEqual({ toast: { look: 'error', text: '这张卡片是发给别人的' } })
      expect(await state(orderId)).toBe('submitted')
    })

    test('it is repeated', async () => {
      const { orderId } = await anOrderOverTheLine()
      const { messageId } = await newest('director')
      const first = await chat.presses('director', messageId, 'approve', { version: 0 })
      aSecond()
      const second = await chat.presses('director', messageId, 'approve', { version: 0 })
      expect([told(first), told(second)]).toEqual([
        expect.stringContaining('已同意'),
        expect.stringContaining('你已经处理过了'),
      ])
      expect(await state(orderId)).toBe('confirmed')
      expect(
        await db.event.count({
          where: { name: 'sales.order-confirmed', body: { path: ['orderId'], equals: orderId } },
        }),
      ).toBe(1)
    })

    test('the order was withdrawn meanwhile', async () => {
      const { orderId } = await anOrderOverTheLine()
      const { messageId } = await newest('director')
      const { version } = await db.salesOrder.findUniqueOrThrow({ where: { id: orderId } })
      await call(await as('li', new Date()), 'withdrawOrder', { id: orderId, version })
      await house.settled()
      await allEnded()
      const view = await chat.presses('director', messageId, 'approve', { version: 0 })
      expect(told(view)).toContain('不用再处理')
      expect(told(view)).toContain('已撤回')
      expect(await state(orderId)).toBe('draft')
    })

    test('another approver returned it', async () => {
      const { orderId } = await anOrderOverTheLine()
      const [hers, his] = [await newest('director'), await newest('chen')]
      expect(told(await chat.presses('director', hers.messageId, 'return'))).toContain('要退回，请先写明原因')
      expect(await state(orderId)).toBe('submitted')
      await decidesWith('director', hers.messageId, 'return', '请补合同')
      expect(await state(orderId)).toBe('draft')
      const view = await chat.presses('chen', his.messageId, 'approve', { version: 0 })
      expect(told(view)).toContain('不用再处理')
      expect(told(view)).toContain('请补合同')
    })

    test('a rejection comes without a reason', async () => {
      const { orderId } = await anOrderOverTheLine()
      const { messageId } = await newest('director')
      expect(told(await chat.presses('director', messageId, 'reject'))).toContain('要拒绝，请先写明原因')
      expect(await state(orderId)).toBe('submitted')
      await decidesWith('director', messageId, 'reject', '**额度** <at id=all></at> 不够')
      expect(await state(orderId)).toBe('rejected')
      // What was typed is shown as it was typed, and is no markup.
      expect(chat.card.words((await newest('chen')).content)).toContain('**额度** <at id=all></at>')
    })
  })

  test('a tap on the old card four days later is answered with how it ended', async () => {
    const { orderId } = await anOrderOverTheLine()
    const [early, late] = [await newest('director'), await newest('chen')]
    await chat.presses('director', early.messageId, 'approve')
    house.pass(96 * hourMs)
    const view = await chat.presses('chen', late.messageId, 'reject', { version: 0 })
    expect(told(view)).toMatch(/何总监.*同意.*不用再处理/)
    expect(told(view)).toContain('何总监 同意')
    expect(await state(orderId)).toBe('confirmed')
  })

  test('what is decided four days after it was asked ends on every card that still waits', async () => {
    const { orderId } = await anOrderOverTheLine()
    const { messageId } = await newest('director')
    house.pass(96 * hourMs)
    await chat.presses('director', messageId, 'approve', { version: 0 })
    expect(await state(orderId)).toBe('confirmed')
    await allEnded()
    // The press brought what it takes to change its own card, where there is such a thing: no new one is needed.
    expect((await newest('director')).messageId).toBe(messageId)
  })

  /** Words that cannot be typed on this platform's card are typed on the page that it leads to. */
  async function decidesWith(
    name: 'director',
    messageId: string,
    choice: 'reject' | 'return',
    comment: string,
  ): Promise<void> {
    if (chat.card.takesWords) return void (await chat.presses(name, messageId, choice, { form: { comment } }))
    const { id } = await db.approval.findFirstOrThrow({ orderBy: { id: 'desc' } })
    const caller = await as(name, new Date())
    if (choice === 'return') await perform(caller, approvalsActions.returnToOpener, { id, step: 0, comment })
    else await perform(caller, approvalsActions.vote, { id, step: 0, choice, comment })
    await house.settled()
  }

  /** A press by somebody to whom the card was never sent: his client would not let him, but a forged request might. */
  async function forged(name: 'li' | 'chen' | 'zhao', messageId: string) {
    const { personId } = await as(name)
    const { openId } = await db.identity.findFirstOrThrow({ where: { personId, platform } })
    const { token } = await db.cardButton.findFirstOrThrow({
      where: { name: 'approve', message: { platform, personId: (await as('director')).personId } },
      orderBy: { message: { id: 'desc' } },
    })
    const eventKey = `forged-${name}-${messageId}`
    return answerPress(chat.platform, acts, { kind: 'press', eventKey, openId, chat: '', messageId, token, form: {} })
  }
})

/** On WeCom two presses of the same button within a second are the same press. */
const aSecond = (): void => house.pass(1000)

test('two approvers who press at the same moment on whatever platforms make one decision, and all cards end alike', async () => {
  const chats = chatPlatforms.map((name) => house.on(name))
  const pairs = chats.flatMap((hers) => chats.map((his) => [hers, his] as const))
  for (const [round, [hers, his]] of pairs.entries()) {
    const { orderId } = await anOrderOverTheLine()
    const [herCard, hisCard] = [await hers.newest('director'), await his.newest('chen')]
    const views = await Promise.all([
      hers.taps('director', herCard.messageId, 'approve', withWords(hers)),
      his.taps('chen', hisCard.messageId, round % 2 && his.card.takesWords ? 'reject' : 'approve', withWords(his)),
    ])
    await house.settled()
    const words = views.map(({ toast, card }, i) => [toast?.content, [hers, his][i]?.card.words(card)].join('\n'))
    expect(words.filter((said) => /不用再处理/.test(said))).toHaveLength(1)
    expect(words.filter((said) => /已同意|已拒绝/.test(said)).length).toBeGreaterThan(0)
    const outcomes = ['sales.order-confirmed', 'sales.order-rejected']
    expect(
      await db.event.count({ where: { name: { in: outcomes }, body: { path: ['orderId'], equals: orderId } } }),
    ).toBe(1)
    await allEnded()
  }
}, 120_000)

test('a card that was on its way while somebody decided ends like the others', async () => {
  const customerId = await aCustomer({ creditLimit: '100' })
  const { order: placed } = await order('li', customerId, [{ item: bolt, quantity: '1000' }], {
    submit: true,
    at: new Date(),
  })
  const [{ id: approvalId } = { id: '' }] = await db.approval.findMany({ where: { documentId: placed.id } })
  const copies = () => db.outboxMessage.findMany({ where: { subjectId: approvalId, platform: 'feishu' } })

  await house
    .on('feishu')
    .control('POST', '/feishu/faults', { on: 'api', path: '/im/v1/messages', latencyMs: 3_600_000, for: 2 })
  const asking = house.settled()
  const sending = () => house.on('feishu').control<{ faults: object[] }>('GET', '/feishu/faults')
  await eventually(async () => (await sending()).faults.length === 0 || undefined)
  const vote = { id: approvalId, step: 0, choice: 'approve' as const, comment: '' }
  expect((await perform(await as('director', new Date()), approvalsActions.vote, vote)).outcome).toBe('settled')
  // That it is settled is heard while neither card has arrived: there is nothing to redraw yet.
  await house.settled()
  expect((await copies()).map((copy) => copy.state)).toEqual(['pending', 'pending'])
  house.clock.advance(3_600_000)
  await asking

  expect((await copies()).map((copy) => copy.state)).toEqual(['final', 'final'])
  await allEnded()
})

test('who asks in the chat for approvals of one reason, person or day gets those', async () => {
  const customerId = await aCustomer({ creditLimit: '100' })
  const at = new Date()
  const { order: placed } = await order('li', customerId, [{ item: bolt, quantity: '1000' }], { submit: true, at })
  const { number } = await db.salesOrder.findUniqueOrThrow({ where: { id: placed.id } })
  const [director, li, he] = await Promise.all([as('director', at), as('li', at), as('he', at)])
  const shown = async (about: Omit<QueryOf<'approval.mine'>, 'intent'>): Promise<string> =>
    JSON.stringify(await answer(director, { intent: 'approval.mine', ...about }, 'zh'))
  const today = dayAt(at)

  for (const about of [{ about: 'credit' as const }, { openedById: li.personId }, { from: today, to: today }])
    expect(await shown(about)).toContain(number)
  for (const about of [{ about: 'price' as const }, { openedById: he.personId }, { to: addDays(today, -1) }])
    expect(await shown(about)).not.toContain(number)
  const ofLi = await answer(director, { intent: 'approval.status', openedById: li.personId }, 'zh')
  expect(JSON.stringify(ofLi)).toContain(number)
})

const withWords = ({ card }: Chat) => (card.takesWords ? { form: { comment: '看过了' } } : {})
