import { addDays, daysBetween, endOfMonth } from '#kernel/days'
import type { Days } from './dates.ts'
import { carried } from './last-spoken.ts'
import type { Asked } from './asked.ts'

export function daysOf(asked: Asked): { from?: string; to?: string } {
  const { days } = asked.slots
  if (days) return { from: beginOf(days, asked.known.today), to: days.to }
  return { from: carried(asked, 'from'), to: carried(asked, 'to') }
}

/** 本月15号以前, of what is over, begins with that month. */
const beginOf = ({ from, said, isBefore }: Days, today: string): string =>
  isBefore && from < today && /^(?:本|这个?|上个?)月.*\d/.test(said) ? `${from.slice(0, 8)}01` : from

/** 周一 and 1月 of what is to be done are the next ones; until a day is from now on, and from a day on has no end. */
export function stillToCome({ from, to, said, isBefore, isAfter }: Days, today: string): { from: string; to: string } {
  if (isAfter) return openEnded({ from, to, said }, today)
  const next = nextOf({ from, to, said }, today)
  return isBefore && next.to >= today ? { from: today, to: next.to } : next
}

/** 周五以后 begins with the next Friday, 月底以后 with the last day of the month. */
function openEnded({ from, to, said }: Days, today: string): { from: string; to: string } {
  const isOver = from <= today && /^(?:周|星期|礼拜)/.test(said)
  const first = isOver ? addDays(from, 7) : from > today ? from : to
  return { from: first, to: addDays(first, openEndDays) }
}
const openEndDays = 365

function nextOf({ from, to, said }: Days, today: string): { from: string; to: string } {
  if (/^[这近最].*天$/.test(said) && to === today) return { from: today, to: addDays(today, daysBetween(from, to)) }
  if (to >= today) return { from, to }
  if (/^(?:周|星期|礼拜)/.test(said)) return { from: addDays(from, 7), to: addDays(to, 7) }
  if (/^(?:1[0-2]|[1-9])月/.test(said)) return { from: yearAfter(from), to: yearAfter(to) }
  return { from, to }
}
const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`.replace('-02-29', '-02-28')

/** 5号 of what has been is that of this month, or of the last. */
export const alreadyGone = (days: Days, today: string): { from: string; to: string } =>
  days.from > today && /^\d{1,2}号/.test(days.said)
    ? { from: monthBefore(days.from), to: monthBefore(days.to) }
    : { from: beginOf(days, today), to: days.to }

function monthBefore(day: string): string {
  const last = endOfMonth(day, -1)
  const same = `${last.slice(0, 8)}${day.slice(8)}`
  return same > last ? last : same
}
