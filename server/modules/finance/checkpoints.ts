import type { Caller } from '#kernel/caller'
import { addDays, type Day, dayAt, endOfMonth } from '#kernel/days'
import type { Tx } from '#kernel/db'
import type { Job } from '#kernel/events'
import { perform } from '#kernel/perform'
import { changePeriod } from './period-store.ts'

/** A ledger that can be summed up at the end of a day. */
export type Checkpoints = {
  /** The last day that was summed up. */
  last: (tx: Tx) => Promise<Day | null>
  /** The first day on which anything took effect. */
  first: (tx: Tx) => Promise<Day | null>
  /** The first day, after one and until another, by whose end so many lines have taken effect. */
  full: (tx: Tx, after: Day | null, until: Day, lines: number) => Promise<Day | null>
  /** Sums up until the end of a day, from what was summed up until `after`. */
  take: (tx: Tx, day: Day, after: Day | null, at: Date) => Promise<void>
}

/** So many lines are added up faster than anybody notices. */
const linesMax = 50_000

/**
 * Sums up a ledger at the ends of months, and in between where much happened, as far as the days are over. Done at night: nobody posts
 * while a day is summed up, so no line is missed; who posts something earlier afterwards adds it to every checkpoint that it belongs to.
 */
export const checkpointJob = (name: string, cron: string, ledger: Checkpoints): Job => ({
  name,
  cron,
  run: async (caller) => {
    const next = (tx: Tx, caller: Caller): Promise<Day | null> => takeNext(tx, caller, ledger)
    while (await perform(caller, next, undefined));
  },
})

/** Sums up one more day; null when none is due. */
async function takeNext(tx: Tx, caller: Caller, ledger: Checkpoints): Promise<Day | null> {
  await changePeriod(tx)
  const after = await ledger.last(tx)
  const day = await nextDay(tx, ledger, after, addDays(dayAt(caller.at), -1))
  if (day) await ledger.take(tx, day, after, caller.at)
  return day
}

async function nextDay(tx: Tx, ledger: Checkpoints, after: Day | null, yesterday: Day): Promise<Day | null> {
  const begin = after ? addDays(after, 1) : await ledger.first(tx)
  if (!begin || begin > yesterday) return null
  const monthEnd = endOfMonth(begin)
  const isOver = monthEnd <= yesterday
  const full = await ledger.full(tx, after, isOver ? monthEnd : yesterday, linesMax)
  return full ?? (isOver ? monthEnd : null)
}
