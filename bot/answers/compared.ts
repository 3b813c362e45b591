import { addDays, daysBetween, endOfMonth } from '#kernel/days'
import type { Asked } from './asked.ts'

type Range = { from: string; to: string }
/** The days that are asked for, and those that they are compared with. */
export type Compared = Range & { against?: Range }

const compares =
  /比(?!较[好高低多])|同期|涨|跌|增长|下降|[多高][还]?是[少低]|差多少|\b(?:compared?|versus|vs|than|against)\b/
const lastYear = /同比|去年同期|(?:比|跟|和)去年(?!的?(?:\d|[一二三四五六七八九十]))/
/** 比上个月: the days right behind are those that it is compared with. */
const isAgainst = /(?:比|跟|和|较|与|than|vs|versus)\s*$/

/** 这个月比上个月, 比上周涨了没, 环比, 同比: as far as the days that are asked for have come, the others count as far too. */
export function comparedIn<R extends Range | undefined>(asked: Asked, said: R): Compared | R {
  const { slots, message, known } = asked
  const standard = said ?? standardOf(asked)
  if (!compares.test(message) || message.includes('差多少钱')) return said
  const { days, otherDays } = slots
  const isYearly = lastYear.test(message)
  const isOther = days !== undefined && isAgainst.test(message.slice(0, message.indexOf(days.said)))
  if (days && otherDays && !isYearly) {
    const [earlier, later] = days.from < otherDays.from ? [days, otherDays] : [otherDays, days]
    return withinToday(later, earlier, known.today)
  }
  const asksYear = isYearly && (days === undefined || daysBetween(days.from, days.to) > monthMax)
  if (asksYear && !otherDays) return withinToday(standardOf(asked), aYearBefore(standardOf(asked)), known.today)
  if (isOther && days && days.to < known.today)
    return withinToday({ from: addDays(days.to, 1), to: known.today }, days, known.today)
  return withinToday(standard, isYearly ? aYearBefore(standard) : theSameBefore(standard), known.today)
}
const monthMax = 92

/** Of what was spoken before, else this month. */
function standardOf({ base, known: { today, context } }: Asked): Range {
  const before = [base, ...context.queries].find((query) => query && 'from' in query && query.from && query.to)
  if (before && 'from' in before && before.from && before.to) return { from: before.from, to: before.to }
  return { from: `${today.slice(0, 8)}01`, to: today }
}

const yearBefore = (day: string): string => {
  const last = endOfMonth(day, -12)
  const same = `${last.slice(0, 8)}${day.slice(8)}`
  return same > last ? last : same
}
const aYearBefore = ({ from, to }: Range): Range => ({ from: yearBefore(from), to: yearBefore(to) })

/** The month before a month, the week before a week; else as many days before. */
function theSameBefore({ from, to }: Range): Range {
  if (from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7)) {
    const last = endOfMonth(from, -1)
    return { from: `${last.slice(0, 8)}01`, to: last }
  }
  const days = daysBetween(from, to)
  return days < 7
    ? { from: addDays(from, -7), to: addDays(to, -7) }
    : { from: addDays(from, -days - 1), to: addDays(from, -1) }
}

function withinToday(asked: Range, against: Range, today: string): Compared {
  const to = asked.to > today ? today : asked.to
  const isUnder = to >= today
  const end = isUnder ? addDays(against.from, daysBetween(asked.from, to)) : against.to
  return { from: asked.from, to, against: { from: against.from, to: end < against.to ? end : against.to } }
}
