import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { addDays, dayAt } from '#kernel/days'
import { perform } from '#kernel/perform'
import { salesActions } from '#server/modules/sales'
import type { MessageView } from '../../simulator/answers.ts'
import {
  aCustomer,
  anItem,
  as,
  type Name,
  order,
  owes,
  pays,
  stock,
  type TestItem,
} from '../../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse } from '../../server/test/chat-house.ts'
import { eventually } from '../../simulator/test-eventually.ts'
import { alertJobs } from '../listeners/alerts.ts'

const on = ['feishu', 'dingtalk', 'wecom'] as const
let house: ChatHouse
let bolt: TestItem
let swan: string
beforeAll(async () => {
  house = await openChatHouse({ on: [...on] })
  bolt = await anItem({ name: '膨胀螺栓' })
  await stock(bolt, { quantity: '10000' })
  swan = await aCustomer({ shortName: '白鹭货栈', owner: 'li', creditLimit: '100000' })
  await owes(swan, '4200', '2026-09-01')
  await house.settled()
}, 60_000)
afterAll(() => house.stop())
beforeEach(async () => {
  await db.botContext.deleteMany()
  await db.botLog.updateMany({ data: { at: new Date(Date.now() - 3_600_000) } })
})

const chat = () => house.on('feishu')
const wordsOn = ({ content }: Pick<MessageView, 'content'>): string =>
  typeof content === 'string' ? content : chat().card.words(content)
const says = async (name: Name, text: string): Promise<MessageView> => {
  const card = (await chat().says(name, text)).find((message) => message.kind === 'card')
  if (!card) throw new Error(`no card for ${text}`)
  return card
}
/** Presses, and waits until his card has changed: on a busy machine a press is answered late, and its card drawn after it. */
async function presses(name: Name, card: MessageView, button: string): Promise<string> {
  const shown = async (): Promise<string> => {
    const found = (await chat().cards(name)).find(({ messageId }) => messageId === card.messageId)
    return found ? wordsOn(found) : ''
  }
  const before = await shown()
  await chat().presses(name, card.messageId, button)
  return eventually(async () => {
    await house.settled()
    const words = await shown()
    return words === before ? undefined : words
  })
}

describe('a follow-up', () => {
  test('is written down as it was said when it is confirmed, is planned for, and can be taken back', async () => {
    const card = await says('li', '记一下 今天拜访白鹭货栈 老板说明天再谈')
    expect(wordsOn(card)).toMatch(/跟进 · 白鹭货栈[\s\S]*今天拜访白鹭货栈 老板说明天再谈[\s\S]*拜访/)
    expect(await db.followUp.count()).toBe(0)
    expect(await presses('li', card, 'confirm')).toContain('已保存')
    const tomorrow = addDays(dayAt(new Date()), 1)
    expect(await db.followUp.findFirstOrThrow()).toMatchObject({
      text: '今天拜访白鹭货栈 老板说明天再谈',
      kind: 'visit',
      nextOn: new Date(tomorrow),
    })
    expect(wordsOn(await says('li', '明天要跟进谁'))).toMatch(/1\n家客户[\s\S]*白鹭货栈[\s\S]*老板说明天再谈/)
    expect(wordsOn(await says('he', '明天要跟进谁'))).toContain('没有要跟进的客户')
    expect(await presses('li', card, 'undo')).toContain('已撤销')
    expect(wordsOn(await says('li', '明天要跟进谁'))).toContain('没有要跟进的客户')
  }, 60_000)
})

