import { z } from 'zod'
import { type Benchmark, duration } from './benchmark.ts'

const Run = z.object({ findings: z.array(z.object({ id: z.string(), detail: z.string() })) })

/** Every invariant of the books, asked as it is every night. */
export const nightlyProof: Benchmark = {
  name: 'nightly-proof',
  on: 'large company',
  run: async ({ size, owner, database }, report) => {
    const { rows } = await database.query<{ moves: number }>('select count(*)::int as moves from stock_move')
    const begun = performance.now()
    const { findings } = Run.parse(await owner.post('/proof', {}))
    report(duration(`nightly-proof/${size}`, performance.now() - begun))
    report({ name: `nightly-proof/${size}/moves`, value: rows[0]!.moves, unit: 'moves' })
    if (findings.length > 0) throw new Error(`The books are wrong: ${JSON.stringify(findings)}`)
  },
}
