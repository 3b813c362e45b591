import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  type Name,
  order,
  owes,
  stock,
  type TestItem,
} from '../../server/modules/sales/fixtures/company.ts'
import { type Chat, type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { chatPlatforms } from '../../server/test/chat-platforms.ts'
import type { Inbound, Press } from '../platforms/platform.ts'
import { post } from '../post.ts'

// What comes in, on each platform: repeated, replayed, late, out of order, forged. One effect each, or none.
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
  bolt = await anItem({ name: '膨胀螺栓' })
  await stock(bolt, { quantity: '1000000' })
  await owes(await aCustomer({ shortName: '宏达装饰' }), '71400')
})
afterAll(() => house.stop())

const outcomes = ['sales.order-confirmed', 'sales.order-rejected']
const decisions = (orderId: string): Promise<number> =>
  db.event.count({ where: { name: { in: outcomes }, body: { path: ['orderId'], equals: orderId } } })

async function anOrderToDecide(): Promise<string> {
  house.pass(20_000) // WeCom drops what goes beyond thirty messages a minute to one person.
  const customerId = await aCustomer({ creditLimit: '100' })
  const placed = await order('li', customerId, [{ item: bolt, quantity: '1000' }], { submit: true, at: new Date() })
  await house.settled()
  return placed.order.id
}

