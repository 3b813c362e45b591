import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { eventually } from '../simulator/test-eventually.ts'
import { aCompany, type Company } from '../simulator/wecom/test-company.ts'
import { leased } from './lease.ts'
import { type Target, replyText } from './deliver.ts'
import type { HangUp } from './platforms/alone.ts'
import type { Platform } from './platforms/platform.ts'
import { wecom } from './platforms/wecom/index.ts'
import { settingsOf } from './platforms/wecom/test-settings.ts'
import { post } from './post.ts'

const hurried = { holdMs: 2_000, renewMs: 20, lookMs: 20 }
const stops: HangUp[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  await db.connectionLease.deleteMany()
})

/** A process that does something when it is the one that may; `events` is what it did. */
async function aProcess(key = 'line') {
  const events: string[] = []
  const stop = await leased(hurried)(key, async () => {
    events.push('begun')
    return async () => void events.push('ended')
  })
  stops.push(stop)
  return { events, stop }
}

test('of many processes one begins, and another takes over as soon as it stops', async () => {
  const one = await aProcess()
  const other = await aProcess()
  expect([one.events, other.events]).toEqual([['begun'], []])
  await one.stop()
  await eventually(() => other.events.length > 0 || undefined)
  expect([one.events, other.events]).toEqual([['begun', 'ended'], ['begun']])
})

test('what has nothing to do with each other is held side by side', async () => {
  const [one, other] = await Promise.all([aProcess('line'), aProcess('another line')])
  expect([one.events, other.events]).toEqual([['begun'], ['begun']])
})

test('of many that ask at the same moment one begins', async () => {
  const processes = await Promise.all(Array.from({ length: 8 }, () => aProcess()))
  expect(processes.flatMap(({ events }) => events)).toEqual(['begun'])
})

test('a holder that died is followed when its time is over, by the clock of the database', async () => {
  await db.$executeRaw`insert into connection_lease values ('line', ${newId()}::uuid, clock_timestamp() + interval '300 milliseconds')`
  const process = await aProcess()
  expect(process.events).toEqual([])
  await eventually(() => process.events.length > 0 || undefined)
  const held =
    await db.$queryRaw`select until > clock_timestamp() + interval '1 second' as "isRenewed" from connection_lease`
  expect(held).toEqual([{ isRenewed: true }])
})

test('who was overtaken while it stood still ends what it does, and begins again when it may', async () => {
  const process = await aProcess()
  await db.$executeRaw`update connection_lease set holder = ${newId()}::uuid, until = clock_timestamp() + interval '300 milliseconds'`
  await eventually(() => process.events.length === 3 || undefined)
  expect(process.events).toEqual(['begun', 'ended', 'begun'])
})

let company: Company
beforeAll(async () => {
  company = await aCompany({ quiet: true })
})
afterAll(() => company.close())

test('an answer of the AI bot goes by the process that holds its line, whichever process posts, and by the next when that is gone', async () => {
  const aHouse = async (): Promise<Platform> => {
    const platform = wecom(settingsOf(company), leased(hurried))
    stops.push(await platform.listen(async () => undefined))
    return platform
  }
  const [holder, other] = [await aHouse(), await aHouse()]
  const lines = () => [holder, other].map((one) => one.standing().botLine?.state)
  expect(lines()).toEqual(['connected', 'elsewhere'])

  const made = await company.control('POST', '/wecom/chats', { name: '群', members: ['xiaoli'], withBot: true })
  const group: Target = { openId: 'xiaoli', replyTo: `bot:${String(made['chatId'])}:1` }
  const person: Target = { openId: 'wangjie', replyTo: 'app:wangjie:1' }
  const write = (target: Target, text: string) =>
    replyText(other, target, { personId: null, subject: 'answer', subjectId: newId(), key: newId() }, text)
  const seen = async (who: string) =>
    (await company.inbox(who)).filter(({ from }) => from.kind === 'bot').map(({ content }) => content)

  await write(group, '12 台')
  await write(person, '你好')
  await post(other)
  expect([await seen('xiaoli'), await seen('wangjie')]).toEqual([[], ['你好']])
  const [waiting] = await db.outboxMessage.findMany({ where: { openId: 'xiaoli' } })
  expect(waiting).toMatchObject({ state: 'pending', tries: 0, error: null })
  await post(holder)
  expect(await seen('xiaoli')).toEqual(['12 台'])

  await stops.shift()?.()
  await eventually(() => lines()[1] === 'connected' || undefined)
  await write(group, '还是 12 台')
  await post(holder)
  expect(await seen('xiaoli')).toHaveLength(1)
  await post(other)
  expect(await seen('xiaoli')).toEqual(['12 台', '还是 12 台'])
})
