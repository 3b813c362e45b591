import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { Refusal } from '#contract'
import { systemCaller } from '#kernel/caller'
import { addDays, dayAt } from '#kernel/days'
import { db } from '#kernel/db'
import { refusedAs } from '#kernel/events'
import { newId } from '#kernel/ids'
import { perform } from '#kernel/perform'
import { releaseExpired } from '#server/modules/inventory'
import {
  aCustomer,
  announce,
  anItem,
  as,
  assertSound,
  call,
  lines,
  main,
  order,
  receive,
  stock,
  type TestItem,
} from '../modules/sales/fixtures/company.ts'
import type { ChatHouse } from './chat-house.ts'
import type { Chance } from './tap-storm.ts'

const free = 10
const onTheWay = 5
const heldForAnother = 2
const inAll = free + heldForAnother + onTheWay
const daysAway = 4
const wanted = { li: 6, he: 7 } as const
type Seller = keyof typeof wanted
const sellers = ['li', 'he'] as const
const dayMs = 86_400_000
const withinMs = 40

/**
 * Ten hammers are free, two are held for a quotation that nobody has accepted, five are on their way. Two sellers want six and seven within a
 * moment, each sends once or more often, and the hold may end meanwhile. Whatever comes first: one gets his; the other is told what is truly
 * left, takes that, and gets the rest as it comes. Answers how many are held for them in the end, and how many they asked for.
 */
export async function twoSellersTenHammers(house: ChatHouse, random: Chance): Promise<{ sold: number; asked: number }> {
  const at = new Date()
  const arrivesOn = addDays(dayAt(at), daysAway)
  const { hammer, coming } = await hammers(arrivesOn)
  const quotationId = await holdForAnother(hammer, { from: new Date(at.getTime() - dayMs), until: at })
  const endHold = () => perform(systemCaller(new Date()), releaseExpired, undefined)

  const orders = await Promise.all(sellers.map((seller) => orderOf(seller, hammer, at)))
  const endsMeanwhile = random.next() < 0.4
  const [outcomes] = await Promise.all([
    Promise.all(orders.map((submit) => sentOften(submit, random))),
    endsMeanwhile && pause(random.next() * withinMs).then(endHold),
  ])
  const lostAt = outcomes.findIndex((one) => one instanceof Refusal)
  const [loser, winner] = lostAt === 0 ? sellers : sellers.toReversed()
  const left = free - wanted[winner]
  expect(outcomes.filter((one) => one instanceof Refusal)).toHaveLength(1)
  expect(outcomes[lostAt]).toMatchObject({
    code: 'out_of_stock',
    facts: { lines: [{ incoming: [{ on: arrivesOn }] }] },
  })
  if (endsMeanwhile) await house.settled()
  const leftNow = left + (endsMeanwhile ? heldForAnother : 0)
  expect(await askedTwice(house, loser, hammer)).toContain(`${leftNow} 台`)

  const { order: part } = await orders[lostAt]!({ backorder: true })
  expect(part.lines[0]).toMatchObject({ reserved: String(leftNow), promisedOn: arrivesOn })
  await endHold()
  await house.settled()
  expect((await db.quotation.findUniqueOrThrow({ where: { id: quotationId } })).heldUntil).toBeNull()
  await receive(coming)
  await house.settled()
  const { onHand, reserved } = await levels(hammer)
  expect(onHand).toBe(inAll)
  expect(await serialsIn(hammer), 'which pieces go is settled when they are picked').toBe(inAll)
  expect(await db.salesOrderLine.count({ where: { itemId: hammer.id } }), 'orders').toBe(sellers.length)
  await assertSound()
  return { sold: reserved, asked: wanted.li + wanted.he }
}

async function hammers(arrivesOn: string): Promise<{ hammer: TestItem; coming: string }> {
  const hammer = await anItem({ name: '电锤', units: [['台', 1]], tracking: 'serial', listPrice: '600' })
  const pieces = (count: number, mark: string) => ({
    quantity: String(count),
    unitCost: '380',
    serials: Array.from({ length: count }, (_, i) => `${mark}${i}-${hammer.code}`),
  })
  await stock(hammer, pieces(free + heldForAnother, 'S'))
  return { hammer, coming: await announce(hammer, { ...pieces(onTheWay, 'N'), on: arrivesOn }) }
}

/** Yesterday somebody asked for two to be held until today. */
async function holdForAnother(hammer: TestItem, { from, until }: { from: Date; until: Date }): Promise<string> {
  const seller = await as('li', from)
  const { quotation } = await call(seller, 'createQuotation', {
    id: newId(),
    customerId: await aCustomer(),
    warehouseId: main,
    validUntil: addDays(dayAt(until), daysAway),
    submit: true,
    lines: lines({ item: hammer, quantity: String(heldForAnother) }),
  })
  const { id, version } = quotation
  await call(seller, 'holdQuotation', { id, version, until: until.toISOString() })
  return id
}

/** What a seller sends: one order, with one key, however often it is sent. */
async function orderOf(seller: Seller, hammer: TestItem, at: Date) {
  const customerId = await aCustomer({ owner: seller })
  const same = { submit: true, id: newId(), at }
  return (changes: { backorder?: boolean } = {}) =>
    order(seller, customerId, [{ item: hammer, quantity: String(wanted[seller]) }], {
      ...same,
      ...changes,
      key: `${same.id}${changes.backorder ? ' split' : ''}`,
    })
}
type Submit = Awaited<ReturnType<typeof orderOf>>

/** Sends it once to three times, each after a moment; what became of it is the same each time. */
async function sentOften(submit: Submit, random: Chance): Promise<Awaited<ReturnType<Submit>> | Refusal> {
  const sent = Array.from({ length: 1 + random.below(3) }, async () => {
    await pause(random.next() * withinMs)
    return submit().catch((error: unknown) => refusedAs(error, (refusal) => refusal))
  })
  const [first, ...again] = await Promise.all(sent)
  for (const one of again) expect(one instanceof Refusal).toBe(first instanceof Refusal)
  return first!
}

/** He asks the bot how many there are; the platform brings his message twice, and he is answered once. */
async function askedTwice(house: ChatHouse, seller: Seller, hammer: TestItem): Promise<string> {
  await house.control('POST', '/feishu/faults', { on: 'callback', duplicate: true })
  const answers = await house.says(seller, `${hammer.code} 还有几个`)
  expect(answers).toHaveLength(1)
  return house.card.words(answers[0]!.content)
}

const levels = async (hammer: TestItem) => {
  const { onHand, reserved } = await db.stockBalance.findFirstOrThrow({ where: { itemId: hammer.id } })
  return { onHand: Number(onHand), reserved: Number(reserved) }
}

const serialsIn = (hammer: TestItem): Promise<number> =>
  db.serial.count({ where: { itemId: hammer.id, state: 'in_stock' } })
