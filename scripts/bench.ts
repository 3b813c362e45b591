import { parseArgs } from 'node:util'
import type { Benchmark, Figure } from '../bench/benchmark.ts'
import { benchmarks } from '../bench/index.ts'
import { storeLargeCompany } from '../bench/large-company.ts'
import { openCompany } from '../bench/open-company.ts'
import { type StoredCompany, storeCompany } from '../bench/stored-company.ts'
import { buildApp } from './build-app.ts'

const help = `Measures Yidan 一单 on a PostgreSQL of its own: one JSON object a line, progress on stderr.

  npm run bench                      everything, on the demo company once and twenty times as large, and on one of a million orders
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
  const ofCompany = chosen.filter(({ on }) => on !== 'large company')
  const ofLarge = chosen.filter(({ on }) => on === 'large company')
  for (const scale of ofCompany.length > 0 ? values.scale.map(Number) : [])
    await measure(await storeCompany(scale, log), ofCompany)
  if (ofLarge.length > 0) await measure(await storeLargeCompany(log), ofLarge)
  process.exit(0)
} catch (error) {
  log(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

/** Runs benchmarks on a company, which is thrown away afterwards. */
async function measure(stored: StoredCompany, chosen: Benchmark[]): Promise<void> {
  for (const one of chosen) {
    if (one.on === 'stored company') await timed(one.name, () => one.run(stored, report))
  }
  if (chosen.some(({ on }) => on !== 'stored company')) {
    const company = await openCompany(stored)
    try {
      for (const one of chosen) if (one.on !== 'stored company') await timed(one.name, () => one.run(company, report))
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
