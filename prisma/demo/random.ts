/** A source of chance that gives the same sequence at every start (mulberry32). */
export type Chance = {
  /** Between 0 and 1. */
  next: () => number
  whole: (from: number, to: number) => number
  pick: <T>(from: readonly T[]) => T
  /** True with this probability. */
  hit: (probability: number) => boolean
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return { next, whole, pick: (from) => from[whole(0, from.length - 1)]!, hit: (probability) => next() < probability }
}
