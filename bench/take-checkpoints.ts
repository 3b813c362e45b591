import { closeDatabase } from '#kernel/db'
import { systemCaller } from '#kernel/caller'
import { financeJobs } from '#server/modules/finance'
import { inventoryJobs } from '#server/modules/inventory'

// Does once what happens every night: sums up the ledgers at the ends of months.
const nightly = [...financeJobs, ...inventoryJobs].filter(({ name }) => name.endsWith('.checkpoint'))
for (const { run } of nightly) await run(systemCaller(new Date()))
await closeDatabase()
