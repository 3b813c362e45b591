/** Asked for anew a little before its end, so that none runs out under a call that has just begun. */
const marginMs = 5 * 60_000

/** What a platform lends for a while: a token, a ticket. */
export type Loan = { value: string; seconds: number }

/**
 * Something borrowed, asked for once and kept until shortly before it ends; whoever comes meanwhile waits for the same answer. `forget` is for
 * one that the platform no longer takes: it is dropped unless it has been renewed since.
 */
export function held(borrow: () => Promise<Loan>, now: () => number = Date.now) {
  let kept: { loan: Promise<string>; untilMs: number } | undefined
  const renewed = (): Promise<string> => {
    const startedMs = now()
    const borrowed = borrow()
    const fresh = { loan: borrowed.then(({ value }) => value), untilMs: Infinity }
    kept = fresh
    borrowed.then(
      ({ seconds }) => (fresh.untilMs = startedMs + seconds * 1000 - Math.min(marginMs, seconds * 500)),
      () => kept === fresh && (kept = undefined),
    )
    return fresh.loan
  }
  return {
    get: (): Promise<string> => (kept && now() < kept.untilMs ? kept.loan : renewed()),
    forget: async (stale: string): Promise<void> => {
      const before = kept
      if (before && (await before.loan.catch(() => stale)) === stale && kept === before) kept = undefined
    },
  }
}
export type Held = ReturnType<typeof held>
