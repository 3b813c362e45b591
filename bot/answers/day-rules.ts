import { addDays, type Day, endOfMonth } from '#kernel/days'
import {
  dayFrom,
  firstOfMonth,
  inMonth,
  lastQuarter,
  latestMonth,
  month,
  monthNames,
  monthOf,
  months,
  monthSaid,
  nearestDay,
  oneDay,
  quarter,
  type Range,
  spanDays,
  week,
  weekday,
  weekdayNumber,
  weekdays,
  year,
  yearOf,
} from './calendar-ranges.ts'

type Rule = { pattern: RegExp; days: (today: Day, found: RegExpExecArray) => Range }
const rule = (pattern: RegExp, days: Rule['days']): Rule => ({ pattern, days })
const weeksAway: Record<string, number> = {
  上上: -14,
  上: -7,
  这: 0,
  本: 0,
  下: 7,
  下下: 14,
  last: -7,
  this: 0,
  next: 7,
}
const shortMonths = monthNames.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')
const monthNumber = (said: string): number => monthNames.findIndex((name) => name.startsWith(said.slice(0, 3))) + 1
/** The first day of the lunar year. */
const newYears: readonly Day[] = ['2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03', '2031-01-23']
const nextOf = (today: Day, on: number, day: number): Day => {
  const here = dayFrom(yearOf(today), on, day)
  return here >= today ? here : dayFrom(yearOf(today) + 1, on, day)
}
const near = (today: Day, found: RegExpExecArray): number => weeksAway[found[1] ?? '这'] ?? 0

