import { config } from './config.ts'

/** 'YYYY-MM-DD', a day of the company's calendar. */
export type Day = string

const calendar = new Intl.DateTimeFormat('sv-SE', {
  timeZone: config.TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The company's day at a moment. */
export const dayAt = (at: Date): Day => calendar.format(at)
/** A date column as it comes from the database (midnight UTC) as a day. */
export const dayOf = (date: Date): Day => date.toISOString().slice(0, 10)
export const dayOrNull = (date: Date | null): Day | null => (date ? dayOf(date) : null)
/** A day as a date column takes it. */
export const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`)

export const addDays = (day: Day, days: number): Day => dayOf(new Date(dateOf(day).getTime() + days * 86_400_000))
/** Days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / 86_400_000)
/** The last day of the month that lies `months` after the day's own. */
export function endOfMonth(day: Day, months = 0): Day {
  const date = dateOf(day)
  return dayOf(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)))
}
