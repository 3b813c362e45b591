import { addDays, type Day, endOfMonth } from '#kernel/days'

export type Days = { from: Day; to: Day; said: string }

const weekday = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
const firstOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`

const oneDay = (day: Day): Omit<Days, 'said'> => ({ from: day, to: day })
const month = (day: Day): Omit<Days, 'said'> => ({ from: firstOfMonth(day), to: endOfMonth(day) })
const dayFrom = (year = '', on = '', day = ''): Day => `${year}-${on.padStart(2, '0')}-${day.padStart(2, '0')}`

function week(day: Day): Omit<Days, 'said'> {
  const monday = addDays(day, -weekday(day))
  return { from: monday, to: addDays(monday, 6) }
}

function latestMonth(today: Day, on: number): Day {
  const thisYear = dayFrom(today.slice(0, 4), String(on), '01')
  return thisYear <= today ? thisYear : dayFrom(String(Number(today.slice(0, 4)) - 1), String(on), '01')
}

type Rule = { pattern: RegExp; days: (today: Day, found: RegExpExecArray) => Omit<Days, 'said'> }

/** A week begins on Monday; a month that is not named with its year is the latest one that has begun. */
const rules: Rule[] = [
  { pattern: /今天|今日|\btoday\b|jintian/, days: (today) => ({ from: today, to: today }) },
  { pattern: /昨天|昨日|\byesterday\b|zuotian/, days: (today) => oneDay(addDays(today, -1)) },
  { pattern: /前天/, days: (today) => oneDay(addDays(today, -2)) },
  { pattern: /上周|上礼拜|上星期|\blast week\b/, days: (today) => week(addDays(today, -7)) },
  { pattern: /这周|本周|这礼拜|这个礼拜|这星期|\bthis week\b|benzhou/, days: week },
  { pattern: /上个?月|\blast month\b/, days: (today) => month(endOfMonth(today, -1)) },
  { pattern: /这个?月|本月|\bthis month\b|benyue/, days: month },
  {
    pattern: /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/,
    days: (_, [, year, on, day]) => oneDay(dayFrom(year, on, day)),
  },
  {
    pattern: /(?<![\d*.])(1[0-2]|[1-9])月(?:份)?(?!\d)/,
    days: (today, [, on]) => month(latestMonth(today, Number(on))),
  },
]

/** The days that a message speaks of, in the company's calendar; and the message without them. */
export function daysIn(text: string, today: Day): { days?: Days; rest: string } {
  for (const { pattern, days } of rules) {
    const found = pattern.exec(text)
    if (found) return { days: { ...days(today, found), said: found[0] }, rest: text.replace(found[0], ' ') }
  }
  return { rest: text }
}
