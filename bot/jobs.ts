import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import { syncDirectory } from '#server/modules/org'
import type { Platform } from './platforms/platform.ts'

/** Directory events can be lost; every night each platform's directory is read whole. */
export const botJobs = (platforms: Platform[]): Job[] =>
  platforms.map((platform) => ({
    name: `bot.sync-${platform.name}-${platform.appId}`,
    cron: '20 3 * * *',
    run: async (caller) => {
      await perform(caller, syncDirectory, await platform.readDirectory())
    },
  }))
