import { beforeAll, describe, expect, test } from 'vitest'
import { type Lang, Refusal } from '#contract'
import { as, type Name } from '../../server/modules/sales/fixtures/company.ts'
import { answer, isPrivate } from './answer.ts'
import { clarifyCard, sorry } from './clarify.ts'
import { cost, money, openAskedCompany, questionsAbout } from '../../server/test/asked-company.ts'
import { knownTo } from './known.ts'
import { BotQuery } from './query.ts'
import { understand } from './understand.ts'

/** Whose customer it is must not be known either. */
const owner = '小何'

let number = ''
beforeAll(async () => {
  number = await openAskedCompany()
}, 60_000)
const questions = (customer: string): string[] => questionsAbout(customer, number)

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

test('every intent is among the questions', async () => {
  const caller = await as('chen')
  const asked = new Set<string>()
  for (const question of questions('金雀货栈')) {
    const understood = await understand(question, await knownTo(caller, 'permission-all'))
    if (understood.kind === 'query') asked.add(understood.query.intent)
  }
  const intents = BotQuery.options.map((option) => option.shape.intent.value)
  expect(intents.filter((intent) => !asked.has(intent))).toEqual([])
})

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

test.each<[Name, string]>([
  ['chen', '金雀货栈'],
  ['liu', '金雀货栈'],
  ['wang', '白鹭货栈'],
  ['li', '白鹭货栈'],
  ['zhao', '白鹭货栈'],
])(
  'in a group, whatever tells %s of money or of %s goes to the asker alone',
  async (name, customer) => {
    const told: string[] = []
    for (const question of questions(customer)) {
      const { text, query } = await said(name, question)
      const tells = [...money, ...cost, '金雀', '白鹭', '¥'].some((canary) => text.includes(canary))
      if (query && tells && query.intent !== 'help' && !isPrivate(query)) told.push(question)
    }
    expect(told).toEqual([])
  },
  60_000,
)

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
