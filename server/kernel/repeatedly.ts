import { setTimeout as pause } from 'node:timers/promises'

/** Does something again and again, a pause before each time, until told to stop; resolves when the last time has ended. */
export async function repeatedly(act: () => Promise<void>, pauseMs: () => number, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await pause(pauseMs(), undefined, { signal: stop }).catch(() => {}) // stopped while it waits
    if (!stop.aborted) await act()
  }
}
