import { newId } from '#kernel/ids'
import { dayAt } from '#kernel/days'
import { type Benchmark, latencies, rate } from './benchmark.ts'
import { drained } from './closed-loop.ts'
import { shipOrders } from './delivery.ts'
import { type Session, signIn } from './session.ts'

const debts = 120
const receipts = 100
const clients = 4
const accountants = ['liukuaiji', 'xiaojin']

/** Money comes in and is set against what is due first. */
export const receiptAllocation: Benchmark = {
  name: 'receipt-allocation',
  on: 'open company',
  run: async (company, report) => {
    const { database, house, trade } = company
    await shipOrders(company, debts)
    const sessions: Session[] = []
    for (const accountant of accountants) sessions.push(await signIn(house.url, accountant))
    // Enough for some of what each owes, not for all of it.
    const { rows } = await database.query<{ customerId: string; amount: string }>(
      `select customer_id as "customerId", round(sum(amount - settled) / 12, 2)::text as amount from receivable
       where customer_id = any($1) and settled < amount group by customer_id having sum(amount - settled) > 1 order by customer_id`,
      [trade.sellers.flatMap((seller) => seller.customers)],
    )
    if (rows.length === 0) throw new Error('Nobody owes anything.')
    const receivedOn = dayAt(new Date())
    const paid = Array.from({ length: receipts }, (_, i) => ({ id: newId(), ...rows[i % rows.length]!, receivedOn }))
    const { perSecond, latenciesMs } = await drained(clients, paid, (receipt, i) =>
      sessions[i % sessions.length]!.post('/receipts', { ...receipt, method: 'bank' }),
    )
    const name = `receipt-allocation/${company.size}/${clients}-clients`
    report(rate(name, perSecond, 'receipts/s'))
    for (const figure of latencies(name, latenciesMs)) report(figure)
  },
}
