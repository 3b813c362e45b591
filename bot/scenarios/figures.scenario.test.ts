import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Decimal, Refusal, say, showQuantity, type UnitRatio } from '#contract'
import { ageBuckets } from '#contract/modules/finance'
import type { Caller } from '#kernel/caller'
import { addDays, daysBetween } from '#kernel/days'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { alertsActions } from '#server/engines/alerts'
import { approvalsActions } from '#server/engines/approvals'
import { catalogActions } from '#server/modules/catalog'
import { financeActions } from '#server/modules/finance'
import { inventoryActions } from '#server/modules/inventory'
import { partiesActions } from '#server/modules/parties'
import { salesActions } from '#server/modules/sales'
import { as } from '../../server/modules/sales/fixtures/company.ts'
import { choose } from '../actions/choose.ts'
import { answer } from '../answers/answer.ts'
import { readContext } from '../answers/context-store.ts'
import { openAskedCompany, questionsAbout } from '../../server/test/asked-company.ts'
import { knownTo } from '../answers/known.ts'
import { BotQuery } from '../answers/query.ts'
import { logQuestion } from '../answers/question-store.ts'
import { understand } from '../answers/understand.ts'
import type { Card } from '../card.ts'
import type { Press } from '../platforms/platform.ts'

// Figures come from the services' answers and from what was asked, and from nowhere else.

let questions: string[]
let numbersOfOrders: string[]
/** What the services answered since somebody last looked. */
const answered: unknown[] = []
beforeAll(async () => {
  const number = await openAskedCompany()
  questions = [
    ...questionsAbout('金雀货栈', number),
    '本月主仓出了哪些货',
    '近效期的货有哪些',
    '螺栓这个月卖了多少',
    '紧固件类在途的有多少',
    '小何本月卖了多少',
    '金雀货栈上个月底欠多少',
    '上个月底的账龄',
    '这个月毛利率比上个月',
    '小何这个月毛利',
    '本周回款比上周多吗',
    '螺栓还有多少',
    '今年哪个月卖得最好',
    '这周哪天卖得最少',
    '小李和小何这个月谁卖得多',
    '10到500000之间的订单',
    '欠款10到500000的客户有哪些',
    '逾期1到60天的客户',
    '哪个产品最赚钱',
    '哪个客户毛利最低',
    '小何本月回款多少',
    '明天要发的货都送到哪',
    '各人本月回款多少',
    '今年按月看看回款',
    '被驳回的订单有几张',
    '拖了三天还没发的单',
    '金雀货栈的报价转成订单',
    '螺栓里卖得最慢的三款',
    '除了金雀货栈还有哪几家拖着货款没给',
    '主仓除外，今天要发哪些单',
    '上个月的订单，金雀货栈的不算',
    '逾期客户里欠得最少的三家',
    '逾期最久的两家客户',
    '30到60天那一段欠款有多少',
    '主仓数量最少的三样货',
  ]
  numbersOfOrders = (await db.salesOrder.findMany()).map((one) => one.number ?? '')
  for (const actions of [
    alertsActions,
    approvalsActions,
    catalogActions,
    financeActions,
    inventoryActions,
    partiesActions,
    salesActions,
  ])
    listenTo(actions)
}, 60_000)
afterAll(() => vi.restoreAllMocks())

/** Hears what every action of a module answers; nothing else changes. */
function listenTo(actions: object): void {
  const table = actions as Record<string, (...args: unknown[]) => Promise<unknown>> // a table of actions, whatever they take
  for (const [name, action] of Object.entries(table))
    vi.spyOn(table, name).mockImplementation(async (...args) => {
      const result = await action(...args)
      answered.push(result)
      return result
    })
}

type Asked = { text: string; query: BotQuery }
async function understoodBy(caller: Caller): Promise<Asked[]> {
  const found: Asked[] = []
  for (const text of questions) {
    const understood = await understand(text, await knownTo(caller, 'figures'))
    if (understood.kind === 'query') found.push({ text, query: understood.query })
  }
  return found
}

/** The card, or the words of a refusal. */
async function shown(caller: Caller, query: BotQuery): Promise<Card | string> {
  try {
    return await answer(caller, query, 'zh')
  } catch (error) {
    if (error instanceof Refusal) return error.say('zh')
    throw error
  }
}

/** All that a card says to whoever looks at it. */
const wordsOn = (card: Card): string =>
  [card.title, card.subtitle, card.tag, ...card.parts.flatMap(textsIn), ...card.buttons.map(({ label }) => label)].join(
    '\n',
  )
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'path' || key === 'kind' ? [] : textsIn(inner)))
}

const run = /\d[\d,]*(?:\.\d+)?%?/g
const plain = (digits: string): string => digits.replaceAll(',', '')

