import { setTimeout as pause } from 'node:timers/promises'
import { type Platform, receiveFrom } from '../bot/index.ts'
import { log } from '#kernel/log'

/** How long a platform may keep others waiting until its line stands: one that is down delays its own people only. */
const connectedWithinMs = 10_000

/** The lines over which platforms are heard: opened and hung up as platforms come and go. */
export function platformLines() {
  const lines = new Map<Platform, ReturnType<Platform['listen']>>()
  const hangUp = async (platform: Platform): Promise<void> => {
    const line = lines.get(platform)
    lines.delete(platform)
    try {
      await (
        await line
      )?.()
    } catch (error) {
      // One that cannot be hung up must not keep the others up.
      log.error({ err: error, platform: platform.name }, 'a line could not be hung up')
    }
  }
  return {
    open: async (platforms: readonly Platform[]): Promise<void> => {
      for (const platform of platforms) lines.set(platform, platform.listen(receiveFrom(platform)))
      const opened = Promise.allSettled(lines.values())
      await Promise.race([opened, pause(connectedWithinMs, undefined, { ref: false })])
    },
    /** What is being answered is answered first. */
    hangUp: async (platforms: Iterable<Platform> = lines.keys()): Promise<void> => {
      await Promise.all([...platforms].map(hangUp))
    },
  }
}
