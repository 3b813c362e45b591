import { z } from 'zod'
import { type Benchmark, latencies } from './benchmark.ts'
import { repeated } from './closed-loop.ts'
import type { OpenCompany } from './open-company.ts'

type Search = {
  name: string
  /** The list that is searched. */
  list: '/items' | '/orders'
  /** What people type: SQL over a row of `sample`. */
  words: Readonly<Record<string, string>>
  /** Rows from which their words are taken. */
  sample: string
  times: number
}

const Found = z.object({ rows: z.array(z.unknown()) })
const warmUpShare = 5

/** A list of the large company is searched as people write. */
export const searchBenchmark = (search: Search): Benchmark => ({
  name: search.name,
  on: 'large company',
  run: async (company, report) => {
    for (const [what, column] of Object.entries(search.words)) {
      const typed = await typedWords(company, search, column)
      const find = async (i: number): Promise<void> => {
        const q = typed[i % typed.length]!
        const { rows } = Found.parse(await company.owner.get(`${search.list}?limit=20&q=${encodeURIComponent(q)}`))
        if (rows.length === 0) throw new Error(`Nothing was found by ${q}.`)
      }
      await repeated(Math.ceil(search.times / warmUpShare), find)
      for (const figure of latencies(`${search.name}/${company.size}/${what}`, await repeated(search.times, find)))
        report(figure)
    }
  },
})

async function typedWords({ database }: OpenCompany, search: Search, column: string): Promise<string[]> {
  const { rows } = await database.query<{ typed: string }>(
    `select distinct ${column} as typed from ${search.sample} order by typed limit ${search.times}`,
  )
  return rows.map(({ typed }) => typed)
}
