import { z } from 'zod'
import { cursorOf } from '#kernel/paging'
import { type Benchmark, latencies } from './benchmark.ts'
import { repeated } from './closed-loop.ts'
import type { OpenCompany } from './open-company.ts'

const pageLength = 50
const times = 40
/** Depths in pages; where the company has not got so many orders, its last page. */
const depths = [1, 10_000]

/** What the page shows, by the bare SQL of it. */
const page = {
  name: 'page-of-orders',
  text: `
    select o.*, c.short_name, p.name as owner, w.name as warehouse, t.name as term
    from (select * from sales_order where (created_at, id) < ($1, $2) order by created_at desc, id desc limit ${pageLength}) o
      join customer c on c.id = o.customer_id join person p on p.id = o.owner_id join warehouse w on w.id = o.warehouse_id
      join payment_term t on t.code = o.term_code
    order by o.created_at desc, o.id desc`,
}

/** A page of orders as somebody reads it who sees all of them, near the top and far down. */
export const orderList = (name: string, on: 'open company' | 'large company'): Benchmark => ({
  name,
  on,
  run: async (company, report) => {
    for (const depth of depths) {
      const before = await keyBefore(company, depth)
      const cursor = depth === 1 ? '' : `&cursor=${cursorOf(before)}`
      const read = async (): Promise<void> => {
        const { rows } = Page.parse(await company.owner.get(`/orders?limit=${pageLength}${cursor}`))
        if (rows.length !== pageLength) throw new Error(`A page of ${pageLength} orders came with ${rows.length}.`)
      }
      const bare = async (): Promise<void> => void (await company.database.query({ ...page, values: [...before] }))
      await repeated(10, read)
      await repeated(10, bare)
      const ours: number[] = []
      const best: number[] = []
      for (let i = 0; i < times; i++) {
        ours.push(...(await repeated(1, read)))
        best.push(...(await repeated(1, bare)))
      }
      const name = `order-list/${company.size}/${depth === 1 ? 'first-page' : 'deep-page'}`
      for (const figure of latencies(name, ours, best)) report(figure)
    }
  },
})

const Page = z.object({ rows: z.array(z.unknown()) })

/** The order after which the page of this depth begins; above the first one stands the end of time. */
async function keyBefore({ database }: OpenCompany, depth: number): Promise<[at: string, id: string]> {
  if (depth === 1) return ['9999-01-01', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
  const { rows } = await database.query<{ at: string; id: string }>(
    `select created_at::text as at, id from sales_order order by created_at desc, id desc
     offset least($1, (select count(*) from sales_order) - $2 - 1) limit 1`,
    [(depth - 1) * pageLength - 1, pageLength],
  )
  const key = rows[0]
  if (!key) throw new Error('There are no orders to list.')
  return [key.at, key.id]
}
