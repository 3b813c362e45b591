import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { perform } from '#kernel/perform'
import { as } from '../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse } from '../server/test/chat-house.ts'
import { eventually } from '../simulator/test-eventually.ts'
import type { Card } from './card.ts'
import { deliverCard, refreshCopies } from './deliver.ts'
import { lockSubject } from './outbox-store.ts'
import { post } from './post.ts'

let house: ChatHouse
beforeAll(async () => {
  house = await openChatHouse()
})
afterAll(() => house.stop())

const cardSaying = (text: string): Card => ({ colour: 'blue', title: text, parts: [], buttons: [] })
const waiting: Card = {
  ...cardSaying('等待'),
  buttons: [{ name: 'approve', label: '同意', look: 'primary', act: 'approvals.vote', args: {} }],
}
type About = { subject: string; subjectId: string }
const people = ['director', 'chen'] as const

const written = async (about: About, card = waiting): Promise<void> => {
  for (const name of people) {
    const { personId } = await as(name)
    const copy = { ...about, personId, key: `${about.subjectId}:${name}` }
    await perform(
      systemCaller(new Date()),
      (tx, caller) => deliverCard(tx, caller, house.platforms, copy, card),
      undefined,
    )
  }
  await house.settled()
}
const redraw = async (about: About, isFinal = true): Promise<void> => {
  const draw = async () => ({ card: cardSaying('已通过'), isFinal })
  await perform(
    systemCaller(new Date()),
    (tx, caller) => refreshCopies(tx, caller, house.platforms, about, draw),
    undefined,
  )
  await house.settled()
}
const copies = ({ subjectId }: About) => db.outboxMessage.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })
const shown = async (name: (typeof people)[number]) => house.card.words((await house.newest(name)).content)
const aSubject = (): About => ({ subject: 'approval', subjectId: newId() })
/** Posts as if so many minutes had passed. */
const postAfter = (minutes: number): Promise<void> =>
  post(house.platform, () => new Date(Date.now() + minutes * 60_000))
/** The next updates of the first copy alone do not work. */
const failing = async (about: About, fault: object): Promise<void> => {
  const [first] = await copies(about)
  const { messageId } = first!.handle as { messageId: string } // written when it was sent
  await house.control('POST', '/feishu/faults', { path: messageId, ...fault })
}

test('a card that is written again under the same key comes once', async () => {
  const about = aSubject()
  const before = (await house.cards('director')).length
  for (let i = 0; i < 3; i++) await written(about)
  expect((await house.cards('director')).length - before).toBe(1)
  expect(await copies(about)).toHaveLength(2)
})

test('one copy that cannot be changed keeps no other stale; it is tried again, later each time, until it works', async () => {
  const about = aSubject()
  await written(about)
  await failing(about, { code: 230020, for: 2, status: 400 })
  await redraw(about)
  expect(await shown('chen')).toContain('已通过')
  expect(await shown('director')).toContain('等待')
  expect(await copies(about)).toMatchObject([{ state: 'sent', tries: 1 }, { state: 'final' }])
  await postAfter(0)
  expect(await copies(about)).toMatchObject([{ tries: 1 }, {}])
  await postAfter(1)
  expect(await copies(about)).toMatchObject([{ tries: 2, error: expect.stringContaining('230020') }, {}])
  await postAfter(2)
  expect(await shown('director')).toContain('已通过')
  expect(await copies(about)).toMatchObject([
    { state: 'final', tries: 0, error: null, dueAt: null },
    { state: 'final' },
  ])
})

