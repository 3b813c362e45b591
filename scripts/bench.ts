import { parseArgs } from 'node:util'
import type { Benchmark, Figure } from '../bench/benchmark.ts'
import { benchmarks } from '../bench/index.ts'
import { openCompany } from '../bench/open-company.ts'
import { storeCompany } from '../bench/stored-company.ts'
import { buildApp } from './build-app.ts'

const help = `Measures Yidan 一单 on a PostgreSQL of its own: one JSON object a line, progress on stderr.

  npm run bench                      everything, on the demo company once and twenty times as large
  npm run bench -- NAME ...          some of it: ${benchmarks.map(({ name }) => name).join(', ')}
  npm run bench -- --scale 5         on a demo company five times as large; may be given more than once

docs/performance.md says how to read it.`

const log = (line: string): void => console.error(line)
const report = (figure: Figure): void => console.log(JSON.stringify(figure))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean' }, scale: { type: 'string', multiple: true, default: ['1', '20'] } },
})
const unknown = positionals.filter((name) => !benchmarks.some((one) => one.name === name))
if (values.help || unknown.length > 0) {
  log(unknown.length > 0 ? `There is no benchmark ${unknown.join(', ')}.\n\n${help}` : help)
  process.exit(unknown.length > 0 ? 1 : 0)
}

const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
try {
  await buildApp({ log })
  for (const scale of values.scale.map(Number)) await measure(scale, chosen)
  process.exit(0)
} catch (error) {
  log(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

/** Runs benchmarks on a demo company so many times as large, which is thrown away afterwards. */
async function measure(scale: number, chosen: Benchmark[]): Promise<void> {
  const stored = await storeCompany(scale, log)
  for (const one of chosen) {
    if (one.on === 'stored company') await timed(one.name, () => one.run(stored, report))
  }
  const ofWork = chosen.filter((one) => one.on === 'open company')
  if (ofWork.length > 0) {
    const company = await openCompany(stored)
    try {
      for (const one of ofWork) await timed(one.name, () => one.run(company, report))
    } finally {
      await company.close()
    }
  }
  stored.remove()
}

async function timed(name: string, run: () => Promise<void>): Promise<void> {
  const begun = performance.now()
  await run()
  log(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
}
