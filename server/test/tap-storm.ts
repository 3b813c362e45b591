import { expect } from 'vitest'
import { db } from '#kernel/db'
import { quantile } from '../../bench/benchmark.ts'
import { post } from '../../bot/post.ts'
import type { ClickView, MessageView } from '../../simulator/answers.ts'
import { aCustomer, aFlow, anItem, aRule, as, call, order, stock } from '../modules/sales/fixtures/company.ts'
import { soon } from './at-rest.ts'
import { type Chat, type ChatHouse, openChatHouse } from './chat-house.ts'
import { chatPlatforms } from './chat-platforms.ts'

/** Chance from a seed, so that what went wrong can be made to go wrong again. */
export function chance(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    below: (count: number): number => Math.floor(next() * count),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}
export type Chance = ReturnType<typeof chance>

const approvers = ['director', 'chen'] as const
type Approver = (typeof approvers)[number]
const outcomes = ['sales.order-confirmed', 'sales.order-rejected']
const lateMsMax = 30_000
const tapsMax = 20
const tapAgainMs = 500
const orderStates = { 'sales.order-confirmed': 'confirmed', 'sales.order-rejected': 'rejected' } as const

/** A company whose every order of the storm must be decided by one of two, who are both on every platform. */
export async function openStorm() {
  const house = await openChatHouse({ on: chatPlatforms, isTimed: true, isWorking: true })
  await aFlow({ key: 'credit', approvers: [{ role: 'finance_director' }, { role: 'owner' }] })
  await aRule({
    key: 'credit_over_90',
    condition: { field: 'credit.usedPercent', is: 'gt', value: '90' },
    actions: [{ do: 'require_approval', flow: 'credit' }],
  })
  const bolt = await anItem({ name: '膨胀螺栓' })
  await stock(bolt, { quantity: '900000000' })

  /** How far each inbox has been read: a storm fills them. */
  const read = new Map<string, number>()

  /** An order that waits, with the copies of its card: who has it, where. */
  async function anOrderToDecide(): Promise<Waiting> {
    house.pass(20_000) // WeCom drops what goes beyond thirty messages a minute to one person.
    const customerId = await aCustomer({ creditLimit: '100' })
    const { order: placed } = await order('li', customerId, [{ item: bolt, quantity: '1000' }], {
      submit: true,
      at: new Date(),
    })
    await house.settled()
    const copies = await Promise.all(
      chatPlatforms.flatMap((name) =>
        approvers.map(async (by) => {
          const chat = house.on(name)
          const place = `${name}/${by}`
          const card = (await chat.inbox(by, read.get(place))).findLast(({ kind }) => kind === 'card')
          if (!card) throw new Error(`${by} was not asked on ${name}`)
          read.set(place, card.seq - 1)
          return { chat, by, messageId: card.messageId, after: card.seq - 1 }
        }),
      ),
    )
    return { orderId: placed.id, copies }
  }
  return { house, anOrderToDecide, tally: { pressedAgain: 0 } }
}
export type Storm = Awaited<ReturnType<typeof openStorm>>
type Copy = { chat: Chat; by: Approver; messageId: string; after: number }
type Waiting = { orderId: string; copies: Copy[] }

/** What became of a race: how many decisions it made, and how long after them the last copy of the card showed it. */
type Raced = { decisions: number; shownAfterMs: number }

/** Two of them press within fifty milliseconds of each other, wherever they are, whatever they decide. */
export async function race(storm: Storm, random: Chance): Promise<Raced> {
  const { house } = storm
  const { orderId, copies } = await storm.anOrderToDecide()
  const hers = random.of(copies.filter(({ by }) => by === 'director'))
  const his = random.of(copies.filter(({ by }) => by === 'chen'))
  const taps = [hers, his, ...(random.next() < 0.3 ? [random.of([hers, his])] : [])]
  let firstAt = Infinity
  const pressed = taps.map(async (copy) => {
    await new Promise((resolve) => setTimeout(resolve, random.next() * 50))
    firstAt = Math.min(firstAt, performance.now())
    return { copy, view: await tap(storm, copy, random) }
  })
  const lastShown = allShown(orderId).then(() => performance.now())
  const tapped = await Promise.all(pressed)
  const shownAfterMs = (await lastShown) - firstAt // from the press, which is before its commit: rather too long than too short
  await house.settled()
  await expectAllTold(tapped)
  return { decisions: await expectOneEnd(orderId, copies), shownAfterMs }
}

