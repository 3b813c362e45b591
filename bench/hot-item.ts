import { z } from 'zod'
import { newId } from '#kernel/ids'
import { type Benchmark, rate, type Report } from './benchmark.ts'
import { closedLoop } from './closed-loop.ts'
import type { OpenCompany } from './open-company.ts'
import { signIn } from './session.ts'
import { type Goods, newGoods, orderOf, receiveGoods } from './trade.ts'
import { send } from './web-client.ts'

const clients = 64
const turns = 2
const turnMs = 3_000
const warmUpMs = 1_500
/** Of these few all want some. */
const rushPieces = 200
const rushWantsMax = 7

/** Sixty-four sellers of one article at once, beside sixty-four of an article each; then more want it than there is. */
export const hotItem: Benchmark = {
  name: 'hot-item',
  on: 'open company',
  run: async (company, report) => {
    const { trade, size } = company
    const hot = trade.goods[0]!
    const own = (client: number): Goods => trade.goods[client % trade.goods.length]!
    const sold = { hot: [] as number[], own: [] as number[] }
    await closedLoop(clients, warmUpMs, (client) => sellOne(company, client, own(client)))
    for (let turn = 0; turn < turns; turn++) {
      sold.own.push((await closedLoop(clients, turnMs, (client) => sellOne(company, client, own(client)))).perSecond)
      sold.hot.push((await closedLoop(clients, turnMs, (client) => sellOne(company, client, hot))).perSecond)
    }
    report(rate(`hot-item/${size}/${clients}-clients`, average(sold.hot), 'orders/s', average(sold.own)))
    await rush(company, report)
  },
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

async function sellOne(company: OpenCompany, client: number, goods: Goods): Promise<void> {
  const { status, text } = await order(company, client, goods, 1)
  if (status !== 200) throw new Error(`An order was answered ${status}: ${text}`)
}

let turnOf = 0

/** An order of one line by the next seller; keys and ids are its own. */
function order({ trade, house }: OpenCompany, client: number, goods: Goods, quantity: number) {
  const seller = trade.sellers[turnOf++ % trade.sellers.length]!
  const customerId = seller.customers[client % seller.customers.length]!
  const body = orderOf(trade, { id: newId(), customerId, lines: [{ goods, quantity }] })
  const headers = { ...seller.session.headers, 'content-type': 'application/json', 'idempotency-key': newId() }
  return send('POST', `${house.url}/api/orders`, headers, JSON.stringify(body))
}

/** All want a few of the last pieces until nobody gets any more: what was sold is what there was. */
async function rush(company: OpenCompany, report: Report): Promise<void> {
  const { trade, house, database, size } = company
  const goods = await newGoods(database, trade.goods[1]!)
  await receiveGoods(await signIn(house.url, 'laozhao'), trade.warehouseId, [goods], String(rushPieces))
  let sold = 0
  let faults = 0
  await closedLoop(
    clients,
    () => sold === rushPieces || faults > 0,
    async (client) => {
      const quantity = trade.luck.whole(1, Math.max(1, Math.min(rushWantsMax, rushPieces - sold)))
      const { status, text } = await order(company, client, goods, quantity)
      if (status >= 500) faults++
      else if (status === 200) sold += quantity
      else if (Problem.parse(JSON.parse(text)).code !== 'out_of_stock') throw new Error(`${status}: ${text}`)
    },
  )
  const { rows } = await database.query<{ reserved: string; held: string }>(
    `select (select sum(reserved) from stock_balance where item_id = $1)::text as reserved,
       (select sum(quantity) from reservation where item_id = $1)::text as held`,
    [goods.id],
  )
  if (Number(rows[0]?.reserved) !== sold || Number(rows[0]?.held) !== sold)
    throw new Error(`${sold} were promised, ${rows[0]?.reserved} are reserved, ${rows[0]?.held} are held.`)
  report({ name: `hot-item/${size}/oversold`, value: Math.max(0, sold - rushPieces), unit: 'pieces' })
  report({ name: `hot-item/${size}/faults`, value: faults, unit: 'answers' })
}

const Problem = z.object({ code: z.string() })
