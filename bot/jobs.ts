import { platforms as platformNames } from '#contract/modules/org'
import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import { syncDirectory } from '#server/modules/org'
import { questionJobs } from './answers/tidy-questions.ts'
import { clearAway } from './clear-away.ts'
import { alertJobs } from './listeners/alerts.ts'
import type { Platform } from './platforms/platform.ts'

/** What the chat does by the clock. */
export const botJobs = (platforms: readonly Platform[]): Job[] => [
  ...syncJobs(platforms),
  ...alertJobs(platforms),
  { name: 'bot.clear-away', cron: '40 3 * * *', run: clearAway },
  ...questionJobs,
]

/** Directory events can be lost; every night each platform's directory is read whole. Platforms come and go while the house is open, so their names have the jobs. */
const syncJobs = (platforms: readonly Platform[]): Job[] =>
  platformNames.map((name) => ({
    name: `bot.sync-${name}`,
    cron: '20 3 * * *',
    run: async (caller) => {
      for (const platform of platforms.filter((one) => one.name === name))
        await perform(caller, syncDirectory, await platform.readDirectory())
    },
  }))
