import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import { receivableCheckpoints } from './checkpoint-store.ts'
import { checkpointJob } from './checkpoints.ts'
import { remind } from './remind.ts'

export const financeJobs: Job[] = [
  { name: 'finance.reminders', cron: '10 9 * * *', run: (caller) => perform(caller, remind, undefined) },
  checkpointJob('finance.checkpoint', '5 1 * * *', receivableCheckpoints),
]
