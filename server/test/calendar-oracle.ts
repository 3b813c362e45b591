/*
 * The calendar by whole numbers alone: no Date, no time zone data, nothing that the product uses. China has kept one hour for all, eight ahead of
 * UTC and without summer time, since 1992.
 */

const dayMs = 86_400_000
const aheadMs = 8 * 3_600_000

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

const written = (year: number, month: number, day: number): string =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')

/** The day that lies so many days after 1 January 1970. */
function dayNumbered(count: number): string {
  let [year, month, day] = [1970, 1, count + 1]
  while (day > (isLeap(year) ? 366 : 365)) day -= isLeap(year++) ? 366 : 365
  while (day > daysIn(year, month)) day -= daysIn(year, month++)
  return written(year, month, day)
}

function numberOf(text: string): number {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  let count = day - 1
  for (let y = 1970; y < year; y++) count += isLeap(y) ? 366 : 365
  for (let m = 1; m < month; m++) count += daysIn(year, m)
  return count
}

export const chineseDay = (ms: number): string => dayNumbered(Math.floor((ms + aheadMs) / dayMs))
export const daysLater = (day: string, days: number): string => dayNumbered(numberOf(day) + days)
export const daysApart = (from: string, to: string): number => numberOf(to) - numberOf(from)
export function lastOfMonth(day: string, monthsLater: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const index = year * 12 + month - 1 + monthsLater
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1]
  return written(y, m, daysIn(y, m))
}
