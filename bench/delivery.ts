import { type Benchmark, latencies, rate } from './benchmark.ts'
import { drained } from './closed-loop.ts'
import type { OpenCompany } from './open-company.ts'
import { submit } from './order-submit.ts'
import { type Session, signIn } from './session.ts'

const notes = 120
const warmUp = 20
const clients = 4
const keepers = ['laozhao', 'xiaoma', 'xiaoniu']

/** Delivery notes of five lines leave the warehouse: stock, cost, debt, due days, facts. */
export const delivery: Benchmark = {
  name: 'delivery',
  on: 'open company',
  run: async (company, report) => {
    await shipOrders(company, warmUp)
    const { perSecond, latenciesMs } = await shipOrders(company, notes)
    const name = `delivery/${company.size}/${clients}-clients`
    report(rate(name, perSecond, 'deliveries/s'))
    for (const figure of latencies(name, latenciesMs)) report(figure)
  },
}

/** Takes so many orders and ships them; what is measured is the shipping. */
export async function shipOrders(company: OpenCompany, count: number) {
  const { database, house } = company
  const sessions: Session[] = []
  for (const keeper of keepers) sessions.push(await signIn(house.url, keeper))
  const orderIds: string[] = []
  await drained(clients, Array.from({ length: count }), async () => orderIds.push((await submit(company)).id))
  const { rows } = await database.query<{ id: string; version: number }>(
    `select id, version from delivery where order_id = any($1)`,
    [orderIds],
  )
  return drained(clients, rows, (note, i) => sessions[i % sessions.length]!.post(`/deliveries/${note.id}/ship`, note))
}
