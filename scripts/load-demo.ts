import { parseArgs } from 'node:util'
import { loadDemo } from '../prisma/demo/load.ts'
import { closeKernel, furnish } from './house.ts'

/** Fills the empty, migrated database in DATABASE_URL with the demo company; `--scale 20` makes it twenty times as large. */
const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } })
await furnish()
await loadDemo({ scale: Number(values.scale), log: console.log })
await closeKernel()
