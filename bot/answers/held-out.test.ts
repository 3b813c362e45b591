import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Caller } from '#kernel/caller'
import { demoPeople } from '../../prisma/demo/people.ts'
import { builtInRoles } from '../../server/modules/org/built-in-roles.ts'
import { mergeRights } from '../../server/modules/org/rights.model.ts'
import type { Context } from './context-store.ts'
import { demoKnown } from './fixtures/demo-trade.ts'
import type { BotQuery } from './query.ts'
import { understand } from './understand.ts'
import type { Known, Understanding } from './understanding.ts'

/**
 * Questions in the voice of sellers, keepers and accountants of the demo company, each with what may be understood by it: a query, in which names
 * stand for ids, or an outcome. `npm run eval:bot` takes the same file.
 */
const Question = z.object({
  id: z.string(),
  person: z.string(),
  text: z.string(),
  context: z.array(z.string()).default([]),
  expect: z.array(z.record(z.string(), z.unknown())),
})
type Question = z.output<typeof Question>
const questions = readFileSync(new URL('./fixtures/held-out.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => Question.parse(JSON.parse(line)))

const below = (key: string): string[] => [
  key,
  ...demoPeople.filter(({ leader }) => leader === key).flatMap((person) => below(person.key)),
]
function callerOf(key: string): Caller {
  const person = demoPeople.find((one) => one.key === key)!
  const roles = builtInRoles.filter((role) => person.roles.includes(role.key))
  const warehouses = key === 'xiaodeng' ? ['城南门店仓'] : undefined
  const rights = { ...mergeRights(roles.map((role) => role.rights)), team: below(key), unlimited: false, warehouses }
  const at = new Date('2026-11-22T03:00:00Z')
  return { personId: key, name: person.name, roles: person.roles, lang: 'zh', via: 'wecom', at, rights }
}
const knownOf = new Map(
  [...new Set(questions.map(({ person }) => person))].map((key): [string, Known] => [key, demoKnown(callerOf(key))]),
)

async function after(known: Known, said: readonly string[]): Promise<Known> {
  let context: Context = known.context
  for (const text of said) {
    const understood = await understand(text, { ...known, context })
    if (understood.kind === 'query')
      context = { queries: [understood.query, ...context.queries].slice(0, 3), choices: [] }
    if (understood.kind === 'missing') context = { ...context, choices: [], open: understood.open ?? text }
    if (understood.kind === 'ask')
      context = { queries: context.queries, choices: understood.choices.map((choice) => choice.query) }
  }
  return { ...known, context }
}

/** What identifies the figure: a question may leave out the rest of a query, and days that nobody named. */
const telling = new Set(
  'intent items itemId customer customers warehouse supplier order category quantity amount over below code day lines'.split(
    ' ',
  ),
)
const ofSeveral = new Set(['stock.in_transit', 'stock.moves', 'stock.expiring', 'stock.lot'])

/** A query with names in place of what they are called in it. */
function inWords(query: BotQuery): Record<string, unknown> {
  const words = Object.entries(query).flatMap(([key, value]): [string, unknown][] => {
    if (query.intent === 'stock.variant' && key.startsWith('item')) return []
    if (query.intent === 'sales.rank' && key === 'order') return [['sorted', value]]
    if (key === 'itemIds' || key === 'customerIds') return [[key === 'itemIds' ? 'items' : 'customers', value]]
    if (key === 'itemId') return [ofSeveral.has(query.intent) ? ['items', [value]] : ['itemId', value]]
    if (key === 'lines' && 'lines' in query)
      return [['lines', query.lines.map((line) => [line.itemId, line.quantity?.n, line.quantity?.unit])]]
    return [[key.replace(/Id$/, ''), value]]
  })
  return Object.fromEntries(words)
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
function fits(understood: Understanding, wanted: Record<string, unknown>): boolean {
  if (understood.kind !== 'query') return wanted['outcome'] === understood.kind
  const got = inWords(understood.query)
  const keys = new Set([...Object.keys(got).filter((key) => telling.has(key)), ...Object.keys(wanted)])
  return [...keys].every((key) => same(got[key], wanted[key]) || (key === 'lines' && !wanted['lines']))
}

/** What somebody dictates is kept as he said it. */
const meant = (understood: Understanding): unknown =>
  understood.kind === 'query' ? { ...understood.query, text: undefined } : understood.kind

const understoodAs = async ({ person, text, context }: Question): Promise<Understanding> =>
  understand(text, await after(knownOf.get(person)!, context))

/** What each question is understood as: worked out once, however many tests look at it. */
const plainly = new Map<Question, Promise<Understanding>>()
function understoodPlainly(question: Question): Promise<Understanding> {
  const understood = plainly.get(question) ?? understoodAs(question)
  plainly.set(question, understood)
  return understood
}

test(`${questions.length} questions are understood, asked back or declined as they should be`, async () => {
  const wrong: string[] = []
  for (const question of questions) {
    const understood = await understoodPlainly(question)
    if (!question.expect.some((wanted) => fits(understood, wanted)))
      wrong.push(`${question.id} ${question.text}: ${JSON.stringify(understood)}`)
  }
  expect(wrong).toEqual([])
}, 120_000)

test('politeness around a question does not change what is understood, nor does a picture, width or a space', async () => {
  const manners = [
    (text: string) => `麻烦帮我看下 ${text} 谢谢`,
    (text: string) => `你好，${text}🙏`,
    (text: string) => `${text}！！`,
    (text: string) => ` ${text.replaceAll('*', '×')}`,
  ]
  const different: string[] = []
  for (const [at, question] of questions.entries()) {
    const text = manners[at % manners.length]!(question.text)
    const [plain, polite] = [await understoodPlainly(question), await understoodAs({ ...question, text })]
    const isSame = plain.kind === 'query' ? same(meant(plain), meant(polite)) : plain.kind === polite.kind
    if (!isSame) different.push(`${text}: ${JSON.stringify(polite)} after ${JSON.stringify(plain)}`)
  }
  expect(different).toEqual([])
}, 120_000)
