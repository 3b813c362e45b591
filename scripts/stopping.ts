import { readFileSync } from 'node:fs'

type Log = (line: string) => void
type Stop = () => Promise<void>

export type Stopping = {
  /** Registers what must be stopped before the process ends. What was started last is stopped first. */
  onStop: (name: string, stop: Stop) => void
  /** Stops all of it, once, and ends the process. */
  stop: (exitCode: number) => Promise<void>
  isStopping: () => boolean
}

const patienceMs = 20_000
/** Ctrl-C under npm may arrive twice, from the terminal and from npm: only a later one is a person who insists. */
const insistenceMs = 1_000

const parentCheckMs = 500

/**
 * Lets Ctrl-C, a request of the system to end, and the end of the npm that runs us, stop what was started.
 * A second Ctrl-C ends the process at once.
 */
export function stopOnSignal(log: Log): Stopping {
  const stops: { name: string; stop: Stop }[] = []
  let stoppingSince: number | undefined

  async function stop(exitCode: number) {
    if (stoppingSince) return
    stoppingSince = Date.now()
    setTimeout(() => {
      log(`Something did not stop within ${patienceMs / 1000} s: ending anyway.`)
      process.exit(1)
    }, patienceMs)
    const results = await stopAll(stops, log)
    process.exit(results.every(Boolean) ? exitCode : 1)
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stoppingSince) {
        log('\nStopping.')
        void stop(0)
      } else if (Date.now() - stoppingSince > insistenceMs) {
        process.exit(130)
      }
    })
  }
  whenNpmEnds(() => {
    if (!stoppingSince) log('npm has ended: stopping.')
    void stop(0)
  })
  return { onStop: (name, stop) => stops.push({ name, stop }), stop, isStopping: () => stoppingSince !== undefined }
}

/** npm runs us through a shell, which may die of a signal, or outlive npm, and tells nobody: all that is seen is a new parent. */
function whenNpmEnds(act: () => void) {
  if (!process.env.npm_lifecycle_event) return
  const before = ancestry()
  setInterval(() => ancestry() !== before && act(), parentCheckMs).unref()
}

/** Our parent and its parent, where the system shows it. */
function ancestry(): string {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    // The name in brackets may hold anything, so the fields are counted from its end: state, parent.
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(process.ppid)
  }
}

async function stopAll(stops: { name: string; stop: Stop }[], log: Log): Promise<boolean[]> {
  const results: boolean[] = []
  for (const { name, stop } of stops.toReversed()) {
    try {
      await stop()
      results.push(true)
    } catch (error) {
      // One that fails to stop must not keep the others running.
      log(`Stopping the ${name} failed: ${String(error)}`)
      results.push(false)
    }
  }
  return results
}
