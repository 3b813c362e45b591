import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import type { MessageView } from '../simulator/answers.ts'
import { runningDatabase } from './embedded-postgres.ts'

/**
 * npm run eval:bot -- FILE: asks the bot of a running simulator every question of a file of JSON lines
 * `{ id, person, platform, text, context? }` (`context`: what the person says before it) and writes a line `{ id, understood, reply, ms }` for each.
 * The company must be at work (`npm start`); SIM_URL says where its simulator is when that is not the usual place, DATABASE_URL or DATA_DIR
 * where its data is: the typed query is read from the bot's log.
 */
const Question = z.object({
  id: z.union([z.string(), z.number()]),
  person: z.string().min(1),
  platform: z.enum(['feishu', 'dingtalk', 'wecom']),
  text: z.string(),
  context: z.union([z.string().transform((text) => [text]), z.array(z.string())]).default([]),
})
type Question = z.output<typeof Question>

const simulatorUrl = process.env['SIM_URL'] ?? 'http://localhost:3001'
const waitMs = 10_000
/** As fast as the bot lets one person ask, and as a platform lets it answer him: what is faster waits for its turn, and is measured as slow. */
const perMinute = { feishu: 19, dingtalk: 19, wecom: 15 }
const minuteMs = 60_000
const beginWithinMs = 8_000
/** A reply is there a moment before it is written down what it was to. */
const logTries = 20
const logPauseMs = 100

async function say({ platform, person }: Question, text: string): Promise<MessageView[]> {
  const path = `${simulatorUrl}/sim/${platform}/people/${encodeURIComponent(person)}/messages`
  const response = await fetch(path, { method: 'POST', body: JSON.stringify({ text, waitMs }) })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  const { messages } = (await response.json()) as { messages: MessageView[] } // what simulator/answers.ts says
  return messages.filter((message) => message.from.kind === 'bot')
}

async function understoodSince(text: string, since: Date): Promise<unknown> {
  for (let tries = 0; tries < logTries; tries++) {
    const { rows } = await log.query(
      'select outcome, query from bot_log where text = $1 and at >= $2 order by at desc limit 1',
      [text.slice(0, 1000), since],
    )
    const row: { outcome: string; query: unknown } | undefined = rows[0]
    if (row) return row.query ?? { outcome: row.outcome }
    await pause(logPauseMs)
  }
  return null
}

async function evaluate(question: Question): Promise<void> {
  // What the person asked before in this chat is forgotten first.
  await say(question, '算了')
  for (const before of question.context) await say(question, before)
  const since = new Date(Date.now() - 1000)
  const start = performance.now()
  const messages = await say(question, question.text)
  const ms = Math.round(performance.now() - start)
  const understood = await understoodSince(question.text, since)
  const reply = messages.map((message) => message.content)
  process.stdout.write(`${JSON.stringify({ id: question.id, understood, reply, ms })}\n`)
}

/** One person's questions one after the other, at an even pace; people begin one after the other too, as no company speaks in chorus. */
async function evaluateAll(questions: readonly Question[], i: number, people: readonly unknown[]): Promise<void> {
  await pause((beginWithinMs * i) / people.length)
  for (const question of questions) {
    const messages = question.context.length + 2
    const turn = pause((messages * minuteMs) / perMinute[question.platform])
    await evaluate(question)
    await turn
  }
}

function stop(why: string): never {
  console.error(why)
  process.exit(1)
}

const [file] = process.argv.slice(2)
if (!file) stop('Usage: npm run eval:bot -- FILE')
const answers = await fetch(simulatorUrl).catch(() => undefined)
if (!answers?.ok) stop(`There is no simulator at ${simulatorUrl}: start the company with npm start, or set SIM_URL.`)
const databaseUrl = process.env['DATABASE_URL'] ?? (await runningDatabase(process.env['DATA_DIR']))
if (!databaseUrl) stop('The database of the company is not found: set DATA_DIR or DATABASE_URL as for npm start.')
const log = new pg.Pool({ connectionString: databaseUrl, max: 4 })
const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '')
const byPerson = new Map<string, Question[]>()
for (const line of lines) {
  const question = Question.parse(JSON.parse(line))
  const key = `${question.platform}/${question.person}`
  byPerson.set(key, [...(byPerson.get(key) ?? []), question])
}
await Promise.all([...byPerson.values()].map(evaluateAll))
await log.end()
