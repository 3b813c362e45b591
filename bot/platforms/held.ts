/** Asked for anew a little before its end, so that none runs out under a call that has just begun. */
const marginMs = 5 * 60_000

/** What a platform lends for a while: a token, a ticket. */
export type Loan = { value: string; seconds: number }
/** Since when something is borrowed, and until when it holds. */
export type Term = { since: Date; until: Date }
/** The one that was borrowed last. */
export const later = (a: Term | null, b: Term | null): Term | null => (!a || (b && b.since > a.since) ? b : a)

/**
 * Something borrowed, asked for once and kept until shortly before it ends; whoever comes meanwhile waits for the same answer. `forget` is for
 * one that the platform no longer takes: it is dropped unless it has been renewed since.
 */
export function held(borrow: () => Promise<Loan>, now: () => number = Date.now) {
  let kept: { loan: Promise<string>; untilMs: number } | undefined
  let term: Term | null = null
  const renewed = (): Promise<string> => {
    const startedMs = now()
    const borrowed = borrow()
    const fresh = { loan: borrowed.then(({ value }) => value), untilMs: Infinity }
    kept = fresh
    borrowed.then(
      ({ seconds }) => {
        fresh.untilMs = startedMs + seconds * 1000 - Math.min(marginMs, seconds * 500)
        term = { since: new Date(startedMs), until: new Date(startedMs + seconds * 1000) }
      },
      () => kept === fresh && (kept = undefined),
    )
    return fresh.loan
  }
  return {
    /** Of what was borrowed last; nothing while nothing was. */
    term: (): Term | null => term,
    get: (): Promise<string> => (kept && now() < kept.untilMs ? kept.loan : renewed()),
    forget: async (stale: string): Promise<void> => {
      const before = kept
      if (before && (await before.loan.catch(() => stale)) === stale && kept === before) kept = undefined
    },
  }
}
export type Held = ReturnType<typeof held>
