import { Refusal } from '#contract'

/** Does work when its turn has come. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/**
 * So much work at once; what comes when no place is free waits in the order in which it came, and is sent away when it has waited too long.
 */
export function takeTurns({ atOnce, patienceMs }: { atOnce: number; patienceMs: number }): InTurn {
  const waiting = new Set<() => void>()
  let underWay = 0

  const enter = (): Promise<void> | undefined => {
    if (underWay < atOnce) {
      underWay++
      return undefined
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(tooLate)
        resolve()
      }
      const tooLate = setTimeout(() => {
        waiting.delete(begin)
        reject(new Refusal('busy'))
      }, patienceMs)
      waiting.add(begin)
    })
  }
  /** A place that is given back goes to whoever has waited longest. */
  const leave = (): void => {
    const [next] = waiting
    if (!next) return void underWay--
    waiting.delete(next)
    next()
  }

  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