describe('a word to the owner of a customer', () => {
  test('reaches him on every platform with what is owed, and says so when it is taken back', async () => {
    const card = await says('wang', '提醒下白鹭货栈的业务催款')
    expect(wordsOn(card)).toMatch(/提醒负责人 · 白鹭货栈[\s\S]*发给 小李 · 通过/)
    await presses('wang', card, 'confirm')
    for (const name of on) {
      const got = await house.on(name).newest('li')
      expect(house.on(name).card.words(got.content), name).toMatch(/王姐提醒你：白鹭货栈[\s\S]*4,200\.00/)
    }
    await presses('wang', card, 'undo')
    expect(wordsOn(await chat().newest('li'))).toContain('已撤回')
  }, 60_000)

  test('is sent three times a day at most; who looks after the customer himself is told so', async () => {
    for (let i = 0; i < 2; i++) await presses('wang', await says('wang', '提醒下白鹭货栈的业务催款'), 'confirm')
    expect(wordsOn(await says('wang', '提醒下白鹭货栈的业务催款'))).toContain('已提醒 3 次')
    expect(wordsOn(await says('li', '提醒下白鹭货栈的业务催款'))).toContain('就由你负责')
  }, 60_000)
})

describe('an alert', () => {
  const cardsOf = async (name: Name): Promise<string[]> => (await chat().cards(name)).map(wordsOn)

  test('tells once when stock falls below, again after it has been above, and no more when it is ended', async () => {
    const card = await says('li', '膨胀螺栓低于9000告诉我')
    expect(wordsOn(card)).toContain('膨胀螺栓 可用量低于 9000')
    await presses('li', card, 'confirm')
    const look = async () => {
      const [job] = alertJobs(house.platforms)
      await job!.run({ ...(await as('chen')), at: new Date() })
      await house.settled()
      return (await cardsOf('li')).filter((words) => words.includes('现在可用')).length
    }
    expect(await look()).toBe(0)
    await order('li', swan, [{ item: bolt, quantity: '2000' }], { submit: true, at: new Date() })
    expect([await look(), await look()]).toEqual([1, 1])
    await stock(bolt, { quantity: '5000' })
    expect(await look()).toBe(1)
    await order('li', swan, [{ item: bolt, quantity: '6000' }], { submit: true, at: new Date() })
    expect(await look()).toBe(2)

    const ending = await says('li', '取消膨胀螺栓的提醒')
    expect(await presses('li', ending, 'confirm')).toContain('已取消')
    await stock(bolt, { quantity: '9000' })
    await order('li', swan, [{ item: bolt, quantity: '8000' }], { submit: true, at: new Date() })
    expect(await look()).toBe(2)
  }, 60_000)

  test('on a customer’s money comes when he pays, and only while one may see it', async () => {
    await presses('li', await says('li', '白鹭货栈回款了提醒我'), 'confirm')
    expect(wordsOn(await says('li', '我订了哪些提醒'))).toContain('白鹭货栈 回款')
    await pays(swan, '1000')
    await house.settled()
    const paid = async () => (await cardsOf('li')).filter((words) => words.includes('¥1,000.00')).length
    expect(await paid()).toBe(1)
    const { personId: ownerId } = await as('he')
    await db.customer.update({ where: { id: swan }, data: { ownerId } })
    await pays(swan, '1000')
    await house.settled()
    expect(await paid()).toBe(1)
  }, 60_000)
})

test('the way to a target is told by what was agreed, for oneself or the team', async () => {
  const month = dayAt(new Date()).slice(0, 7)
  const manager = await as('wang', new Date())
  for (const name of ['li', 'he'] as const) {
    const { personId } = await as(name)
    await perform(manager, salesActions.setSalesTarget, { month, personId, amount: '20000.00' })
  }
  // 16,000 支 at 0.62 were ordered above.
  expect(wordsOn(await says('li', '我这个月任务完成多少了'))).toMatch(
    /49\.6%[\s\S]*9,920\.00[\s\S]*还差[\s\S]*10,080\.00/,
  )
  expect(wordsOn(await says('wang', '团队完成率'))).toMatch(/24\.8%[\s\S]*小李/)
  expect(wordsOn(await says('he', '我这个月任务完成多少了'))).toMatch(/0\.0%/)
  const behind = wordsOn(await says('wang', '这个月谁连四成任务都还没做到'))
  expect(behind).toMatch(/\b1\b[\s\S]*完成不到 40%[\s\S]*小何/)
  expect(behind).not.toContain('小李')
  expect(wordsOn(await says('wang', '这个月谁的任务完成了四成以上'))).toMatch(/完成 40% 以上[\s\S]*小李/)
}, 60_000)
