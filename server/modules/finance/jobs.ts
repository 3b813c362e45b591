import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import { remind } from './remind.ts'

export const financeJobs: Job[] = [
  { name: 'finance.reminders', cron: '10 9 * * *', run: (caller) => perform(caller, remind, undefined) },
]
