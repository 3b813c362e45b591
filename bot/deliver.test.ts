import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { db } from '#kernel/db'
import { as } from '../server/modules/sales/fixtures/company.ts'
import { type ChatHouse, openChatHouse, wordsOn } from '../server/test/chat-house.ts'
import type { Card } from './card.ts'
import { deliverCard, refreshCopies } from './deliver.ts'

let house: ChatHouse
beforeAll(async () => {
  house = await openChatHouse()
})
afterAll(() => house.stop())

const cardSaying = (text: string): Card => ({ colour: 'blue', title: text, parts: [], buttons: [] })
type About = { subject: string; subjectId: string }

async function sent(about: About): Promise<void> {
  for (const name of ['director', 'chen'] as const)
    await deliverCard(
      [house.platform],
      (await as(name)).personId,
      about,
      `${about.subjectId}:${name}`,
      cardSaying('等待'),
    )
}
const redraw = (about: About, isFinal = true) =>
  refreshCopies([house.platform], about, async () => ({ card: cardSaying('已通过'), isFinal }))
const copies = ({ subjectId }: About) => db.sentCard.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })
const shown = async (name: 'director' | 'chen') => wordsOn((await house.cards(name)).at(-1)?.content)
const aSubject = (): About => ({ subject: 'approval', subjectId: newId() })
/** The next updates of this copy alone do not work. */
const failing = async (about: About, fault: object): Promise<string> => {
  const [first] = await copies(about)
  const { messageId } = (first ?? { handle: {} }).handle as { messageId: string } // written when it was sent
  await house.control('POST', '/feishu/faults', { path: messageId, ...fault })
  return messageId
}

test('a card that is sent again under the same key comes once', async () => {
  const about = aSubject()
  const before = (await house.cards('director')).length
  for (let i = 0; i < 3; i++) await sent(about)
  expect((await house.cards('director')).length - before).toBe(1)
  expect(await copies(about)).toHaveLength(2)
})

test('one copy that cannot be changed keeps no other stale; the queue tries it again until it works', async () => {
  const about = aSubject()
  await sent(about)
  await failing(about, { code: 230020, for: 2, status: 500 })
  await expect(redraw(about)).rejects.toThrow('Feishu refused to update a card: 230020')
  expect(await shown('chen')).toBe('已通过')
  expect(await shown('director')).toBe('等待')
  expect(await copies(about)).toMatchObject([{ state: 'sent', tries: 1 }, { state: 'final' }])
  await expect(redraw(about)).rejects.toThrow(/./)
  await redraw(about)
  expect(await shown('director')).toBe('已通过')
  expect(await copies(about)).toMatchObject([{ state: 'final', tries: 0, error: null }, { state: 'final' }])
})

test('a copy that never works is given up and says why; whatever it is about goes on', async () => {
  const about = aSubject()
  await sent(about)
  await failing(about, { status: 502, for: 100 })
  for (let tries = 1; tries < 6; tries++) await expect(redraw(about)).rejects.toThrow('Feishu')
  await redraw(about)
  const [failed] = await copies(about)
  expect(failed).toMatchObject({ state: 'failed', tries: 6 })
  expect(failed?.error).toContain('502')
  await house.control('DELETE', '/feishu/faults')
  await redraw(about)
  expect(await shown('director')).toBe('等待')
})

test('a card older than fourteen days is recorded as no longer changeable, which is no error', async () => {
  const about = aSubject()
  await sent(about)
  house.clock.advance(15 * 86_400_000)
  await redraw(about)
  for (const copy of await copies(about))
    expect(copy).toMatchObject({ state: 'failed', error: 'the platform no longer lets it be changed', tries: 0 })
})

test('a card that would look the same is not sent again', async () => {
  const about = aSubject()
  await sent(about)
  await redraw(about, false)
  const versions = async () => (await house.cards('director')).at(-1)?.version
  expect(await versions()).toBe(1)
  await redraw(about, false)
  await redraw(about)
  expect(await versions()).toBe(1)
  expect(await copies(about)).toMatchObject([{ state: 'final' }, { state: 'final' }])
})
