import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { type Goods, newGoods, orderOf, receiveGoods } from '../../bench/trade.ts'
import { chance } from '../../prisma/demo/random.ts'
import { expectNothingLostOrDoubled, settled } from './aftermath.ts'
import { type Company, openCompany, prove } from './company.ts'
import { startTrading } from './trading.ts'

// STORM_SEED repeats the chances of a run that failed; STORM_KILLS and STORM_RUSHES make it shorter or longer.
const seed = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000)
const kills = Number(process.env['STORM_KILLS'] ?? 50)
const rushes = Number(process.env['STORM_RUSHES'] ?? 500)
const people = 8
const clients = 64
const pieces = 100
const wantsMax = 7
/** The keeper receives in one go what many rushes are for. */
const goodsAtOnce = 50

const random = chance(seed)
let company: Company
beforeAll(async () => {
  console.log(`two servers on one database, seed ${seed}`)
  company = await openCompany({ houses: 2 })
}, 300_000)
afterAll(() => company?.close(), 90_000)

test(
  `${kills} times one of two servers is killed: approvers on both decide once, every job is done once, nothing is lost or done twice`,
  async () => {
    const trading = startTrading(company, people)
    for (let i = 0; i < kills && !trading.isOver(); i++) {
      const house = random.pick(company.houses)
      await pause(random.whole(500, 4000))
      await house.kill()
      // The other one goes on alone for a while.
      await pause(random.whole(0, 2000))
      await house.start()
    }
    await trading.stop()
    console.log(
      `${trading.deeds.length} deeds, ${trading.approvalIds.length} of them decided by two at once; ` +
        `asked again after ${JSON.stringify([...trading.troubles])}`,
    )
    expect(trading.approvalIds.length, 'two decided at once').toBeGreaterThan(0)
    await expectNothingLostOrDoubled(company, trading)
  },
  kills * 30_000 + 600_000,
)

test(
  `${rushes} times ${clients} sellers on two servers want the last ${pieces} pieces, and as many are sold as there are`,
  async () => {
    const { query } = company
    // What the keeper was asked again above counts for a minute against what one person may ask.
    await pause(61_000)
    let shelf: Goods[] = []
    for (let i = 0; i < rushes; i++) {
      if (shelf.length === 0) shelf = await stockedUp(Math.min(goodsAtOnce, rushes - i))
      const goods = shelf.pop()!
      const wishes = Array.from({ length: clients }, () => random.whole(1, wantsMax))
      const answers = await Promise.all(wishes.map((quantity, client) => order(client, goods, quantity)))
      const sold = answers.reduce((sum, { status, quantity }) => sum + (status === 200 ? quantity : 0), 0)
      expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
      expect(sold).toBeLessThanOrEqual(pieces)
      // Nobody was sent away while there was as much as he wanted.
      const refused = answers.filter(({ status }) => status === 409).map(({ quantity }) => quantity)
      expect(pieces - sold).toBeLessThan(Math.min(...refused))
      const [held] = await query<{ held: string }>(
        'select coalesce(sum(quantity), 0)::text as held from reservation where item_id = $1',
        [goods.id],
      )
      expect(Number(held?.held)).toBe(sold)
    }
    await settled(company)
    await prove(company)
  },
  rushes * 20_000 + 300_000,
)

/** New articles, a hundred pieces of each. */
async function stockedUp(count: number): Promise<Goods[]> {
  const { trade, keeper, query } = company
  const goods = []
  for (let i = 0; i < count; i++) goods.push(await newGoods({ query }, trade.goods[0]!))
  await receiveGoods(keeper, trade.warehouseId, goods, String(pieces))
  return goods
}

async function order(client: number, goods: Goods, quantity: number): Promise<{ status: number; quantity: number }> {
  const { trade, houses } = company
  const seller = trade.sellers[client % trade.sellers.length]!
  const customerId = seller.customers[client % seller.customers.length]!
  const body = orderOf(trade, { id: newId(), customerId, lines: [{ goods, quantity }] })
  const headers = { ...seller.session.headers, 'content-type': 'application/json', 'idempotency-key': newId() }
  for (;;) {
    const { url } = houses[client % houses.length]!
    const answer = await fetch(`${url}/api/orders`, { method: 'POST', headers, body: JSON.stringify(body) })
    await answer.arrayBuffer()
    if (answer.status !== 429) return { status: answer.status, quantity }
    // Nobody may ask for so much in so short a time.
    await pause(1000)
  }
}