test('a platform that goes on refusing is left alone, which is written down; one that cannot be reached is tried for a day', async () => {
  const [refused, unreached] = [aSubject(), aSubject()]
  await written(refused)
  await failing(refused, { code: 230020, status: 400, for: 100 })
  await redraw(refused)
  for (let minutes = 5; minutes <= 60; minutes += 5) await postAfter(minutes)
  expect(await copies(refused)).toMatchObject([{ state: 'failed', dueAt: null }, { state: 'final' }])

  await written(unreached)
  await failing(unreached, { status: 502, for: 100 })
  await redraw(unreached)
  for (let minutes = 5; minutes <= 60; minutes += 5) await postAfter(minutes)
  expect(await copies(unreached)).toMatchObject([{ state: 'sent', tries: 13 }, { state: 'final' }])
  await house.control('DELETE', '/feishu/faults')
  await postAfter(65)
  expect(await shown('director')).toContain('已通过')
})

test('a copy that was given up is tried anew when there is something new to show', async () => {
  const about = aSubject()
  await written(about)
  await db.outboxMessage.updateMany({ where: about, data: { state: 'failed', dueAt: null } })
  await redraw(about)
  expect(await copies(about)).toMatchObject([{ state: 'final' }, { state: 'final' }])
  expect(await shown('director')).toContain('已通过')
})

test('who still waits before a card that can no longer be changed gets the outcome as a new one, once', async () => {
  const about = aSubject()
  await written(about)
  house.clock.advance(15 * 86_400_000)
  const before = (await house.cards('director')).length
  for (let i = 0; i < 3; i++) await redraw(about)
  expect((await house.cards('director')).length - before).toBe(1)
  expect(await shown('director')).toContain('已通过')
  expect((await copies(about)).map(({ state }) => state).sort()).toEqual(['closed', 'closed', 'final', 'final'])
})

test('nobody is sent a second card of what only told him something', async () => {
  const about = aSubject()
  await written(about, cardSaying('已出库'))
  house.clock.advance(15 * 86_400_000)
  await redraw(about)
  expect(await copies(about)).toMatchObject([{ state: 'closed' }, { state: 'closed' }])
})

test('a card that would look the same is not sent again', async () => {
  const about = aSubject()
  await written(about)
  await redraw(about, false)
  const version = async () => (await house.newest('director')).version
  expect(await version()).toBe(1)
  await redraw(about, false)
  await redraw(about)
  expect(await version()).toBe(1)
  expect(await copies(about)).toMatchObject([{ state: 'final' }, { state: 'final' }])
})

test('a copy that is being written while its subject changes is redrawn with the others', async () => {
  const about = aSubject()
  const { personId } = await as('director')
  const [written, commit] = [signal(), signal()]
  const writing = perform(
    systemCaller(new Date()),
    async (tx, caller) => {
      await lockSubject(tx, about)
      await deliverCard(tx, caller, house.platforms, { ...about, personId, key: about.subjectId }, waiting)
      written.give()
      await commit.given
    },
    undefined,
  )
  await written.given
  let isRedrawn = false
  const redrawing = redraw(about).then(() => (isRedrawn = true))
  await eventually(async () => {
    const [locks] = await db.$queryRaw<{ waiting: bigint }[]>`
      select count(*) as waiting from pg_locks where locktype = 'advisory' and not granted`
    return isRedrawn || (locks?.waiting ?? 0n) > 0n || undefined
  })
  commit.give()
  await Promise.all([writing, redrawing])
  expect(await copies(about)).toMatchObject([{ state: 'final' }])
  expect(await shown('director')).toContain('已通过')
})

test('what changes while a card waits to be sent is what is sent', async () => {
  const about = aSubject()
  await house.control('POST', '/feishu/faults', { on: 'api', path: '/im/v1/messages', status: 503, for: 2 })
  await written(about)
  await redraw(about)
  await postAfter(1)
  for (const name of people) expect(await house.newest(name)).toMatchObject({ version: 0 })
  expect(await shown('director')).toContain('已通过')
  expect(await copies(about)).toMatchObject([{ state: 'final' }, { state: 'final' }])
})

function signal(): { given: Promise<void>; give: () => void } {
  let give = (): void => {}
  const given = new Promise<void>((resolve) => (give = resolve))
  return { given, give: () => give() }
}
