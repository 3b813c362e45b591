import { log } from '#kernel/log'
import { noted, type NotedLine } from './line.ts'

/** One long connection to a platform. */
export type Connection = {
  /** Settles, with the reason, when nothing more will come over it. */
  ended: Promise<string>
  /** Closes it, once what is under way has been answered. */
  close: () => Promise<void>
}

/** A connection that lived shorter than this was none, and counts as one that could not be opened. */
const steadyMs = 10_000
const pauseMsMax = 30_000

/**
 * Keeps one connection open until it is told to stop. One that ends is replaced at once, the old one being closed after the new one is up;
 * what cannot be opened is tried again, at once and then after pauses that grow. Resolves after the first try, whatever came of it.
 */
export async function keepConnected(
  name: string,
  open: () => Promise<Connection>,
  { is }: Pick<NotedLine, 'is'> = noted('connecting'),
  now: () => number = Date.now,
): Promise<() => Promise<void>> {
  const stop = new AbortController()
  const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()))
  let tellTried: () => void
  const tried = new Promise<void>((resolve) => (tellTried = resolve))

  /** Answers whether there was a connection worth the name. */
  const live = async (before: Connection | undefined): Promise<{ isSteady: boolean; last?: Connection }> => {
    try {
      const connection = await open()
      const openedMs = now()
      is('connected')
      tellTried()
      void before?.close()
      const reason = await Promise.race([connection.ended, stopped])
      if (reason) {
        is('lost', reason)
        log.warn({ platform: name, reason }, 'a long connection ended and is replaced')
      }
      return { isSteady: now() - openedMs >= steadyMs, last: connection }
    } catch (error) {
      is('lost', error instanceof Error ? error.message : String(error))
      log.error({ platform: name, error: String(error) }, 'a long connection could not be opened')
      tellTried()
      return { isSteady: false, last: before }
    }
  }
  const run = async (): Promise<void> => {
    let last: Connection | undefined
    for (let failures = 0; !stop.signal.aborted;) {
      const lived = await live(last)
      last = lived.last
      failures = lived.isSteady ? 0 : failures + 1
      if (failures > 1) await pause(pauseMs(failures - 1), stop.signal)
    }
    await last?.close()
  }
  const running = run()
  await tried
  return async () => {
    stop.abort()
    await running
  }
}

/** One second, then twice as long each time; a little less by chance, so that many do not come back together. */
const pauseMs = (failures: number): number => Math.min(pauseMsMax, 1000 * 2 ** (failures - 1)) * (1 - Math.random() / 4)

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