describe.each(chatPlatforms)('on %s', (platform) => {
  let chat: Chat
  beforeAll(() => {
    chat = house.on(platform)
  })
  const answers = async (name: Name) => (await chat.inbox(name)).filter(({ from }) => from.kind === 'bot').length
  const fault = (body: object) => chat.control('POST', `/${platform}/faults`, body)
  const asked = async (): Promise<Inbound> => {
    const row = await db.inboxMessage.findFirstOrThrow({
      where: { platform, kind: 'message' },
      orderBy: { receivedAt: 'desc' },
    })
    const message = row.body as { at: string } // what the adapter made of it, as it was stored
    return { ...message, at: new Date(message.at) } as unknown as Inbound
  }
  /** A press as it reaches us, of a button of the newest card that somebody has here. */
  async function aPress(by: Name, button: string, eventKey: string, of: Name = by): Promise<Press> {
    const { personId } = await as(by)
    const { openId } = await db.identity.findFirstOrThrow({ where: { platform, personId } })
    const { token, message } = await db.cardButton.findFirstOrThrow({
      where: { name: button, message: { platform, personId: (await as(of)).personId } },
      orderBy: { message: { id: 'desc' } },
      include: { message: true },
    })
    const handle = message.handle as Record<string, string> // written when it was sent
    const messageId = handle['messageId'] ?? handle['outTrackId'] ?? ''
    return { kind: 'press', eventKey: `${platform}:${eventKey}`, openId, chat: '', messageId, token, form: {} }
  }

  test('a question is answered, with its figure and the moment', async () => {
    const [message] = await chat.says('chen', '宏达还欠多少')
    expect(chat.card.words(message?.content)).toMatch(/¥71,400\.00/)
    expect(JSON.stringify(message?.content)).toContain('https://app.example/customers/')
  })

  test('a question that is delivered twice at the same time, five times more and once again a day later is answered once', async () => {
    const before = await answers('chen')
    await fault({ on: 'callback', duplicate: true })
    await chat.says('chen', '膨胀螺栓库存')
    const message = await asked()
    await Promise.all(Array.from({ length: 5 }, () => chat.receive(message)))
    await house.settled()
    house.pass(86_400_000)
    await chat.receive(message)
    await house.settled()
    expect((await answers('chen')) - before).toBe(1)
  })

  test('a press that comes five times at once, and again a day later, is one deed with one answer', async () => {
    const orderId = await anOrderToDecide()
    const press = await aPress('director', 'approve', `five:${orderId}`)
    const together = await Promise.all(Array.from({ length: 5 }, () => chat.receive(press)))
    await house.settled()
    house.pass(86_400_000)
    const late = await chat.receive(press)
    await house.settled()
    for (const answer of [...together, late]) {
      expect(answer?.toast).toEqual({ look: 'success', text: '已同意' })
      expect(answer?.card).toEqual(together[0]?.card)
    }
    expect(await decisions(orderId)).toBe(1)
  })

  test('a press that the platform delivers twice while the first is worked is one deed', async () => {
    const orderId = await anOrderToDecide()
    await fault({ on: 'callback', duplicate: true })
    await chat.presses('director', (await chat.newest('director')).messageId, 'approve')
    expect(await decisions(orderId)).toBe(1)
  })

  test('presses that overtake one another make one decision: the first to arrive', async () => {
    const orderId = await anOrderToDecide()
    const approve = await aPress('director', 'approve', `first:${orderId}`)
    const reject = { ...(await aPress('chen', 'reject', `second:${orderId}`)), form: { comment: '不行' } }
    const late = await chat.receive(reject)
    const early = await chat.receive(approve)
    await house.settled()
    expect(late?.toast).toEqual({ look: 'success', text: '已拒绝' })
    expect(early?.toast).toMatchObject({ look: 'error', text: expect.stringContaining('不用再处理') })
    expect(await decisions(orderId)).toBe(1)
    expect((await db.salesOrder.findUniqueOrThrow({ where: { id: orderId } })).state).toBe('rejected')
  })

  test('a press is believed only of whom the card was sent to, on the message that it was sent as, under its own token', async () => {
    const orderId = await anOrderToDecide()
    const mine = await aPress('director', 'approve', `mine:${orderId}`)
    const forged: Press[] = [
      { ...mine, eventKey: `a:${orderId}`, token: `${mine.token}x` },
      { ...mine, eventKey: `b:${orderId}`, token: '' },
      { ...mine, eventKey: `c:${orderId}`, messageId: 'another-message' },
      { ...mine, eventKey: `d:${orderId}`, openId: 'nobody' },
      await aPress('li', 'approve', `e:${orderId}`, 'director'),
      await aPress('chen', 'approve', `f:${orderId}`, 'director'),
    ]
    for (const press of forged) expect((await chat.receive(press))?.toast.look).toBe('error')
    for (const other of chatPlatforms.filter((name) => name !== platform))
      expect((await house.on(other).receive({ ...mine, eventKey: `g:${other}:${orderId}` }))?.toast.look).toBe('error')
    expect(await decisions(orderId)).toBe(0)
  })

  test('a press that takes longer than the platform waits is acknowledged in time, and its outcome comes as a message', async () => {
    const orderId = await anOrderToDecide()
    const press = await aPress('director', 'approve', `slow:${orderId}`)
    const before = await answers('director')
    const hurried = { ...chat.platform, limits: { ...chat.platform.limits, pressMs: 0 } }
    const { receiveFrom } = await import('../index.ts')
    const answer = await receiveFrom(hurried)(press)
    expect(answer?.toast.text).toContain('正在处理')
    await expect.poll(() => db.outboxMessage.count({ where: { subject: 'press', subjectId: press.eventKey } })).toBe(1)
    await house.settled()
    expect(await decisions(orderId)).toBe(1)
    const told = (await chat.inbox('director')).findLast(({ kind }) => kind === 'text')
    expect(JSON.stringify(told?.content)).toContain('已同意')
    // Where there are no toasts, the acknowledgement is a message too.
    expect((await answers('director')) - before).toBe(chat.platform.hasToasts ? 1 : 2)
  })

  test('what is asked and pressed while the platform takes nothing is answered when it does again, once', async () => {
    const orderId = await anOrderToDecide()
    const forged = { ...(await aPress('li', 'approve', `down:${orderId}`, 'director')), eventKey: `down:${orderId}` }
    const before = await answers('li')
    // WeCom's "too many calls" holds for a minute; other troubles of its it is asked again within the second.
    await fault({ on: 'api', rate: 1, ...(platform === 'wecom' ? { code: 45009 } : { status: 500 }) })
    await chat.says('li', '膨胀螺栓库存')
    for (let i = 0; i < 2; i++) await chat.receive(forged)
    await house.settled()
    expect(await answers('li')).toBe(before)
    await chat.control('DELETE', `/${platform}/faults`)
    house.pass(300_000)
    await post(chat.platform)
    const told = (await chat.inbox('li')).filter(({ from }) => from.kind === 'bot').slice(before)
    const words = told.map(({ kind, content }) =>
      kind === 'card' ? chat.card.words(content) : JSON.stringify(content),
    )
    expect(words.filter((one) => one.includes('膨胀螺栓'))).toHaveLength(1)
    const notHis = words.filter((one) => one.includes('这张卡片是发给别人的'))
    expect(notHis).toHaveLength(chat.platform.hasToasts ? 0 : 1)
  })

  test('somebody who is not in the directory is told so, and nothing else', async () => {
    const message = (await asked()) as Extract<Inbound, { kind: 'message' }> // the helper reads messages only
    await chat.receive({ ...message, eventKey: `stranger:${platform}`, openId: 'nobody' })
    await house.settled()
    const [told] = await db.outboxMessage.findMany({ where: { platform, subjectId: `stranger:${platform}` } })
    expect(told).toMatchObject({ personId: null, content: { text: expect.stringContaining('请联系管理员') } })
  })
})
