import { log } from '#kernel/log'
import { repeatedly } from '#kernel/repeatedly'
import { type House, syncDirectories } from './house.ts'
import type { RunningApps } from './running-platforms.ts'

const everyMs = 2_000

/**
 * Has what an administrator changes on the setup pages take effect in this process; every process does the same, so that none need be told.
 * Answers how to stop.
 */
export function watchStoredApps(
  apps: Pick<RunningApps, 'look'>,
  house: Pick<House, 'exchange'>,
  pauseMs = everyMs,
): () => Promise<void> {
  const stop = new AbortController()
  let syncing = Promise.resolve()
  let told = ''
  const look = async (): Promise<void> => {
    try {
      const exchange = await apps.look()
      told = ''
      if (!exchange) return
      await house.exchange(exchange)
      log.info({ came: exchange.came.length, left: exchange.left.length }, 'stored apps were exchanged')
      // A company of thousands takes a while to be read: the next change need not wait for it.
      syncing = syncing.then(() => syncDirectories(exchange.came))
    } catch (error) {
      // What runs goes on running. One reason is told once, not every time.
      if (String(error) !== told) log.error({ err: error }, 'stored apps could not be exchanged')
      told = String(error)
    }
  }
  const looking = repeatedly(look, () => pauseMs, stop.signal)
  return async () => {
    stop.abort()
    await looking
    await syncing
  }
}
