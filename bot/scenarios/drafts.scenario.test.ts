import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import type { MessageView } from '../../simulator/answers.ts'
import { aCustomer, anItem, order, stock, type TestItem } from '../../server/modules/sales/fixtures/company.ts'
import { type Chat, type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { eventually } from '../../simulator/test-eventually.ts'

const on = ['feishu', 'dingtalk', 'wecom'] as const
let house: ChatHouse
let bolt: TestItem
let swan: string
beforeAll(async () => {
  house = await openChatHouse({ on: [...on] })
  bolt = await anItem({ name: '膨胀螺栓', listPrice: '0.62' })
  const hammer = await anItem({ name: '电锤', units: [['台', 1]], listPrice: '500', floorPrice: '400' }) // prettier-ignore
  await stock(bolt, { quantity: '90000' })
  await stock(hammer, { quantity: '10' })
  swan = await aCustomer({ shortName: '白鹭货栈', owner: 'li', creditLimit: '100000' })
  await house.settled()
}, 60_000)
afterAll(() => house.stop())
beforeEach(async () => {
  await db.botContext.deleteMany()
  await db.botLog.updateMany({ data: { at: new Date(Date.now() - 3_600_000) } })
})

/** Somebody says something that is to be done; answers the card that asks him to confirm. */
async function says(chat: Chat, text: string): Promise<MessageView> {
  const card = (await chat.says('li', text)).find((message) => message.kind === 'card')
  if (!card) throw new Error(`no card for ${text}`)
  return card
}
const wordsOn = (chat: Chat, { content }: Pick<MessageView, 'content'>): string => chat.card.words(content)
const now = async (chat: Chat, { messageId }: MessageView): Promise<string> =>
  wordsOn(
    chat,
    (await chat.cards('li')).find((one) => one.messageId === messageId)!,
  )
/** Presses, and waits until the card says so: on a busy machine a press is answered late, and its card drawn after it. */
async function presses(chat: Chat, card: MessageView, button: string, words: RegExp): Promise<string> {
  await chat.presses('li', card.messageId, button)
  return eventually(async () => {
    await house.settled()
    const said = await now(chat, card)
    return words.test(said) ? said : undefined
  })
}
/** What the buttons of a draft are called where a platform calls them by their words. */
const label = (chat: Chat, name: string, words: string): string => (chat.name === 'feishu' ? name : words)
const orders = () => db.salesOrder.findMany({ where: { customerId: swan }, orderBy: { createdAt: 'asc' } })

describe.each(on)('on %s', (name) => {
  const chat = (): Chat => house.on(name)

  test('an order is shown with what it comes to, made when it is confirmed, and undone', async () => {
    const before = await orders()
    const card = await says(chat(), '白鹭货栈要膨胀螺栓 2箱 下单')
    expect(wordsOn(chat(), card)).toMatch(/下单 · 白鹭货栈[\s\S]*1,240\.00/)
    expect(await orders()).toHaveLength(before.length)

    const confirm = label(chat(), 'confirm', '确认下单')
    const said = await presses(chat(), card, confirm, /SO\d+/)
    const made = (await orders()).at(-1)
    expect(made).toMatchObject({ state: 'confirmed' })
    expect(said).toContain(made?.number)
    expect(await orders()).toHaveLength(before.length + 1)

    await presses(chat(), card, label(chat(), 'undo', '撤销'), /已撤销/)
    expect((await orders()).at(-1)).toMatchObject({ state: 'cancelled' })
  }, 60_000)

  test('pressed twice it is made once; discarded it is not made at all', async () => {
    const before = (await orders()).length
    const twice = await says(chat(), '白鹭货栈要电锤 1台 下单')
    const confirm = label(chat(), 'confirm', '确认下单')
    await Promise.all([chat().taps('li', twice.messageId, confirm), presses(chat(), twice, confirm, /SO\d+/)])
    expect(await orders()).toHaveLength(before + 1)

    const dropped = await says(chat(), '给白鹭货栈报个价 电锤 1台')
    await presses(chat(), dropped, label(chat(), 'drop', '放弃'), /已放弃/)
    expect(await db.quotation.count({ where: { customerId: swan } })).toBe(0)
    await presses(chat(), twice, label(chat(), 'undo', '撤销'), /已撤销/)
  }, 60_000)
})

describe('a draft', () => {
  const chat = (): Chat => house.on('feishu')

  test('asks for what is missing, and the next message brings it', async () => {
    expect(wordsOn(chat(), await says(chat(), '给白鹭货栈开个单 膨胀螺栓'))).toContain('要多少')
    expect(wordsOn(chat(), await says(chat(), '3箱'))).toMatch(/3 箱[\s\S]*1,860\.00/)
  })

  test('with more than there is says so, and takes what is there', async () => {
    const card = await says(chat(), '白鹭货栈要电锤 30台 下单')
    expect(wordsOn(chat(), card)).toMatch(/差 2\d 台/)
    await presses(chat(), card, 'confirm', /SO\d+/)
    expect((await orders()).at(-1)).toMatchObject({ backorder: true })
    await presses(chat(), card, 'undo', /已撤销/)
  })

  test('of a quotation holds the goods as long as was said, and gives them back when it is undone', async () => {
    const card = await says(chat(), '给白鹭货栈报个价 膨胀螺栓 2箱 先留3天')
    await presses(chat(), card, 'confirm', /QT\d+/)
    const made = await db.quotation.findFirstOrThrow({ where: { customerId: swan }, orderBy: { createdAt: 'desc' } })
    expect(made).toMatchObject({ state: 'approved' })
    expect(made.heldUntil?.getTime()).toBeGreaterThan(Date.now() + 2.9 * 86_400_000)
    await presses(chat(), card, 'undo', /已撤销/)
    expect(await db.quotation.findUniqueOrThrow({ where: { id: made.id } })).toMatchObject({
      state: 'lost',
      heldUntil: null,
    })
  })

  test('carries the price that was said, beside the usual one; a discount is taken off it', async () => {
    const said = wordsOn(chat(), await says(chat(), '给白鹭货栈报价 膨胀螺栓 2箱 每支5毛6'))
    expect(said).toMatch(/1,120\.00[\s\S]*0\.56[\s\S]*你说的价，平时 ¥0\.62/)
    const [unit] = [wordsOn(chat(), await says(chat(), '给白鹭货栈报价 膨胀螺栓 2箱 600块一箱'))]
    expect(unit).toMatch(/1,200\.00[\s\S]*0\.6\b/)
    const card = await says(chat(), '给白鹭货栈报价 电锤 2台 打九折 不含税')
    expect(wordsOn(chat(), card)).toMatch(/900\.00[\s\S]*按折扣，平时 ¥500[\s\S]*没有用上[\s\S]*不含税/)
    await presses(chat(), card, 'confirm', /QT\d+/)
    const made = await db.quotation.findFirstOrThrow({
      where: { customerId: swan },
      orderBy: { createdAt: 'desc' },
      include: { lines: true },
    })
    expect(made.lines[0]).toMatchObject({ priceNote: '按聊天里说的折扣' })
    expect(made.lines[0]?.price.toString()).toBe('450')
    await presses(chat(), card, 'undo', /已撤销/)
  }, 60_000)

  test('below the floor cannot be confirmed; far from the usual price it is asked about once more', async () => {
    const low = await says(chat(), '给白鹭货栈报价 电锤 1台 单价 350')
    expect(wordsOn(chat(), low)).toMatch(/最低售价/)
    expect(wordsOn(chat(), low)).not.toContain('确认报价')
    const odd = await says(chat(), '给白鹭货栈报价 膨胀螺栓 3箱 按5块6')
    expect(wordsOn(chat(), odd)).toMatch(/请核对[\s\S]*单价 5\.6 与平时的 0\.62 相差很大/)
    await presses(chat(), odd, 'confirm', /请再核对/)
    await presses(chat(), odd, 'drop', /已放弃/)
  })

  test('that is to be changed becomes a draft of the app, once', async () => {
    const card = await says(chat(), '给白鹭货栈报个价 膨胀螺栓 5箱')
    await presses(chat(), card, 'amend', /草稿/)
    const made = await db.quotation.findFirstOrThrow({ where: { customerId: swan }, orderBy: { createdAt: 'desc' } })
    expect(made).toMatchObject({ state: 'draft' })
    const shown = (await chat().cards('li')).find(({ messageId }) => messageId === card.messageId)
    expect(JSON.stringify(shown?.content)).toContain(`/quotations/${made.id}/edit`)
  })

  test('that is far beyond the usual, or like one of today, is asked about once more', async () => {
    for (let i = 0; i < 5; i++)
      await order('li', swan, [{ item: bolt, quantity: '10' }], { submit: true, at: new Date() })
    const card = await says(chat(), '白鹭货栈要膨胀螺栓 4箱 下单')
    expect(wordsOn(chat(), card)).toMatch(/请核对[\s\S]*远超平时[\s\S]*24 小时内已有/)
    const count = (await orders()).length
    await presses(chat(), card, 'confirm', /请再核对/)
    expect(await orders()).toHaveLength(count)
    await presses(chat(), card, 'confirm', /SO\d+/)
    expect(await orders()).toHaveLength(count + 1)
  })

  test('that is taken back in words is dropped, and its card says so', async () => {
    const card = await says(chat(), '给白鹭货栈报个价 膨胀螺栓 7箱')
    const [reply] = await chat().says('li', '算了')
    expect(reply?.content).toContain('没有写入任何数据')
    expect(await now(chat(), card)).toContain('已放弃')
    const count = await db.quotation.count()
    expect((await chat().says('li', '算了'))[0]?.content).toBe('好的，不查了。')
    expect(await db.quotation.count()).toBe(count)
  })

  test('in a group is shown to whoever said it alone', async () => {
    const { chatId } = await chat().control<{ chatId: string }>('POST', '/feishu/chats', {
      name: '群',
      members: ['li', 'he'],
    })
    const messages = await chat().says('li', '@一单助手 白鹭货栈要电锤 1台 下单', chatId)
    expect(messages.find((message) => message.kind === 'card')?.chatId).not.toBe(chatId)
    expect(messages.find((message) => message.chatId === chatId)?.content).toBe('已私信你。')
  })
})
