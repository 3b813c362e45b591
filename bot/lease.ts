import { systemCaller } from '#kernel/caller'
import { newId } from '#kernel/ids'
import { log } from '#kernel/log'
import { perform } from '#kernel/perform'
import { repeatedly } from '#kernel/repeatedly'
import { giveLease, takeLease } from './lease-store.ts'
import type { Alone, HangUp } from './platforms/alone.ts'

/** How long a lease holds without being renewed, how often it is, and how often those who wait look for it. */
export type LeaseTimes = { holdMs: number; renewMs: number; lookMs: number }
const usual: LeaseTimes = { holdMs: 10_000, renewMs: 3_000, lookMs: 1_000 }

/**
 * Lets one process of many do what a platform allows once. It is begun by whoever gets the lease, ended when the lease is lost, and taken over
 * by another process when the holder gives it back or has not renewed it.
 */
export const leased =
  (times: LeaseTimes = usual): Alone =>
  async (key, begin) => {
    const holder = newId()
    let begun: Promise<HangUp> | undefined
    let heldUntilMs = 0
    const finish = async (): Promise<void> => {
      const ending = begun
      begun = undefined
      if (ending) await (await ending)()
    }
    const look = async (): Promise<void> => {
      const askedMs = performance.now()
      const isOurs = await take(key, holder, times.holdMs)
      if (isOurs) {
        heldUntilMs = askedMs + times.holdMs
        begun ??= begin()
      } else if (isOurs === false || performance.now() > heldUntilMs) await finish()
    }

    const stop = new AbortController()
    await look()
    const looking = repeatedly(look, () => (begun ? times.renewMs : times.lookMs), stop.signal)
    await begun
    return async () => {
      stop.abort()
      await looking
      await finish()
      await perform(systemCaller(new Date()), (tx) => giveLease(tx, key, holder), undefined)
    }
  }

/** Undefined when the database does not say: what is held is held until its end then. */
async function take(key: string, holder: string, ms: number): Promise<boolean | undefined> {
  try {
    return await perform(systemCaller(new Date()), (tx) => takeLease(tx, key, holder, ms), undefined)
  } catch (error) {
    log.warn({ key, error: String(error) }, 'a lease could not be asked for')
    return undefined
  }
}
