import dayjs from 'dayjs'
import type { Lang } from '#contract'

const zone = 'Asia/Shanghai'
const dayIn = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at)
const clockOf = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' }).format(at)

/** The day of a moment in the company's calendar. */
export const dayOf = (iso: string): string => dayIn(new Date(iso))

/** Today in the company's calendar. */
export const today = (): string => dayIn(new Date())

/** '10:32' of today, '昨天 10:32', '11-20 10:32', '2025-11-20': as short as it can be without doubt. */
export function shortMoment(iso: string | Date, lang: Lang, now = new Date()): string {
  const at = new Date(iso)
  const day = dayIn(at)
  const daysAgo = dayjs(dayIn(now)).diff(dayjs(day), 'day')
  if (daysAgo === 0) return clockOf(at)
  if (daysAgo === 1) return `${lang === 'en' ? 'Yesterday' : '昨天'} ${clockOf(at)}`
  return day.slice(0, 4) === dayIn(now).slice(0, 4) ? `${day.slice(5)} ${clockOf(at)}` : day
}

/** '11-20', with its year when that is not this one. */
export const shortDay = (day: string, now = today()): string =>
  day.slice(0, 4) === now.slice(0, 4) ? day.slice(5) : day

/** Days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: string, b: string): number => dayjs(b).diff(dayjs(a), 'day')
