import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { db, inTransaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { perform } from '#kernel/perform'
import { outboxActions } from '#server/outbox'
import { as, type Name, names } from '../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse } from '../server/test/chat-house.ts'
import { eventually } from '../simulator/test-eventually.ts'
import type { Card } from './card.ts'
import { deliverCard } from './deliver.ts'
import { post, startPost } from './post.ts'
import { takeDue } from './take-due.ts'
import type { Limits, Platform } from './platforms/platform.ts'

let house: ChatHouse
let feishu: Platform
beforeAll(async () => {
  house = await openChatHouse({ on: ['feishu', 'wecom'] })
  feishu = house.on('feishu').platform
})
afterAll(() => house.stop())
afterEach(async () => {
  for (const name of ['feishu', 'wecom'] as const) await house.on(name).control('DELETE', `/${name}/faults`)
  await db.outboxMessage.updateMany({ where: { state: 'pending' }, data: { state: 'failed', dueAt: null } })
  await db.sendPace.deleteMany()
  await db.platformUse.deleteMany()
})

const tell = (title: string): Card => ({ colour: 'blue', title, parts: [], buttons: [] })
const ask = (title: string): Card => ({
  ...tell(title),
  buttons: [{ name: 'approve', label: '同意', look: 'primary', act: 'approvals.vote', args: {} }],
})

/** Writes cards down for somebody, on one platform; nobody posts them yet. */
async function written(on: Platform, name: Name, cards: Card[], subjectId = newId()): Promise<string> {
  const { personId } = await as(name)
  await perform(
    systemCaller(new Date()),
    async (tx, caller) => {
      for (const [i, card] of cards.entries())
        await deliverCard(tx, caller, [on], { subject: 'order', subjectId, personId, key: `${subjectId}/${i}` }, card)
    },
    undefined,
  )
  return subjectId
}
const rows = (subjectId: string) => db.outboxMessage.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })
const states = async (subjectId: string) => (await rows(subjectId)).map(({ state }) => state)
const feishuTitles = async (name: Name): Promise<string[]> => {
  const chat = house.on('feishu')
  return (await chat.cards(name)).map(({ content }) => chat.card.words(content))
}
const limited = (limits: Partial<Limits>): Platform => ({ ...feishu, limits: { ...feishu.limits, ...limits } })
/** As if so many milliseconds had passed since the last turns were taken. */
const turnsAgo = (ms: number) =>
  db.$executeRaw`update send_pace set free_at = free_at - ${ms} * interval '1 millisecond'`

test('a platform that does not answer delays its own cards only', async () => {
  const wecom = house.on('wecom')
  await wecom.control('POST', '/wecom/faults', { on: 'api', latencyMs: 3_600_000, for: 1 })
  const onWecom = await written(wecom.platform, 'zhao', [tell('慢')])
  const onFeishu = await written(feishu, 'zhao', [tell('快')])
  const slow = post(wecom.platform)
  await post(feishu)
  expect(await states(onFeishu)).toEqual(['sent'])
  expect(await states(onWecom)).toEqual(['pending'])
  house.clock.advance(3_600_000)
  await slow
})

test('a platform that talks nonsense delays its own cards only, and they come when it talks sense again', async () => {
  const wecom = house.on('wecom')
  await wecom.control('POST', '/wecom/faults', { on: 'api', path: 'message/send', status: 502, for: 3 })
  const onWecom = await written(wecom.platform, 'liu', [tell('甲'), tell('乙')])
  const onFeishu = await written(feishu, 'liu', [tell('丙')])
  await house.settled()
  expect(await states(onFeishu)).toEqual(['sent'])
  expect(await states(onWecom)).toEqual(['pending', 'pending'])
  for (let minutes = 1; minutes < 8; minutes++)
    await post(wecom.platform, () => new Date(Date.now() + minutes * 60_000))
  expect(await states(onWecom)).toEqual(['sent', 'sent'])
})

test('what had to wait goes when it is due, without anybody asking', async () => {
  const subject = await written(feishu, 'zhao', [tell('到点')])
  await db.outboxMessage.updateMany({ where: { subjectId: subject }, data: { dueAt: new Date(Date.now() + 100) } })
  const stop = startPost([feishu], 20)
  await eventually(async () => (await states(subject))[0] === 'sent' || undefined)
  await stop()
  expect(await states(subject)).toEqual(['sent'])
})

test('what had to wait for its turn goes when the turn comes, not when somebody next looks', async () => {
  const slow = limited({ person: { perMinute: 200, atOnce: 1 } })
  const asked = [await written(feishu, 'liu', [ask('先批')]), await written(feishu, 'liu', [ask('后批')])]
  const stop = startPost([slow], 3_600_000)
  await eventually(async () => (await states(asked[1]!))[0] === 'sent' || undefined)
  await stop()
  expect(await states(asked[0]!)).toEqual(['sent'])
})

