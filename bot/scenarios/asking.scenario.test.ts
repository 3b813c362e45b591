import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { perform } from '#kernel/perform'
import { openSession } from '#server/modules/org'
import { acts } from '../actions/index.ts'
import { answerPress } from '../press.ts'
import { aCustomer, anItem, as, type Name, order, owes, stock } from '../../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { feishuCard } from '../../server/test/card-reading.ts'

let house: ChatHouse
const { words: wordsOn, buttons: buttonsOn } = feishuCard
let hongda: string
beforeAll(async () => {
  house = await openChatHouse()
  const bolt = await anItem({ name: '膨胀螺栓' })
  const hammer = await anItem({
    name: '电锤',
    units: [
      ['台', 1],
      ['箱', 4],
    ],
  })
  await anItem({ name: '螺母' })
  await stock(bolt, { quantity: '18000' })
  await stock(hammer, { quantity: '10' })
  hongda = await aCustomer({ shortName: '宏达装饰', owner: 'li' })
  await aCustomer({ shortName: '顺兴门业', owner: 'he' })
  await owes(hongda, '71400')
  await order('li', hongda, [{ item: bolt, quantity: '1000' }], { submit: true, at: new Date() })
  await house.settled()
})
afterAll(() => house.stop())
// Each test begins with nobody having asked for a while.
beforeEach(() => db.botLog.updateMany({ data: { at: new Date(Date.now() - 3_600_000) } }))

const answer = async (name: Name, text: string, chat?: string): Promise<string> => {
  const messages = await house.says(name, text, chat)
  return messages
    .map((message) => (message.kind === 'text' ? String(message.content) : wordsOn(message.content)))
    .join('\n')
}

describe('an answer', () => {
  test('gives stock in the base unit, with packs where they read otherwise', async () => {
    expect(await answer('li', '膨胀螺栓库存')).toContain('17,000 支（17 箱）\n可用')
    expect(await answer('li', '电锤还有几个')).toContain('10 台（2 箱 2 台）')
    expect(await answer('li', '螺母库存')).toMatch(/^.*螺母[\s\S]*0 支\n可用/)
  })

  test('says what was understood, as of when, and where the documents are', async () => {
    const [message] = await house.says('li', '宏达还欠多少')
    expect(wordsOn(message?.content)).toMatch(
      /¥71,400\.00\n应收余额[\s\S]*理解为：应收余额 · 宏达装饰 · 截至 \d\d\/\d\d \d\d:\d\d/,
    )
    expect(JSON.stringify(message?.content)).toContain(`https://app.example/customers/${hongda}`)
  })

  test('comes in the language of the question, names as they are stored', async () => {
    expect(await answer('li', 'how much does 宏达装饰 owe us?')).toMatch(/what is owed[\s\S]*Credit limit/)
    expect(await answer('li', 'tell me a joke')).toContain('did not understand')
  })

  test('offers the next question, which is answered on the same card and is what a short question then means', async () => {
    const [message] = await house.says('li', '宏达还欠多少')
    expect(buttonsOn(message?.content)).toEqual(['credit', 'orders'])
    const view = await house.presses('li', message!.messageId, 'credit')
    expect(wordsOn(view.card)).toContain('剩余额度')
    const back = await house.presses('li', message!.messageId, 'orders')
    expect(wordsOn(back.card)).toContain('SO')
    expect(await answer('li', '还欠多少')).toContain('应收余额')
  })

  test('is asked back when two things fit, and the choice is remembered', async () => {
    await anItem({ name: '门锁套件' })
    await anItem({ name: '门锁拉手' })
    const [message] = await house.says('li', '门锁还有多少')
    expect(wordsOn(message?.content)).toContain('你指的是哪一个商品？')
    const view = await house.presses('li', message!.messageId, 'choice1')
    expect(wordsOn(view.card)).toContain('可用')
    expect(await answer('li', '主仓呢')).toContain('门锁')
  })
})

describe('what somebody may not see', () => {
  test('is answered as if it were not there', async () => {
    expect(await answer('he', '宏达装饰还欠多少')).toBe('没有找到你可以查看的「宏达装饰」。')
    expect(await answer('he', '从无此家还欠多少')).toBe('没有找到你可以查看的「从无此家」。')
  })
  test('as a kind of data is refused with whom to ask, whether or not it is there', async () => {
    for (const text of ['宏达欠多少', '从无此家欠多少'])
      expect(await answer('zhao', text)).toMatch(/需要财务权限.*会计.*管理员/)
    expect(await answer('min', '宏达的订单到哪了')).toMatch(/销售/)
  })
  test('is not offered in the help either', async () => {
    expect(await answer('zhao', '帮助')).not.toMatch(/欠|信用|多少钱/)
    expect(await answer('li', '帮助')).toMatch(/宏达装饰还欠多少/)
  })
})

