import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import { waitingMonths } from './ledger-events-store.ts'
import { makeVouchers } from './make-vouchers.ts'

/** Before the books are proven: whatever was left out, each month on its own. */
export const accountingJobs: Job[] = [
  {
    name: 'accounting.catch-up',
    cron: '50 1 * * *',
    run: async (caller) => {
      for (const month of await perform(caller, waitingMonths, undefined))
        await perform(caller, makeVouchers, { month }, 'accounting.catchUp')
    },
  },
]
