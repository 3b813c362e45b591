import { z } from 'zod'
import { type Benchmark, latencies } from './benchmark.ts'
import { repeated } from './closed-loop.ts'
import type { OpenCompany } from './open-company.ts'

const times = 60
const warmUp = 10

/** What people type, made from the names that are there. */
const words = {
  pinyin: `left(pinyin, 8)`,
  initials: `initials`,
  'part-of-a-name': `substr(name, greatest(1, char_length(name) - 2), 3)`,
  'name-and-size': `name || ' ' || spec`,
}

/** Goods are looked for as people write them. */
export const itemSearch: Benchmark = {
  name: 'item-search',
  on: 'large company',
  run: async (company, report) => {
    for (const [what, column] of Object.entries(words)) {
      const typed = await wordsOf(company, column)
      const search = async (i: number): Promise<void> => {
        const q = typed[i % typed.length]!
        const { rows } = Found.parse(await company.owner.get(`/items?limit=20&q=${encodeURIComponent(q)}`))
        if (rows.length === 0) throw new Error(`Nothing was found by ${q}.`)
      }
      await repeated(warmUp, search)
      for (const figure of latencies(`item-search/${company.size}/${what}`, await repeated(times, search)))
        report(figure)
    }
  },
}

const Found = z.object({ rows: z.array(z.unknown()) })

async function wordsOf({ database }: OpenCompany, column: string): Promise<string[]> {
  const { rows } = await database.query<{ typed: string }>(
    `select distinct ${column} as typed from (select * from item order by md5(code) limit 2000) as sample
     where char_length(name) > 3 and spec <> '' order by typed limit ${times}`,
  )
  return rows.map(({ typed }) => typed)
}