describe('in a group', () => {
  const group = async (...members: Name[]) =>
    (await house.control<{ chatId: string }>('POST', '/feishu/chats', { name: `群${members.length}`, members })).chatId

  test('money goes to the asker alone, and the group sees only that', async () => {
    const chat = await group('li', 'he')
    const seenByHe = (await house.inbox('he')).at(-1)?.seq ?? 0
    const [mine, told] = (await house.says('li', '@一单助手 宏达还欠多少', chat)).toSorted((a) =>
      a.kind === 'card' ? -1 : 1,
    )
    expect(wordsOn(mine?.content)).toContain('¥71,400.00')
    expect(mine?.chatId).not.toBe(chat)
    expect(told).toMatchObject({ chatId: chat, content: '已私信你。' })
    const others = (await house.inbox('he', seenByHe)).map((message) => JSON.stringify(message.content))
    expect(others.join()).not.toMatch(/71,400|宏达装饰/)
  })

  test('stock is answered where it was asked, with the rights of whoever asked', async () => {
    const chat = await group('li', 'zhao', 'he')
    const [message] = await house.says('zhao', '@一单助手 膨胀螺栓库存', chat)
    expect(message?.chatId).toBe(chat)
    expect(await answer('zhao', '@一单助手 宏达欠多少', chat)).toMatch(/需要财务权限/)
  })

  test('a question that is asked back shows its candidates to the asker alone', async () => {
    const chat = await group('li', 'wang')
    const messages = await house.says('wang', '@一单助手 宏达装饰', chat)
    const card = messages.find((message) => message.kind === 'card')
    expect(card?.chatId).not.toBe(chat)
  })
})

test('one message that is delivered five times at once is answered once', async () => {
  const { personId } = await as('li')
  const before = await db.botLog.count({ where: { personId } })
  const seq = (await house.inbox('li')).at(-1)?.seq ?? 0
  await house.control('POST', '/feishu/faults', { duplicate: true, for: 5 })
  await house.says('li', '电锤还有几个')
  const key = await db.inboxMessage.findFirstOrThrow({ orderBy: { receivedAt: 'desc' } })
  const inbound = { ...(key.body as object), at: new Date() } as Parameters<typeof house.receive>[0] // stored as it came
  await Promise.all(Array.from({ length: 5 }, () => house.receive(inbound)))
  await house.settled()
  expect((await house.inbox('li', seq)).filter((message) => message.from.kind === 'bot')).toHaveLength(1)
  expect(await db.botLog.count({ where: { personId } })).toBe(before + 1)
  await house.control('DELETE', '/feishu/faults')
})

test('somebody who asks without pause is told so kindly, and is answered again after a minute', async () => {
  for (let i = 0; i < 20; i++) expect(await answer('wang', '电锤还有几个')).toContain('10 台')
  expect(await answer('wang', '电锤还有几个')).toContain('一分钟最多 20 个问题')
  expect(await answer('li', '电锤还有几个')).toContain('10 台')
  const { personId } = await as('wang')
  await db.botLog.updateMany({ where: { personId }, data: { at: new Date(Date.now() - 61_000) } })
  expect(await answer('wang', '电锤还有几个')).toContain('10 台')
}, 60_000)

test('every figure on a card is one that a service gave or that was asked for', async () => {
  const questions = [
    '膨胀螺栓库存',
    '电锤还有几个',
    '宏达还欠多少',
    '宏达信用额度',
    '宏达的订单',
    '哪些客户逾期了',
    '我的订单',
  ]
  for (const name of ['li', 'chen', 'liu'] as const)
    for (const text of questions) {
      const said = await answer(name, text)
      const known = await figuresOfServices(name)
      const unknown = digitRuns(said).filter((digits) => !known.has(digits) && !digitRuns(text).includes(digits))
      expect(unknown, `${name}: ${text}\n${said}`).toEqual([])
    }
}, 60_000)

test('somebody who leaves can no longer ask or press, and his sessions end', async () => {
  const caller = await as('lin')
  const { personId } = caller
  await perform(caller, openSession, { platform: 'feishu', userAgent: 'test' })
  const [message] = await house.says('lin', '电锤还有几个')
  await house.control('POST', '/feishu/people/lin/leave')
  await house.heard()
  expect(await db.identity.count({ where: { personId, active: true } })).toBe(0)
  expect(await db.session.count({ where: { personId, revokedAt: null } })).toBe(0)

  const { openId } = await db.identity.findFirstOrThrow({ where: { personId } })
  const button = await db.cardButton.findFirst({ where: { message: { personId } } })
  const press = { kind: 'press' as const, eventKey: 'after-leaving', openId, chat: '', form: {} }
  const pressed = await answerPress(house.platform, acts, {
    ...press,
    messageId: message!.messageId,
    token: button?.token ?? 'none',
  })
  expect(pressed).toEqual({ toast: { look: 'error', text: '通讯录里没有找到你，请联系管理员' } })
})

const digitRuns = (text: string): string[] =>
  (text.match(/\d+(?:[,.]\d+)*/g) ?? []).map((run) => run.replaceAll(',', ''))

/** Every run of digits in what the services answer this person, in the ways figures are written: whole, in packs, as money. */
async function figuresOfServices(name: Name): Promise<Set<string>> {
  const caller = await as(name, new Date())
  const { inventoryActions } = await import('#server/modules/inventory')
  const { financeActions } = await import('#server/modules/finance')
  const { salesActions } = await import('#server/modules/sales')
  const stocks = await inventoryActions.stock(db, caller, { limit: 50 })
  const account = await financeActions.account(db, caller, { id: hongda })
  const orders = await salesActions.orders(db, caller, { limit: 50 })
  const texts = [JSON.stringify([stocks, account, orders]), ...momentsAround(new Date())]
  return new Set(texts.flatMap(digitRuns).flatMap((run) => [run, run.replace(/\.?0+$/, ''), run.split('.')[0] ?? '']))
}

/** A card says the minute of its answer. */
const momentsAround = (at: Date): string[] =>
  [-1, 0]
    .map((minutes) =>
      new Date(at.getTime() + minutes * 60_000).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false }),
    )
    .flatMap((text) => [text, ...digitRuns(text).map((digits) => digits.padStart(2, '0'))])