/** Every leaf of what was answered: texts and numbers; and how many there are of what stands in lists. */
function leavesOf(value: unknown): { texts: string[]; lists: unknown[][] } {
  if (Array.isArray(value)) {
    const inner = value.map(leavesOf)
    return { texts: inner.flatMap(({ texts }) => texts), lists: [value, ...inner.flatMap(({ lists }) => lists)] }
  }
  if (typeof value === 'object' && value !== null) return leavesOfFields(value)
  return { texts: value === null || value === undefined ? [] : [String(value)], lists: [] }
}
function leavesOfFields(value: object): ReturnType<typeof leavesOf> {
  const inner = Object.values(value).map(leavesOf)
  return { texts: inner.flatMap(({ texts }) => texts), lists: inner.flatMap(({ lists }) => lists) }
}

const number = /^-?\d+(?:\.\d+)?$/
const day = /^\d{4}-\d\d-\d\d$/
/** Numbers as a card may write them, without changing them. */
const written = (value: Decimal.Value): string[] => {
  const exact = new Decimal(value).abs()
  return [exact.toFixed(), exact.toFixed(2), exact.toFixed(1), exact.times(100).toFixed(2), exact.times(100).toFixed(1)]
}

/** What a card may say in digits: what was answered and asked, what adds up from it, and the same in packs, days and shares. */
function vouched({ text, query }: Asked, results: readonly unknown[], caller: Caller) {
  const { texts, lists } = leavesOf([...results, numbersOfOrders, query, text, caller.at.toISOString()])
  const clock = new Date(caller.at.getTime() + 8 * 3_600_000).toISOString()
  const said = [...texts, clock].flatMap((one) => one.match(run) ?? []).map(plain)
  const numbers = texts.filter((one) => number.test(one))
  const known = [...texts.filter((one) => day.test(one)), clock.slice(0, 10)]
  const days = [...known, ...known.map((one) => `${one.slice(0, 8)}01`)]
  const sums = lists.flatMap((list) => [list.length, ...columnSums(list)])
  const units = lists.filter((list): list is UnitRatio[] => list.some((one) => isUnit(one)))
  const packs = numbers.flatMap((one) =>
    units.flatMap((ratios) => showQuantity(new Decimal(one).abs(), ratios).match(run) ?? []),
  )
  const spans = days.flatMap((from) => days.map((to) => Math.abs(daysBetween(from, to))))
  const wholes = [...new Set([...numbers, ...sums].map((one) => new Decimal(one).abs().toFixed()))].map(
    (one) => new Decimal(one),
  )
  const pairs = wholes.flatMap((a) => wholes.map((b) => [a, b] as const))
  const period = periodOf(query)
  const digits = new Set([
    ...said,
    ...period.map((one) => one.slice(5, 7)),
    ...[...numbers, ...sums].flatMap(written),
    ...packs.map(plain),
    ...numbers.flatMap((one) =>
      numbers.map((rate) => new Decimal(one).div(new Decimal(rate).div(100).plus(1)).toFixed(6)),
    ),
    ...spans.map(String),
    ...pairs.flatMap(([a, b]) => [a.minus(b).abs().toFixed(), a.minus(b).abs().toFixed(2)]),
    ...pairs.flatMap(([a, b]) => (b.gt(0) ? [1, 2].map((places) => `${a.div(b).times(100).toFixed(places)}%`) : [])),
  ])
  // A day is one that was answered or asked, one of a period that is told day by day or month by month, or so many days from one as were asked for, or as a period has.
  const reach = new Set([0, 1, ...spans, ...spans.map((span) => span + 1), ...numbersIn(query)])
  const isDay = (one: string): boolean =>
    period.includes(one) || days.some((known) => reach.has(Math.abs(daysBetween(known, one))))
  return { digits, isDay }
}
type Vouched = ReturnType<typeof vouched>
/** Every day of what is told month by month, week by week or day by day. */
function periodOf(query: BotQuery): string[] {
  if (query.intent !== 'sales.rank' || !['month', 'week', 'day'].includes(query.by)) return []
  const { from, to } = query
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i))
}
const numbersIn = (query: BotQuery): number[] => Object.values(query).filter((value) => typeof value === 'number')

const isUnit = (one: unknown): boolean => typeof one === 'object' && one !== null && 'unit' in one && 'numerator' in one

/** A list's columns of figures, added up. */
function columnSums(list: readonly unknown[]): string[] {
  const rows = list.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null)
  const keys = new Set(rows.flatMap((row) => Object.keys(row)))
  return [...keys].flatMap((key) => {
    const values = rows
      .map((row) => row[key])
      .filter((value): value is string => typeof value === 'string' && number.test(value))
    return values.length > 0 ? [Decimal.sum(...values).toFixed()] : []
  })
}

/** What every card of its kind says, whoever asks: classes of age, how long a proposal holds, examples of how to ask. */
const fixedWords = [
  '15 分钟',
  '24 小时',
  ...ageBuckets.map(({ label }) => say(label, 'zh').replace(/^逾期 /, '')),
  '6204',
]

