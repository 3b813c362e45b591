import { addDays, type Day, endOfMonth } from '#kernel/days'
import { inMonth, type Range } from './calendar-ranges.ts'
import { rules } from './day-rules.ts'

/** `isBefore`: 周五之前, until then. `isAfter`: 下周三以后, from a day on that is still to come. */
export type Days = { from: Day; to: Day; said: string; isBefore?: true; isAfter?: true }

/** From a day until now; a weekday that is still to come was the last one. */
const sinceAhead = /(?:\b(?:since|after)|自从?)\s*(?:the\s+)?$/
const sinceBehind = /^\s*(?:以来|起(?!步)|开始|打后|以后|之后|过后)/
/** 以后 of what is still to come has no end. */
const fromThere = /^\s*(?:起(?!步)|开始|打后|以后|之后|过后)/
const afterAhead = /\bafter\s+(?:the\s+)?$/
const isNext = /下|next/
/** 国庆以后 begins when it is over, and so does 月底以后. */
const festival = /节|国庆|五一|假|双|[月年]底/
const untilAhead = /\b(?:before|by|until|till)\s+(?:the\s+)?$/
const before = /^(?:之前|以前|为止|前(?![\d天后面几台两二三]))/

/** The days that a message speaks of, in the company's calendar; and the message without them. */
export function daysIn(text: string, today: Day): { days?: Days; rest: string } {
  for (const { pattern, days } of rules) {
    const found = pattern.exec(text)
    if (!found) continue
    const first = { ...sinceThen(days(today, found), found, today), said: found[0] }
    const last = untilAfter(text.slice(found.index + found[0].length), today)
    const said = found[0] + (last?.said ?? '')
    const end = last && laterDay(last, first.from)
    const reached = end && end >= first.from ? { from: first.from, to: end, said } : first
    const whole = compares.test(text) ? reached : withNext(reached, text, today)
    const at = text.indexOf(whole.said)
    const [ahead, behind] = [text.slice(0, at), text.slice(at + whole.said.length)]
    const isBefore = before.test(behind) || untilAhead.test(ahead)
    const isAfter = fromThere.test(behind) || afterAhead.test(ahead)
    return {
      days: { ...whole, ...(isBefore ? { isBefore } : {}), ...(isAfter ? { isAfter } : {}) },
      rest: text.replace(whole.said, ' '.repeat(whole.said.length)),
    }
  }
  return { rest: text }
}

function sinceThen(said: Range, found: RegExpExecArray, today: Day): Range {
  const [behind, ahead] = [found.input.slice(found.index + found[0].length), found.input.slice(0, found.index)]
  if (!sinceAhead.test(ahead) && !sinceBehind.test(behind)) return said
  const from =
    said.from > today && /day|mon|tue|wed|thu|fri|sat|sun|周|星期|礼拜/.test(found[0]) && !isNext.test(found[0])
      ? addDays(said.from, -7)
      : said.from
  const first = festival.test(found[0]) && sinceBehind.test(behind) ? addDays(said.to, 1) : from
  return first <= today ? { from: first, to: today } : said
}

const compares = /比|哪|谁|涨|跌|增|降|差|\b(?:vs|than|versus)\b/
/** 昨天跟今天, 8月和9月: days that follow each other are one time. */
function withNext(first: Days, text: string, today: Day): Days {
  const end = text.indexOf(first.said) + first.said.length
  const joint = /^\s*(?:和|跟|与|、|加上?)\s*/.exec(text.slice(end))?.[0]
  if (!joint) return first
  const behind = text.slice(end + joint.length)
  const { days } = daysIn(behind, today)
  if (!days || !behind.startsWith(days.said)) return first
  const isNext = addDays(first.to, 1) === days.from || addDays(days.to, 1) === first.from
  const [from, to] = first.from < days.from ? [first.from, days.to] : [days.from, first.to]
  return isNext ? { from, to, said: first.said + joint + days.said } : first
}

/** 下周一到周五: the weekday, or the day of a month, behind is the one after. */
function laterDay({ to, said }: { to: Day; said: string }, from: Day): Day {
  const [, day] = /(?:到|至|~|—)\s*(\d{1,2})[号日]$/.exec(said) ?? []
  if (day) return firstFrom(from, Number(day))
  return to < from && /(?:周|星期|礼拜|day)/.test(said) ? addDays(to, 7) : to
}

/** 11月10号到15号: the fifteenth behind the tenth. */
function firstFrom(from: Day, day: number): Day {
  const here = inMonth(from, day)
  return here >= from ? here : inMonth(addDays(endOfMonth(from), 1), day)
}

/** 到今天, 至10月31号: the last of several days, where it is said right behind the first. */
function untilAfter(text: string, today: Day): { to: Day; said: string } | undefined {
  const joint = /^\s*(?:起|开始)?[一1]?直?(?:到|至|~|—|to\b|through\b|until\b)\s*/.exec(text)?.[0]
  if (!joint) return undefined
  const behind = text.slice(joint.length)
  const { days } = daysIn(behind.replace(/^(?:现在|目前|今)(?!天)/, '今天'), today)
  const said = days && [days.said, '现在', '目前'].find((one) => behind.startsWith(one))
  return said ? { to: days.to, said: joint + said } : undefined
}