/** Waits until each platform has taken the last drawing of each copy. */
async function allShown(orderId: string): Promise<void> {
  const { id: subjectId } = await db.approval.findFirstOrThrow({ where: { documentId: orderId } })
  const behind = { subject: 'approval', subjectId, state: { in: ['pending', 'sent', 'failed'] } }
  const shown = async () => (await db.outboxMessage.count({ where: behind })) === 0
  await soon(shown).catch(async () => {
    const copies = await db.outboxMessage.findMany({ where: behind, omit: { content: true, handle: true } })
    throw new Error(`These copies are still behind: ${JSON.stringify(copies)}`)
  })
}

/** How long it took until all copies were final, in words. The clock is the real one, whatever time passes for the house. */
export function shownWithin(races: readonly Raced[]): { p95Ms: number; words: string } {
  const waitsMs = races.map(({ shownAfterMs }) => shownAfterMs)
  const at = (share: number): number => Math.round(quantile(waitsMs, share))
  const words = `every copy final after ${at(0.5)} ms (median), ${at(0.95)} ms (p95), ${at(1)} ms (worst) of ${races.length}`
  return { p95Ms: at(0.95), words }
}

/** Somebody presses; when the platform says that the app could not be reached (its line is down for a moment), he presses again. */
async function tap({ tally }: Storm, { chat, by, messageId }: Copy, random: Chance): Promise<ClickView> {
  const button = chat.card.takesWords && random.next() < 0.4 ? 'reject' : 'approve'
  const form = chat.card.takesWords ? { form: { comment: '看过了' } } : {}
  for (let left = tapsMax; ; left--) {
    const view = await chat.taps(by, messageId, button, { version: 0, ...form })
    if (!view.isUnanswered || left === 1) return view
    tally.pressedAgain++
    await new Promise((resolve) => setTimeout(resolve, tapAgainMs))
  }
}

type Tapped = { copy: Copy; view: ClickView }

/** Whoever taps is told what became of it: at once, or, where that takes longer than the platform waits, by a message. */
async function expectAllTold(tapped: Tapped[]): Promise<void> {
  for (const { copy, view } of tapped) expect(view.isUnanswered, `${placeOf(copy)} was left waiting`).toBeUndefined()
  const late = tapped.filter(({ copy, view }) => !isToldAtOnce(copy, view)).map(({ copy }) => copy)
  for (const copy of late) {
    const messages = async () =>
      (await copy.chat.inbox(copy.by, copy.after)).filter(({ kind, from }) => kind === 'text' && from.kind === 'bot')
    const count = late.filter((other) => placeOf(other) === placeOf(copy)).length
    await expect
      .poll(async () => (await messages()).length, { timeout: lateMsMax, message: `${placeOf(copy)} is told later` })
      .toBeGreaterThanOrEqual(count)
  }
}

const isToldAtOnce = ({ chat }: Copy, { toast, card }: ClickView): boolean =>
  (toast?.content ?? '') !== '' || chat.card.words(card) !== ''

const placeOf = ({ chat, by }: Copy): string => `${by} on ${chat.name}`