/** Digits that nobody vouches for. */
function strangeDigits(card: Card, { digits, isDay }: Vouched): string[] {
  const words = fixedWords.reduce((rest, fixed) => rest.replaceAll(fixed, ''), wordsOn(card))
  const days = words.match(/\d{4}-\d\d-\d\d/g) ?? []
  const others = words.replace(/\d{4}-\d\d-\d\d/g, ' ').match(run) ?? []
  return [
    ...days.filter((one) => !isDay(one)),
    ...others.map(plain).filter((one) => !digits.has(one) && !digits.has(one.replace('%', ''))),
  ]
}

describe.each(['chen', 'liu', 'li', 'zhao'] as const)('what %s is shown', (name) => {
  test('has no digit that neither the services answered nor he said', async () => {
    const caller = await as(name)
    const strange: string[] = []
    for (const asked of await understoodBy(caller)) {
      answered.length = 0
      const card = await shown(caller, asked.query)
      if (typeof card === 'string') continue
      const said = vouched(asked, answered, caller)
      const digits = strangeDigits(card, said)
      if (digits.length > 0) strange.push(`${asked.text}: ${digits.join(' ')}`)
      expect(strangeDigits({ ...card, title: `${card.title} 8675309.42` }, said)).toContain('8675309.42')
    }
    expect(strange).toEqual([])
  }, 120_000)

  test('is shown again, the same, when what was logged is asked again', async () => {
    const caller = await as(name)
    for (const { text, query } of await understoodBy(caller)) {
      const before = await shown(caller, query)
      const logged = { personId: caller.personId, platform: 'feishu', outcome: 'answered', ms: 1, at: caller.at }
      await perform(caller, (tx) => logQuestion(tx, { ...logged, text, query }), undefined)
      const row = await db.botLog.findFirstOrThrow({ where: { text }, orderBy: { id: 'desc' } })
      expect(withoutIds(await shown(caller, BotQuery.parse(row.query))), text).toEqual(withoutIds(before))
    }
  }, 120_000)
})

/** What is proposed gets an id of its own each time. */
const withoutIds = (card: Card | string): string =>
  JSON.stringify(card)
    .replace(/"id":"[0-9a-f-]{36}"/g, '')
    .replace(/\d\d\/\d\d \d\d:\d\d/g, '')

test('a question of an older form is not guessed at: a button of it says so, and a talk goes on without it', async () => {
  const caller = await as('chen')
  const old = { intent: 'stock.expiring', horizon: 30 }
  const press: Press = { kind: 'press', eventKey: 'old', openId: '', chat: 'old', messageId: '', token: '', form: {} }
  const { toast, card } = await choose.run(caller, { query: old, lang: 'zh' }, press)
  expect(toast).toEqual({ look: 'error', text: '这张卡片是旧版的，请重新问一次' })
  expect(card).toBeUndefined()
  await db.botContext.create({
    data: {
      personId: caller.personId,
      conversation: newId(),
      queries: { queries: [old], choices: [] },
      updatedAt: caller.at,
    },
  })
  const { conversation } = await db.botContext.findFirstOrThrow({
    where: { personId: caller.personId },
    orderBy: { updatedAt: 'desc' },
  })
  expect(await ask(caller, (tx) => readContext(tx, caller.personId, conversation, caller.at), undefined)).toEqual({
    queries: [],
    choices: [],
  })
})

test('a family of items is told of item by item, and together', async () => {
  const caller = await as('chen')
  const items = await db.item.findMany({ where: { category: '紧固件' }, select: { id: true }, take: 5 })
  const itemIds = items.map(({ id }) => id)
  const [from, to] = ['2020-01-01', '2099-12-31']
  const report = { by: 'item', stage: 'ordered', direction: 'desc', sort: 'gross', from, to, limit: 10 } as const
  const sold = await ask(caller, salesActions.salesReport, { ...report, itemIds })
  const card = await answer(caller, { intent: 'sales.summary', itemIds, metric: 'amount', from, to }, 'zh')
  expect(sold.rows.length).toBeGreaterThan(0)
  expect(sold.total?.gross).toBe(Decimal.sum(...sold.rows.map(({ gross }) => gross)).toFixed(2))
  for (const { name, shown: quantity } of sold.rows) expect(wordsOn(card)).toContain(`${name}\n${quantity}`)
  const other = await ask(caller, salesActions.salesReport, { ...report, itemIds: [newId()] })
  expect(other.rows).toEqual([])
  const coming = await answer(caller, { intent: 'stock.in_transit', itemIds }, 'zh')
  const stocks = await Promise.all(itemIds.map((itemId) => ask(caller, inventoryActions.itemStock, { itemId })))
  for (const { item, expected } of stocks)
    expect(JSON.stringify(coming).includes(`/stock/${item.id}`), item.name).toBe(expected.length > 0)
})