test('what is written of one document comes in the order in which it was written', async () => {
  await house
    .on('feishu')
    .control('POST', '/feishu/faults', { on: 'api', path: '/im/v1/messages', status: 503, for: 1 })
  const subject = await written(feishu, 'he', [tell('第一'), tell('第二'), tell('第三')])
  await post(feishu)
  expect(await states(subject)).toEqual(['pending', 'pending', 'pending'])
  await post(feishu, () => new Date(Date.now() + 60_000))
  expect((await feishuTitles('he')).slice(-3)).toEqual(['第一', '第二', '第三'])
})

test('several processes post side by side, and each message comes once', async () => {
  // A few for each of them: Feishu takes five a second for one person.
  for (const name of names) for (let i = 0; i < 4; i++) await written(feishu, name, [tell(`第 ${i} 条`)])
  await Promise.all(Array.from({ length: 4 }, () => post({ ...feishu })))
  for (const name of names)
    expect((await feishuTitles(name)).filter((title) => /^第 \d 条/.test(title)).toSorted()).toEqual([
      '第 0 条',
      '第 1 条',
      '第 2 条',
      '第 3 条',
    ])
})

test('those who take turns at one moment wait for each other in one order, so that nobody’s work is undone', async () => {
  // As many as are taken at once, so that the second to come begins with another person than the first.
  const messages = Array.from({ length: 10 }, (_, i) => tell(`第 ${i} 条`))
  for (const name of ['wang', 'lin', 'lin'] as const) for (const card of messages) await written(feishu, name, [card])
  const caller = systemCaller(new Date())
  let second: Promise<unknown> | undefined
  await inTransaction(async (tx) => {
    await takeDue(tx, caller, feishu)
    second = inTransaction((other) => takeDue(other, caller, feishu))
    second.catch(() => {})
    await eventually(async () => {
      const [waits] = await db.$queryRaw<{ waiting: boolean }[]>`
        select count(*) > 0 as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      return waits?.waiting || undefined
    })
    await takeDue(tx, caller, feishu)
  })
  await expect(second).resolves.toHaveProperty('taken')
})

test('a send that was cut off is taken up by another process, under the key that the platform drops a repeat by', async () => {
  const subject = await written(feishu, 'wang', [tell('一次')])
  await post(feishu)
  const before = (await feishuTitles('wang')).length
  // The process died after sending and before it could write that down.
  const cutOff = { state: 'pending', handle: undefined, sentAt: null, shown: '', dueAt: new Date() }
  await db.$executeRaw`update outbox_message set handle = null, state = 'pending', due_at = now(), claimed_until = now() + interval '1 minute' where subject_id = ${subject}`
  await post(feishu)
  expect(await states(subject)).toEqual([cutOff.state])
  await db.outboxMessage.updateMany({
    where: { subjectId: subject },
    data: { claimedUntil: new Date(Date.now() - 1000) },
  })
  await post(feishu)
  expect(await states(subject)).toEqual(['sent'])
  expect((await feishuTitles('wang')).length).toBe(before)
})

test('a hundred messages for one person in a minute come as a few and one digest, and none is lost', async () => {
  const slow = limited({ person: { perMinute: 20, atOnce: 4 } })
  const before = (await feishuTitles('lin')).length
  for (let i = 0; i < 100; i++) await written(feishu, 'lin', [tell(`提醒 ${i}`)])
  for (let second = 0; second < 3; second++) await post(slow)
  expect((await feishuTitles('lin')).length - before).toBe(4)
  await turnsAgo(3000)
  await post(slow, () => new Date(Date.now() + 3000))
  const titles = await feishuTitles('lin')
  expect(titles.length - before).toBe(5)
  expect(titles.at(-1)).toContain('96 条消息')
  const lin = await as('lin')
  const mine = { personId: lin.personId, title: { startsWith: '提醒' } }
  expect(
    await db.outboxMessage.groupBy({ by: ['state'], where: mine, _count: true, orderBy: { state: 'asc' } }),
  ).toEqual([
    { state: 'merged', _count: 96 },
    { state: 'sent', _count: 4 },
  ])
}, 60_000)

test('what may have arrived is no line of a digest either: it goes again under its own key', async () => {
  const slow = limited({ person: { perMinute: 1, atOnce: 1 } })
  const begun = await written(feishu, 'zhao', [tell('也许到了')])
  // The process died after sending and before it could write that down; meanwhile there is more to tell.
  await post(slow)
  await db.$executeRaw`update outbox_message set handle = null, sent_at = null, state = 'pending', shown = '', due_at = now(), claimed_until = now() - interval '1 second' where subject_id = ${begun}`
  for (let i = 0; i < 4; i++) await written(feishu, 'zhao', [tell(`还有 ${i}`)])
  for (let minute = 0; minute < 3; minute++) {
    await post(slow, () => new Date(Date.now() + minute * 61_000))
    await turnsAgo(61_000)
  }
  expect(await states(begun)).toEqual(['sent'])
  const titles = await feishuTitles('zhao')
  expect(titles.filter((words) => words.includes('也许到了'))).toHaveLength(1)
})

test('what asks for a decision is never a line of a digest: it waits for its turn', async () => {
  const slow = limited({ person: { perMinute: 20, atOnce: 1 } })
  const asked: string[] = []
  for (let i = 0; i < 5; i++) asked.push(await written(feishu, 'chen', [ask(`审批 ${i}`)]))
  await post(slow)
  for (let i = 1; i < 5; i++) {
    await turnsAgo(3000)
    await post(slow, () => new Date(Date.now() + i * 4000))
  }
  for (const subject of asked) expect(await states(subject)).toEqual(['sent'])
})

test('an app keeps to its calls a minute, all processes together', async () => {
  const slow = limited({ app: { perMinute: 6, atOnce: 10 } })
  for (const name of names) for (let i = 0; i < 3; i++) await written(feishu, name, [tell(`然后 ${i}`)])
  await Promise.all([post(slow), post(slow), post(slow)])
  const sent = () => db.platformUse.findFirst({ where: { platform: 'feishu' } })
  expect(await sent()).toMatchObject({ calls: 10 })
  await turnsAgo(50_000)
  await Promise.all([post(slow), post(slow)])
  expect(await sent()).toMatchObject({ calls: 15 })
})

test('as the calls of a month run out, what only tells waits for a digest and decisions go on', async () => {
  const free = limited({ month: { calls: 10, deliveries: 10 } })
  for (let i = 0; i < 8; i++) await written(feishu, 'director', [tell(`早 ${i}`)])
  await post(free)
  const late = []
  for (let i = 0; i < 6; i++) late.push(await written(feishu, 'director', [tell(`晚 ${i}`)]))
  const decision = await written(feishu, 'director', [ask('要批')])
  await post(free)
  for (const subject of late) expect(await states(subject)).toEqual(['merged'])
  expect(await states(decision)).toEqual(['sent'])
  expect((await feishuTitles('director')).at(-1)).toContain('要批')
  await post(free, () => new Date(Date.now() + 4 * 3_600_000))
  expect((await feishuTitles('director')).at(-1)).toContain('6 条消息')
  const { platforms } = await outboxActions.platformUse(db, systemCaller(new Date()), {})
  expect(platforms.find(({ platform }) => platform === 'feishu')).toMatchObject({ calls: 10, callsMax: 10 })
})

test('a platform that asks to wait is left alone for as long as it says', async () => {
  const subject = await written(feishu, 'li', [tell('稍后')])
  await house
    .on('feishu')
    .control('POST', '/feishu/faults', { on: 'api', path: '/im/v1/messages', status: 429, for: 3, code: 99991400 })
  await post(feishu)
  const [waiting] = await rows(subject)
  expect(waiting).toMatchObject({ state: 'pending', tries: 0, error: expect.stringContaining('99991400') })
  await post(feishu, () => new Date(waiting!.dueAt!.getTime() + 1))
  expect(await states(subject)).toEqual(['sent'])
})

test('what nobody could deliver is on the administrator’s list with its reason, and goes when he has it sent again', async () => {
  const list = async () =>
    (await outboxActions.undelivered(db, systemCaller(new Date()), { limit: 100 })).rows.filter(
      ({ title }) => title === '送不到',
    )
  await house
    .on('feishu')
    .control('POST', '/feishu/faults', { on: 'api', path: '/im/v1/messages', code: 230013, status: 400, for: 1 })
  const subject = await written(feishu, 'zhao', [tell('送不到')])
  await post(feishu)
  const [row, ...more] = await list()
  expect(more).toEqual([])
  expect(row).toMatchObject({
    platform: 'feishu',
    person: { name: '老赵' },
    what: 'unsent',
    reason: expect.stringContaining('230013'),
  })
  await perform(systemCaller(new Date()), outboxActions.sendAgain, { id: row!.id })
  await house.settled()
  expect(await states(subject)).toEqual(['sent'])
  expect(await list()).toEqual([])
  expect((await feishuTitles('zhao')).at(-1)).toBe('送不到')

  await db.outboxMessage.updateMany({ where: { subjectId: subject }, data: { state: 'failed' } })
  expect((await perform(systemCaller(new Date()), outboxActions.sendAllAgain, {})).count).toBeGreaterThan(0)
  await eventually(async () => {
    await house.settled()
    return (await list()).length === 0 || undefined
  })
})
