import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'
import { type Benchmark, duration, latencies, rate } from './benchmark.ts'
import { closedLoop, type Loop } from './closed-loop.ts'
import type { OpenCompany } from './open-company.ts'
import { type OrderLimit, orderLimit } from './order-limit.ts'
import { rowsOfOrder } from './order-rows.ts'
import { addedEach, countRows } from './row-counts.ts'
import { nextSale, orderOf, type Sale } from './trade.ts'

const clientCounts = [1, 4, 16]
/** House and limit take turns, so that a machine that is busy for a while is so for both. */
const turns = 2
/** Until the engine has compiled what an order runs through. */
const warmUpMs = 10_000
const houseMs = 2_500
const limitMs = 1_500

/** Orders of five lines, submitted over HTTP, beside bare SQL that writes the same rows. */
export const orderSubmit = (name: string, on: 'open company' | 'large company'): Benchmark => ({
  name,
  on,
  run: async (company, report) => {
    const { house, size } = company
    await closedLoop(16, warmUpMs, () => submit(company))
    const limit = await orderLimit(company, await rowsOfOrder(company.database, await orderToCopy(company)), 16)
    try {
      for (const clients of clientCounts) {
        const name = `order-submit/${size}/${clients}-clients`
        const before = await house.usage()
        const { house: ours, limit: best } = await takeTurns(company, limit, clients)
        const used = (await house.usage()).cpuSeconds - before.cpuSeconds
        const tookMs = ours.flatMap((loop) => loop.latenciesMs)
        report(rate(name, average(ours), 'orders/s', average(best)))
        for (const figure of latencies(name, tookMs)) report(figure)
        report(duration(`${name}/server-cpu`, (used * 1000) / tookMs.length))
      }
    } finally {
      await limit.close()
    }
  },
})

async function takeTurns(company: OpenCompany, limit: OrderLimit, clients: number) {
  const { house, database, log } = company
  const loops = { house: [] as Loop[], limit: [] as Loop[] }
  for (let turn = 0; turn < turns; turn++) {
    const ours = await counted(database, () => closedLoop(clients, houseMs, () => submit(company)))
    house.pause()
    const best = await counted(database, () => limit.run(clients, limitMs)).finally(house.resume)
    if (ours.added !== best.added)
      throw new Error(`An order writes ${ours.added}; what it is compared with writes ${best.added}.`)
    if (turn === 0 && clients === 1) log(`An order writes ${ours.added}.`)
    loops.house.push(ours.loop)
    loops.limit.push(best.loop)
  }
  return loops
}

/** Work, and what it added to each table for each piece. */
async function counted(database: pg.Client, work: () => Promise<Loop>): Promise<{ loop: Loop; added: string }> {
  const before = await countRows(database)
  const loop = await work()
  return { loop, added: JSON.stringify(addedEach(before, await countRows(database), loop.done)) }
}

const average = (loops: readonly Loop[]): number => loops.reduce((sum, loop) => sum + loop.perSecond, 0) / loops.length

const Submitted = z.object({ order: z.object({ state: z.string() }) })
let turnOf = 0

/** The sellers take turns, so that nobody is held up for calling too often. */
export async function submit({ trade }: Pick<OpenCompany, 'trade'>): Promise<Sale> {
  const seller = trade.sellers[turnOf++ % trade.sellers.length]!
  const sale = nextSale(trade, seller)
  const { order } = Submitted.parse(await seller.session.post('/orders', orderOf(trade, sale)))
  if (order.state !== 'confirmed') throw new Error(`The order is ${order.state}: a rule stood in the way.`)
  return sale
}

/** An order whose facts have gone on their way, so that what is copied from it sets nothing off. */
async function orderToCopy(company: OpenCompany): Promise<Sale> {
  const sale = await submit(company)
  const relayed = `select bool_and(relayed_at is not null) as relayed from event where body ->> 'orderId' = $1`
  for (;;) {
    const { rows } = await company.database.query<{ relayed: boolean }>(relayed, [sale.id])
    if (rows[0]?.relayed) return sale
    await pause(50)
  }
}
