import type { DayUse } from '#contract/questions'

/** A day's questions by what became of them, put together. */
export type DayFigures = {
  day: string
  count: number
  answered: number
  askedBack: number
  p50Ms: number
  p95Ms: number
}

/** Days with the latest first; how long an answer took is that of the questions that were answered. */
export function byDay(uses: readonly DayUse[]): DayFigures[] {
  const days = new Map<string, DayFigures>()
  for (const { day, outcome, count, p50Ms, p95Ms } of uses) {
    const known = days.get(day) ?? { day, count: 0, answered: 0, askedBack: 0, p50Ms: 0, p95Ms: 0 }
    const isAnswered = outcome === 'answered'
    days.set(day, {
      day,
      count: known.count + count,
      answered: known.answered + (isAnswered ? count : 0),
      askedBack: known.askedBack + (outcome === 'asked' || outcome === 'missing' ? count : 0),
      p50Ms: isAnswered ? p50Ms : known.p50Ms,
      p95Ms: isAnswered ? p95Ms : known.p95Ms,
    })
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? 1 : -1))
}

export const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 100))
