import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { perform } from '#kernel/perform'
import { partiesActions } from '#server/modules/parties'
import {
  aCustomer,
  anItem,
  as,
  type Name,
  order,
  owes,
  pays,
  stock,
} from '../../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { feishuCard } from '../../server/test/card-reading.ts'

let house: ChatHouse
let swan: string
beforeAll(async () => {
  house = await openChatHouse()
  const drill = await anItem({
    name: '充电电钻',
    units: [
      ['台', 1],
      ['箱', 5],
    ],
    listPrice: '320',
  })
  await stock(drill, { quantity: '12', unitCost: '200' })
  swan = await aCustomer({ shortName: '白鹭货栈', owner: 'li' })
  await owes(swan, '4200', '2026-09-01')
  await pays(swan, '1000')
  await order('li', swan, [{ item: drill, quantity: '2', price: '310' }], { submit: true, at: new Date() })
  await house.settled()
})
afterAll(() => house.stop())
beforeEach(() => db.botContext.deleteMany())

const answer = async (name: Name, text: string): Promise<string> => {
  const messages = await house.says(name, text)
  return messages
    .map((message) => (message.kind === 'text' ? String(message.content) : feishuCard.words(message.content)))
    .join('\n')
}

describe('a talk', () => {
  test('goes from stock to price to what the customer owes without naming things again', async () => {
    expect(await answer('li', '充电电钻还有多少')).toContain('可用')
    expect(await answer('li', '够不够发200台')).toMatch(/差 1\d\d 台/)
    expect(await answer('li', '什么价')).toContain('¥320')
    expect(await answer('li', '白鹭货栈还欠多少')).toContain('¥3,200.00')
    expect(await answer('li', '他的账龄呢')).toContain('未到期')
    expect(await answer('li', '上次给他的充电电钻多少钱')).toContain('¥310')
  }, 60_000)

  test('picks one of several by its place, and ends when it is taken back', async () => {
    await anItem({ name: '长柄毛刷', units: [['把', 1]] })
    await anItem({ name: '短柄毛刷', units: [['把', 1]] })
    expect(await answer('li', '毛刷还有多少')).toMatch(/短柄毛刷[\s\S]*长柄毛刷|长柄毛刷[\s\S]*短柄毛刷/)
    expect(await answer('li', '第二个')).toMatch(/柄毛刷[\s\S]*可用/)
    expect(await answer('li', '算了')).toBe('好的，不查了。')
    expect(await answer('li', '他的应收呢')).toBe('你指的是哪一个客户？')
    expect(await answer('li', '白鹭货栈')).toContain('¥3,200.00')
  }, 60_000)
})

describe('what has just changed', () => {
  test('is known at the next question: a new item, a new customer', async () => {
    expect(await answer('li', '不锈钢水壶库存')).toContain('没有找到你可以查看的')
    await anItem({ name: '不锈钢水壶', units: [['只', 1]] })
    expect(await answer('li', '不锈钢水壶库存')).toContain('0 只')
  })

  test('is gone at the next question: a customer who was given to somebody else', async () => {
    const { version } = await db.customer.findUniqueOrThrow({ where: { id: swan } })
    const { personId: ownerId } = await as('he')
    await perform(await as('wang'), partiesActions.reassignCustomer, { id: swan, version, ownerId })
    expect(await answer('li', '白鹭货栈还欠多少')).toBe('没有找到你可以查看的「白鹭货栈」。')
    expect(await answer('he', '白鹭货栈还欠多少')).toContain('¥3,200.00')
  })
})

test('what is to be done is shown and waits; nothing is written before it is confirmed', async () => {
  const before = await db.quotation.count()
  expect(await answer('wang', '给白鹭货栈报个价 充电电钻 3台')).toContain('待确认')
  expect(await db.quotation.count()).toBe(before)
})
