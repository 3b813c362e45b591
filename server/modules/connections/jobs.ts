import type { Job } from '#kernel/events'
import { log } from '#kernel/log'
import { perform } from '#kernel/perform'
import { resealApps } from './platform-apps.ts'

/** After SECRET_KEY was changed, what the former one sealed is sealed anew, so that the former can be thrown away. */
export const connectionsJobs: Job[] = [
  {
    name: 'connections.reseal',
    cron: '10 3 * * *',
    run: async (caller) => {
      const apps = await perform(caller, (tx) => resealApps(tx), undefined)
      if (apps > 0) log.info({ apps }, 'secrets were sealed anew; SECRET_KEY_BEFORE is no longer needed')
    },
  },
]
