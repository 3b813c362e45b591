import { config } from '#kernel/config'
import { type Sql, sql } from '#kernel/db'
import type { AsKnownAt } from './contract.ts'

const isDay = (asKnownAt: AsKnownAt): boolean => asKnownAt.length === 'YYYY-MM-DD'.length

/** The moment from which on nothing was known yet: the end of the day that is named, or just after the instant. */
export function unknownFrom(asKnownAt: AsKnownAt | undefined): Sql {
  if (asKnownAt === undefined) return sql`'infinity'::timestamptz`
  if (isDay(asKnownAt)) return sql`((${asKnownAt}::date + 1)::timestamp at time zone ${config.TIME_ZONE})`
  return sql`(${asKnownAt}::timestamptz + interval '1 millisecond')`
}

/**
 * The day of a moment, in UTC as in the index of what was recorded late: a line that was recorded from the moment on and took effect before this
 * day is in that index, wherever the company is.
 */
export const dayOf = (moment: Sql): Sql => sql`(${moment} at time zone 'UTC')::date`
/** Holds for the lines of that index; written as it is there, or it would not be used. */
export const isLate = sql`effective_on < (recorded_at at time zone 'UTC')::date`
