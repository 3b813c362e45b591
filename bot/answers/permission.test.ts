import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from '#kernel/perform'
import { type Lang, Refusal } from '#contract'
import {
  aCustomer,
  anItem,
  as,
  type Name,
  openCompany,
  order,
  owes,
  pays,
  settle,
  stock,
} from '../../server/modules/sales/fixtures/company.ts'
import { salesActions } from '#server/modules/sales'
import { answer, isPrivate } from './answer.ts'
import { clarifyCard, sorry } from './clarify.ts'
import { knownTo } from './known.ts'
import type { BotQuery } from './query.ts'
import { understand } from './understand.ts'

// What must not reach anybody without the right to it: figures that occur nowhere else, and whose customer it is.
const money = ['777,777', '777777', '313,131', '313131', '987,654', '987654']
// As it was paid, without its tax, and what all of it is worth.
const cost = ['0.123457', '0.109254', '111,111']
const owner = '小何'

let number = ''
beforeAll(async () => {
  await openCompany()
  const bolt = await anItem({ name: '膨胀螺栓', listPrice: '0.62' })
  await stock(bolt, { quantity: '900000', unitCost: '0.123457' })
  const foreign = await aCustomer({ shortName: '金雀货栈', owner: 'he', creditLimit: '987654' })
  const own = await aCustomer({ shortName: '白鹭货栈', owner: 'li', creditLimit: '50000' })
  await owes(foreign, '777777', '2026-09-01')
  await owes(own, '4200', '2026-09-01')
  await pays(foreign, '313131')
  await order('he', foreign, [{ item: bolt, quantity: '70' }], { submit: true })
  await order('li', own, [{ item: bolt, quantity: '30' }], { submit: true })
  await settle()
  const { rows } = await ask(await as('he'), salesActions.orders, { limit: 1 })
  number = rows[0]?.number?.slice(-5) ?? ''
}, 60_000)

/** Every intent, about a customer and an order. */
const questions = (customer: string): string[] => [
  '膨胀螺栓还有多少',
  '主仓里都有啥',
  '膨胀螺栓有哪些批次',
  '膨胀螺栓各个规格',
  '膨胀螺栓够不够发500支',
  '膨胀螺栓什么时候到货',
  '哪些快没货了',
  '呆滞料列一下',
  '膨胀螺栓出入库',
  '膨胀螺栓临期',
  '膨胀螺栓什么价',
  `上次给${customer}的膨胀螺栓多少钱`,
  `${customer}拿膨胀螺栓什么价`,
  '膨胀螺栓成本多少',
  `${customer}毛利率`,
  `尾号${number}挣多少`,
  `尾号${number}到哪步了`,
  `${customer}的单子审了没`,
  '五万以上的单子有哪些',
  '本月订单',
  `${customer}的货发了没`,
  `尾号${number}发货了没`,
  '今天要发哪些货',
  `${customer}还欠多少`,
  '哪些客户逾期了',
  `${customer}逾期多少`,
  `${customer}账龄`,
  '应收账龄',
  `${customer}信用额度`,
  '本月回款',
  `${customer}本月回款`,
  `${customer}9月对账单`,
  '未来60天到期应收',
  `${customer}哪天到期`,
  '应付总额',
  '待我审批',
  `尾号${number}卡在谁那`,
  '我的漏斗',
  '今天要跟进谁',
  `${customer}什么情况 这个客户`,
  `${customer}的电话`,
  `${customer}谁在跟`,
  '本月销售额',
  `${customer}今年买了多少钱的货`,
  '客户排名',
  '业绩排行榜',
  '离目标还差多少',
  `给${customer}报个价 膨胀螺栓 500支`,
  `${customer}要膨胀螺栓 100支 下单`,
  `提醒${customer}的业务催款`,
  `${customer}跟进：样品已寄`,
  `${customer}回款了提醒我`,
  '帮助',
  customer,
]

type Said = { text: string; query?: BotQuery }
async function said(name: Name, question: string, lang: Lang = 'zh'): Promise<Said> {
  const caller = await as(name)
  const understood = await understand(question, await knownTo(caller, `permission-${name}`))
  if (understood.kind === 'ask') return { text: JSON.stringify(clarifyCard(understood, lang)) }
  if (understood.kind !== 'query') return { text: sorry(understood, lang) }
  try {
    return { text: JSON.stringify(await answer(caller, understood.query, lang)), query: understood.query }
  } catch (error) {
    if (error instanceof Refusal) return { text: error.say(lang), query: understood.query }
    throw error
  }
}

describe.each<[Name, string, string[]]>([
  ['li', "a seller about a colleague's customer", [...money, ...cost, owner]],
  ['zhao', 'the warehouse', [...money, ...cost]],
  ['min', 'the buyer', [...money]],
  ['lin', 'service', [...money, ...cost]],
])('%s, %s', (name, _, canaries) => {
  test('learns nothing that is not for him, however he asks', async () => {
    for (const question of questions('金雀货栈')) {
      const { text } = await said(name, question)
      for (const canary of canaries)
        expect(text.includes(canary), `${question} gave away ${canary}: ${text}`).toBe(false)
    }
  }, 60_000)
})

test("a colleague's customer and one that never was are answered in the same words", async () => {
  const words = async (customer: string): Promise<string[]> =>
    Promise.all(
      questions(customer).map(async (question) =>
        (await said('li', question)).text.replaceAll(customer, '…').replace(/\d\d\/\d\d \d\d:\d\d/g, ''),
      ),
    )
  expect(await words('金雀货栈')).toEqual(await words('青鸾货栈'))
}, 60_000)

test('those who may know are told: his own seller, the manager, accounting', async () => {
  for (const name of ['he', 'wang', 'liu', 'chen'] as const)
    expect((await said(name, '金雀货栈还欠多少')).text, name).toContain('464,646.00')
  expect((await said('li', '白鹭货栈还欠多少')).text).toContain('4,200.00')
  expect((await said('wang', '膨胀螺栓成本多少')).text).toContain('0.109254')
})

test('in a group, whatever tells of money or of a customer goes to the asker alone', async () => {
  const told: string[] = []
  for (const question of questions('金雀货栈')) {
    const { text, query } = await said('chen', question)
    const tells = [...money, ...cost, '金雀', '白鹭', '¥'].some((canary) => text.includes(canary))
    if (query && tells && query.intent !== 'help' && !isPrivate(query)) told.push(question)
  }
  expect(told).toEqual([])
}, 60_000)

test('who is asked in English answers in English; only names, units and documents are as they are stored', async () => {
  const stored = /膨胀螺栓|金雀货栈|白鹭货栈|有限公司|主仓|云港路|紧固件|陈总|王姐|小李|小何|老赵|期初|[支盒箱号]/g
  const chinese: string[] = []
  for (const question of questions('白鹭货栈')) {
    const { text, query } = await said('chen', question, 'en')
    // What somebody wants written down or passed on is said back as he said it.
    const shown = text
      .replaceAll(question, '')
      .replace(/"(?:args|path)":(?:\{.*?\}\}|"[^"]*")/g, '')
      .replace(stored, '')
    const words = /\p{Script=Han}+/u.exec(shown)?.[0]
    if (query && words) chinese.push(`${question}: ${words}`)
  }
  expect(chinese).toEqual([])
}, 60_000)