/** A week begins on Monday; a month that is not named with its year is the latest one that has begun. The longer wording comes first. */
export const rules: readonly Rule[] = [
  rule(
    /(?<![\d.*/-])(1[0-2]|[1-9])[./](\d{1,2})\s*(?:到|至|~|-|—)\s*(1[0-2]|[1-9])[./](\d{1,2})(?![\d.*/-])/,
    (today, [, month1 = '', day1 = '', month2 = '', day2 = '']) => ({
      from: inMonth(latestMonth(today, Number(month1)), Number(day1)),
      to: inMonth(latestMonth(today, Number(month2)), Number(day2)),
    }),
  ),
  rule(/(?<![\d*.])(1[0-2]|[1-9])月?(?:到|至|~|-)(1[0-2]|[1-9])月(?:份)?(?!\d)/, (today, [, first, last]) => ({
    from: latestMonth(today, Number(first)),
    to: endOfMonth(latestMonth(today, Number(last))),
  })),
  rule(/(?<![\d*.])(1[0-2]|[1-9])月(?:份)?(?:底|末)/, (today, [, on]) =>
    oneDay(endOfMonth(latestMonth(today, Number(on)))),
  ),
  rule(/(上上|上)个?(?:月|月份)(?:的)?(?:底|末)|\b(?:the )?end of last month\b/, (today, [, away]) =>
    oneDay(endOfMonth(today, away === '上上' ? -2 : -1)),
  ),
  rule(/下个?(?:月|月份)(?:的)?(?:底|末)|\b(?:the )?end of next month\b/, (today) => ({
    from: today,
    to: endOfMonth(today, 1),
  })),
  rule(/(?:去年|上年)(?:年)?(?:底|末)|\b(?:the )?end of last year\b/, (today) => oneDay(year(yearOf(today) - 1).to)),
  rule(/上个?季度?(?:底|末)/, (today) => oneDay(lastQuarter(today).to)),
  rule(new RegExp(`\\bend of (${monthNames.join('|')})\\b`), (today, [, name = '']) =>
    oneDay(endOfMonth(latestMonth(today, monthNames.indexOf(name) + 1))),
  ),
  rule(/(?<!\d)(1[0-2]|[1-9])月(?:份)?(?:月)?初|(?:这个?|本)?月初|(?:今年)?年初/, (today, [said, on]) =>
    oneDay(on ? latestMonth(today, Number(on)) : said.includes('年') ? year(yearOf(today)).from : firstOfMonth(today)),
  ),
  rule(new RegExp(`\\b(?:${shortMonths})\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b`), (today, [said, day]) =>
    oneDay(nearestDay(today, monthNumber(said), Number(day))),
  ),
  rule(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${shortMonths})\\b`), (today, [, day, name = '']) =>
    oneDay(nearestDay(today, monthNumber(name), Number(day))),
  ),
  rule(/元旦(?:节)?/, (today) => oneDay(nextOf(today, 1, 1))),
  rule(/圣诞(?:节)?|\bchristmas\b/, (today) => oneDay(nextOf(today, 12, 25))),
  rule(/(?:这个?|本)?(月|周|星期|礼拜)里?还?(?:剩下|余下|剩|后面)的?(?:这?几天|日子|时间)/, (today, [, of]) => ({
    from: today,
    to: of === '月' ? endOfMonth(today) : week(today).to,
  })),
  rule(/春节|过年|大年初[1一]/, (today) => oneDay(newYears.find((day) => day >= today) ?? nextOf(today, 2, 1))),
  rule(/双(?:十一|11)那[1一个]*(?:周|星期|礼拜)/, (today) => week(inMonth(latestMonth(today, 11), 11))),
  rule(/双(?:十一|11)/, (today) => oneDay(inMonth(latestMonth(today, 11), 11))),
  rule(/双(?:十二|12)/, (today) => oneDay(inMonth(latestMonth(today, 12), 12))),
  rule(/(?:10[.月]1|十一|国庆)(?:节)?(?:期间|假期|长假|黄金周|那几天|那[1一]?周)|国庆节?/, (today) => {
    const first = latestMonth(today, 10)
    return { from: first, to: inMonth(first, 7) }
  }),
  rule(/(?:5[.月]1|五一|劳动节)(?:节)?(?:期间|假期|长假|黄金周|那几天)/, (today) => {
    const first = latestMonth(today, 5)
    return { from: first, to: inMonth(first, 5) }
  }),
  rule(
    /(?<!\d)(?:(1[0-2]|[1-9])月(?:份)?(?:的)?|(上|这个?|本|下)个?月(?:的)?|)([上中下])旬/,
    (today, [, on, away, part]) => {
      const first = monthSaid(today, on, away)
      const [from, to] = { 上: [1, 10], 中: [11, 20], 下: [21, 31] }[part as '上' | '中' | '下'] // what the pattern took
      return { from: inMonth(first, from!), to: inMonth(first, to!) }
    },
  ),
  rule(
    /(?:(1[0-2]|[1-9])月(?:份)?|(上上|上|这个?|本|下)个?月)(?:的)?(最后|末|头|第)[1一](?:天|日)/,
    (today, [, on, away, end = '']) => {
      const first = monthSaid(today, on, away)
      return oneDay(/[后末]/.test(end) ? endOfMonth(first) : first)
    },
  ),
  // 前半个月 counts fifteen days by now.
  rule(
    /(?:(1[0-2]|[1-9])月(?:份)?|(上|这个?|本|下)个?月)(?:的)?(前|上|头|后|下|最后)(\d{1,2})天/,
    (today, [, on, away, part = '', count]) => {
      const first = monthSaid(today, on, away)
      const last = endOfMonth(first)
      return /[前上头]/.test(part)
        ? { from: first, to: inMonth(first, Number(count)) }
        : { from: addDays(last, 1 - Number(count)), to: last }
    },
  ),
  rule(/(?:(上上|上|这个?|本|下)个?)?(?:周末|双休日?)/, (today, [, away = '这']) => {
    const saturday = addDays(week(addDays(today, weeksAway[away[0] === '这' ? '这' : away] ?? 0)).from, 5)
    return { from: saturday, to: addDays(saturday, 1) }
  }),
  rule(/(?:今年|本年)?前([23二两三])个?季度?/, (today, [, count = '']) =>
    months(yearOf(today), 1, /[3三]/.test(count) ? 9 : 6),
  ),
  rule(/(?:今年|本年)?(?<!往)前([2-9]|1[0-2])个?月(?!.{0,2}(?:的|以)?(?:没|不|未))/, (today, [, count = '']) =>
    months(yearOf(today), 1, Math.min(12, Number(count))),
  ),
  rule(/明后(?:两|2)?天|明天(?:和|跟|、)?后天/, (today) => ({ from: addDays(today, 1), to: addDays(today, 2) })),
  rule(/昨今(?:两|2)?天|昨天(?:和|跟|、)?今天/, (today) => ({ from: addDays(today, -1), to: today })),
  rule(/今明(?:两|2)?天|今天(?:和|跟|、)?明天/, (today) => ({ from: today, to: addDays(today, 1) })),
  rule(/年底(?:前|之前|以前)?/, (today) => ({ from: today, to: year(yearOf(today)).to })),
  rule(/前几天|前些天|这几天|最近几天|近几天|[这近][两2]天|最近[两2]天/, (today) => ({
    from: addDays(today, -6),
    to: today,
  })),
  rule(/(?<!\d)(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?!\d)/, (_, [, of = '', on = '', day = '']) =>
    oneDay(dayFrom(of, on, day)),
  ),
  rule(/(?<!\d)(\d{4})年(\d{1,2})月(?:份)?/, (_, [, of = '', on = '']) => month(dayFrom(of, on, 1))),
  rule(
    /(上上|上|这个?|本|下下|下)个?(?:周|星期|礼拜)([1-6](?!\d)|[一二三四五六日天])(?!共|直|[个张家些]|下(?!的|了|单|午))/,
    (today, [, away = '', on = '']) => {
      const number = /\d/.test(on) ? Number(on) - 1 : weekdayNumber(on)
      return oneDay(addDays(week(addDays(today, weeksAway[away[0] === '这' ? '这' : away] ?? 0)).from, number))
    },
  ),
  rule(/(上上|上|这个?|本|下下|下)(?:[1一]?个?)(?:周|星期|礼拜)/, (today, [, away = '']) =>
    week(addDays(today, weeksAway[away[0] === '这' ? '这' : away] ?? 0)),
  ),
  rule(/(?:周|星期|礼拜)([1-6一二三四五六日天])(?!\d)/, (today, [, on = '']) => {
    const number = /\d/.test(on) ? Number(on) - 1 : weekdayNumber(on)
    return oneDay(addDays(week(today).from, number))
  }),
  rule(/大前天/, (today) => oneDay(addDays(today, -3))),
  rule(/前天|\bday before yesterday\b/, (today) => oneDay(addDays(today, -2))),
  rule(/昨天|昨日|昨晚|昨儿|昨个(?!月)|\byesterday\b|zuotian/, (today) => oneDay(addDays(today, -1))),
  rule(/(?<!那|的)当[天日](?!的)/, oneDay),
  rule(/今天|今日|今儿|今[个早晚](?![上月])|\btoday\b|jintian/, oneDay),
  rule(/明天|明日|明儿|明[个早晚](?![上月])|\btomorrow\b|mingtian/, (today) => oneDay(addDays(today, 1))),
  rule(/大后天/, (today) => oneDay(addDays(today, 3))),
  rule(/后天/, (today) => oneDay(addDays(today, 2))),
  rule(/(上|这个?|本|下)个?月(?:的)?(\d{1,2})[号日]/, (today, [, away = '', day = '']) => {
    const first = firstOfMonth(endOfMonth(today, away === '上' ? -1 : away === '下' ? 1 : 0))
    return oneDay(inMonth(first, Number(day)))
  }),
  rule(/(?<![\d*.])(1[0-2]|[1-9])月(\d{1,2})[号日]?(?!\d)/, (today, [, on, day]) =>
    oneDay(nearestDay(today, Number(on), Number(day))),
  ),
  rule(/月底(?:前|之前|以前)?|\b(?:the )?(?:month[- ]end|end of (?:the|this) month)\b/, (today) => ({
    from: today,
    to: endOfMonth(today),
  })),
  rule(/(上上|上)[1一]?个?月|\blast month\b|shang(?:ge)?yue/, (today, found) =>
    month(endOfMonth(today, found[1] === '上上' ? -2 : -1)),
  ),
  rule(/下个?月|\bnext month\b/, (today) => month(endOfMonth(today, 1))),
  rule(/这个?月|本月|\bthis month\b|benyue/, month),
  rule(/benzhou|\bthis week\b/, week),
  rule(/\b(last|next) week\b/, (today, found) => week(addDays(today, near(today, found)))),
  rule(/(?:第)?([1-4一二三四])季度|\bq([1-4])\b/, (today, [, said, q]) => {
    const number = q ? Number(q) : /\d/.test(said ?? '') ? Number(said) : weekdays.indexOf(said ?? '一') + 1
    const of = number * 3 - 2 > monthOf(today) ? yearOf(today) - 1 : yearOf(today)
    return quarter(of, number)
  }),
  rule(/上个?季度?|\blast quarter\b/, lastQuarter),
  rule(/这个?季度?|本季度?|\bthis quarter\b/, (today) => quarter(yearOf(today), Math.ceil(monthOf(today) / 3))),
  rule(/上半年/, (today) => months(yearOf(today), 1, 6)),
  rule(/下半年/, (today) => months(monthOf(today) > 6 ? yearOf(today) : yearOf(today) - 1, 7, 12)),
  rule(/今年|本年|\bthis year\b|jinnian/, (today) => year(yearOf(today))),
  rule(/前年/, (today) => year(yearOf(today) - 2)),
  rule(/去年|\blast year\b|qunian/, (today) => year(yearOf(today) - 1)),
  rule(/(?<![\d*.])(?<!前(?=1月))(1[0-2]|[1-9])月(?:份)?(?!\d)/, (today, [, on]) =>
    month(latestMonth(today, Number(on))),
  ),
  rule(new RegExp(`\\b(${monthNames.join('|')})\\b`), (today, [, name = '']) =>
    month(latestMonth(today, monthNames.indexOf(name) + 1)),
  ),
  rule(
    /(?:最近|近|过去|这(?=\s*\d+\s*天)|\blast )\s*(\d+)\s*(天|日|days|个?月|months|周|weeks)/,
    (today, [, count, unit]) => ({
      from: addDays(today, 1 - spanDays(count, unit)),
      to: today,
    }),
  ),
  rule(/(\d+)\s*(天|个?月|周|个?(?:星期|礼拜)|年)以?来(?!货|的货|了)/, (today, [, count, unit]) => ({
    from: addDays(today, 1 - spanDays(count, unit)),
    to: today,
  })),
  rule(
    /(?:未来|接下来|今后|往后|之后|后面|随后|\bnext |(?<!\b(?:not|no|never|haven't|hasn't)\b.*)\bin )(?:的|数)?\s*(\d+)\s*(天|日|days|个?月|months|周|weeks)(?:之?内)?/,
    (today, [, count, unit]) => ({ from: today, to: addDays(today, spanDays(count, unit)) }),
  ),
  rule(
    /\b(?:(last|this|next)\s+)?(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b/,
    (today, [, which, name = '']) => {
      const ahead = (weekdayNumber(name) - weekday(today) + 7) % 7
      if (which === 'last') return oneDay(addDays(today, ahead - 7))
      return oneDay(
        addDays(which === 'this' ? week(today).from : today, which === 'this' ? weekdayNumber(name) : ahead),
      )
    },
  ),
  rule(/(?:上午|中午|下午|早上|一大早|傍晚|晚上)(?!好)/, oneDay),
  rule(/(?<![\d*.])(\d{1,2})号/, (today, [, day = '']) => {
    const here = inMonth(firstOfMonth(today), Number(day))
    return oneDay(here >= today ? here : inMonth(firstOfMonth(endOfMonth(today, 1)), Number(day)))
  }),
]
