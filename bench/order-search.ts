import { z } from 'zod'
import { type Benchmark, latencies } from './benchmark.ts'
import { repeated } from './closed-loop.ts'
import type { OpenCompany } from './open-company.ts'

const times = 40
const warmUp = 8

/** What people type to find an order again. */
const words = {
  number: 'o.number',
  'end-of-a-number': `right(o.number, 5)`,
  customer: 'c.short_name',
}

/** Orders are looked for by their number or their customer. */
export const orderSearch: Benchmark = {
  name: 'order-search',
  on: 'large company',
  run: async (company, report) => {
    for (const [what, column] of Object.entries(words)) {
      const typed = await wordsOf(company, column)
      const search = async (i: number): Promise<void> => {
        const q = typed[i % typed.length]!
        const { rows } = Found.parse(await company.owner.get(`/orders?limit=20&q=${encodeURIComponent(q)}`))
        if (rows.length === 0) throw new Error(`Nothing was found by ${q}.`)
      }
      await repeated(warmUp, search)
      for (const figure of latencies(`order-search/${company.size}/${what}`, await repeated(times, search)))
        report(figure)
    }
  },
}

const Found = z.object({ rows: z.array(z.unknown()) })

async function wordsOf({ database }: OpenCompany, column: string): Promise<string[]> {
  const { rows } = await database.query<{ typed: string }>(
    `select distinct ${column} as typed from (select * from sales_order where number is not null order by md5(id::text) limit 500) o
       join customer c on c.id = o.customer_id order by typed limit ${times}`,
  )
  return rows.map(({ typed }) => typed)
}
