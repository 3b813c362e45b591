import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import { waitingMonths } from './ledger-events-store.ts'
import { catchUpMonth } from './make-vouchers.ts'

/** Before the books are proven, each month on its own: a company that kept no vouchers before has those of years to make. */
export const accountingJobs: Job[] = [
  {
    name: 'accounting.catch-up',
    cron: '50 1 * * *',
    run: async (caller) => {
      for (const month of await perform(caller, waitingMonths, undefined)) await perform(caller, catchUpMonth, month)
    },
  },
]
