import { addDays, type Day, endOfMonth } from '#kernel/days'

// Weeks, months and quarters around a day, in the company's calendar.

export type Range = { from: Day; to: Day }

export const weekday = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
export const firstOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`
export const yearOf = (day: Day): number => Number(day.slice(0, 4))
export const monthOf = (day: Day): number => Number(day.slice(5, 7))

export const oneDay = (day: Day): Range => ({ from: day, to: day })
export const month = (day: Day): Range => ({ from: firstOfMonth(day), to: endOfMonth(day) })
export const dayFrom = (year: number | string, on: number | string, day: number | string): Day =>
  `${year}-${String(on).padStart(2, '0')}-${String(day).padStart(2, '0')}`
export const year = (number: number): Range => ({ from: dayFrom(number, 1, 1), to: dayFrom(number, 12, 31) })
export const months = (of: number, first: number, last: number): Range => ({
  from: dayFrom(of, first, 1),
  to: endOfMonth(dayFrom(of, last, 1)),
})
export const quarter = (of: number, number: number): Range => months(of, number * 3 - 2, number * 3)

export function lastQuarter(today: Day): Range {
  const now = Math.ceil(monthOf(today) / 3)
  return now === 1 ? quarter(yearOf(today) - 1, 4) : quarter(yearOf(today), now - 1)
}

export function week(day: Day): Range {
  const monday = addDays(day, -weekday(day))
  return { from: monday, to: addDays(monday, 6) }
}

/** The latest month of that number that has begun. */
export const latestMonth = (today: Day, on: number): Day =>
  dayFrom(on <= monthOf(today) ? yearOf(today) : yearOf(today) - 1, on, 1)

/** A day of a month, the last one where the month is shorter. */
export const inMonth = (first: Day, day: number): Day => {
  const last = endOfMonth(first)
  const wanted = dayFrom(first.slice(0, 4), first.slice(5, 7), day)
  return wanted > last ? last : wanted
}

export const weekdays = '一二三四五六日天'
const weekdayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
export const weekdayNumber = (said: string): number =>
  /[a-z]/.test(said)
    ? weekdayNames.findIndex((name) => name.startsWith(said.slice(0, 3)))
    : Math.min(weekdays.indexOf(said), 6)
export const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** How many days a span of time has. */
export function spanDays(count: string | undefined, unit: string | undefined): number {
  const times = /月|month/.test(unit ?? '')
    ? 30
    : /周|week|星期|礼拜/.test(unit ?? '')
      ? 7
      : /年|year/.test(unit ?? '')
        ? 365
        : 1
  return Number(count) * times
}

/** The day of that date that is nearest: what lies more than half a year ahead was said of the past. */
export function nearestDay(today: Day, on: number, day: number): Day {
  const thisYear = dayFrom(yearOf(today), on, 1)
  const first = thisYear > addDays(today, 183) ? dayFrom(yearOf(today) - 1, on, 1) : thisYear
  return inMonth(first, day)
}

/** The first day of a month by its number, or of the one before or after this. */
export const monthSaid = (today: Day, on: string | undefined, away: string | undefined): Day =>
  on ? latestMonth(today, Number(on)) : firstOfMonth(endOfMonth(today, monthsAway[away ?? '这'] ?? 0))
const monthsAway: Record<string, number> = { 上上: -2, 上: -1, 下: 1, 下下: 2 }
