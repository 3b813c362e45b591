import { existsSync } from 'node:fs'
import { run } from './bootstrap.mjs'

// `run.mjs reconcile 2026-01-31` runs scripts/reconcile.ts, which then sees only its own arguments.
const [name] = process.argv.splice(2, 1)
if (!name || !/^[a-z-]+$/.test(name) || !existsSync(new URL(`${name}.ts`, import.meta.url))) {
  console.error(`There is no scripts/${name ?? '<name>'}.ts.`)
  process.exit(1)
}
await run(`${name}.ts`)