/** One decision, the order in the state that it says, and every card that somebody still has tells of it. */
async function expectOneEnd(orderId: string, copies: Copy[]): Promise<number> {
  const told = await db.event.findMany({
    where: { name: { in: outcomes }, body: { path: ['orderId'], equals: orderId } },
  })
  expect(told.length, 'decisions').toBe(1)
  const { state, number } = await db.salesOrder.findUniqueOrThrow({ where: { id: orderId } })
  expect(state).toBe(orderStates[told[0]!.name as keyof typeof orderStates]) // one of the two that were asked for
  for (const name of chatPlatforms) {
    const ofPlatform = copies.filter(({ chat }) => chat.name === name)
    const ends = await Promise.all(ofPlatform.map((copy) => endOf(copy, number ?? '')))
    for (const end of ends) expect(end.buttons, `${name}: nothing is left to press`).toEqual([])
    expect(ends[0]?.shown, `${name}: both have the same card`).toEqual(ends[1]?.shown)
  }
  return told.length
}

/** The newest card that tells somebody of this order: the copy itself, or the one that came in its place. */
async function endOf({ chat, by, after }: Copy, number: string) {
  const cards = (await chat.inbox(by, after)).filter(({ content }) => chat.card.words(content).includes(number))
  const { content } = cards.at(-1) as MessageView // he was sent one when he was asked
  return { shown: chat.card.shown(content), buttons: chat.card.buttons(content) }
}

/** What befalls a tap on its way, and what befalls the platforms meanwhile. */
const mishaps = ['none', 'none', 'none', 'twice', 'held back', 'outage', 'slow', 'old'] as const

/** Tap after tap on few orders, some repeated, late, held back, while platforms fail: then all is well again, and all cards tell the truth. Answers how many were answered. */
export async function tapAround(storm: Storm, random: Chance, taps: number): Promise<number> {
  const { house, anOrderToDecide } = storm
  const waiting = [await anOrderToDecide(), await anOrderToDecide()]
  const tapped: Tapped[] = []
  const underWay: Promise<number>[] = []
  for (let i = 0; i < taps; i++) {
    const copy = random.of(random.of(waiting).copies)
    const mishap = random.of(mishaps)
    if (mishap === 'old') await Promise.all(underWay.splice(0)) // or hours would pass while a tap waits for its answer
    await befall(house, copy, mishap, random)
    underWay.push(tap(storm, copy, random).then((view) => tapped.push({ copy, view })))
    if (random.next() < 0.5) await Promise.all(underWay.splice(0))
    if (random.next() < 0.3) await house.settled()
  }
  await Promise.all(underWay)
  await recover(house)
  await expectAllTold(tapped)
  for (const { orderId, copies } of waiting) {
    const { state, version } = await db.salesOrder.findUniqueOrThrow({ where: { id: orderId } })
    // Nobody happened to decide: whoever asked takes it back.
    if (state === 'submitted') await call(await as('li', new Date()), 'withdrawOrder', { id: orderId, version })
    await house.settled()
    if (state !== 'submitted') await expectOneEnd(orderId, copies)
  }
  return tapped.length
}

async function befall(
  house: ChatHouse,
  { chat }: Copy,
  mishap: (typeof mishaps)[number],
  random: Chance,
): Promise<void> {
  const fault = (body: object) => chat.control('POST', `/${chat.name}/faults`, body)
  if (mishap === 'twice') await fault({ on: 'callback', duplicate: true })
  if (mishap === 'outage') await fault({ on: 'api', status: 503, for: 1 + random.below(6) })
  if (mishap === 'slow') await fault({ on: 'callback', latencyMs: random.below(40) })
  if (mishap === 'held back') await new Promise((resolve) => setTimeout(resolve, random.next() * 30))
  if (mishap === 'old') house.pass(random.below(80) * 3_600_000)
}

/** The platforms work again, and what had to wait is posted. */
async function recover(house: ChatHouse): Promise<void> {
  for (const name of chatPlatforms) await house.on(name).control('DELETE', `/${name}/faults`)
  await house.settled()
  for (let minutes = 3; minutes <= 12; minutes += 3) {
    const later = (): Date => new Date(Date.now() + minutes * 60_000)
    for (const platform of house.platforms) await post(platform, later)
    await house.settled()
  }
}
