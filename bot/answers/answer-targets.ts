import { Decimal, type Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { addDays, daysBetween } from '#kernel/days'
import { ask } from '#kernel/perform'
import { salesActions } from '#server/modules/sales'
import type { Card, CardPart } from '../card.ts'
import { money, period, tableOr, understood } from './card-pieces.ts'
import type { QueryOf } from './query.ts'
import { ownerAsked, whoseWords } from './whose.ts'

type Targets = Awaited<ReturnType<typeof salesActions.salesTargets>>
type Row = Targets['rows'][number]

/** How far somebody, or everybody he may see, is with what was to be sold. Whole months, since targets are set for months. */
export async function answerTargets(caller: Caller, query: QueryOf<'target.progress'>, lang: Lang): Promise<Card> {
  const [from, to] = [query.from.slice(0, 7), query.to.slice(0, 7)]
  const targets = await ask(caller, salesActions.salesTargets, { from, to })
  const ownerId = ownerAsked(caller, query)
  const rows = targets.rows.filter(({ personId }) => !ownerId || personId === ownerId)
  const set = rows.filter((row) => row.target !== null)
  const isOfSome = (query.reachedUnder ?? query.reachedOver) !== undefined
  const en = lang === 'en'
  return {
    colour: 'blue',
    title: en ? 'Target' : '目标完成',
    parts: [
      ...(set.length === 0
        ? [{ kind: 'text' as const, text: noneWords(targets.canSet, en) }]
        : isOfSome
          ? someParts(set, query, lang)
          : [...sumParts(set, targets, lang), ...(set.length > 1 ? [peopleTable(set, lang)] : [])]),
      understood(
        caller.at,
        lang,
        en ? 'agreed orders by order day, tax included' : '已确认订单（按下单日、含税）',
        await whoseWords(caller, query, lang),
        period(targets.from, targets.to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Targets' : '销售目标', path: `/targets?month=${from}` },
  }
}

/** Only those who have not reached so much yet, or who have. */
function someParts(
  rows: readonly Row[],
  { reachedUnder, reachedOver }: QueryOf<'target.progress'>,
  lang: Lang,
): CardPart[] {
  const some = rows.filter((row) => {
    const reached = new Decimal(row.done).div(row.target ?? 1).times(100)
    return reached.lt(reachedUnder ?? Infinity) && reached.gte(reachedOver ?? 0)
  })
  const en = lang === 'en'
  const share = `${reachedUnder ?? reachedOver}%`
  const label = reachedUnder
    ? en
      ? `people below ${share}`
      : `人 · 完成不到 ${share}`
    : en
      ? `people at ${share} or more`
      : `人 · 完成 ${share} 以上`
  return [{ kind: 'figure', value: String(some.length), label }, ...(some.length > 0 ? [peopleTable(some, lang)] : [])]
}

const noneWords = (canSet: boolean, en: boolean): string =>
  canSet
    ? en
      ? 'No target is set for these months; set it on the page.'
      : '这段时间还没有设目标，可以打开页面设置。'
    : en
      ? 'No target is set for these months; ask your manager.'
      : '这段时间还没有设目标，可以请销售经理设置。'

const sum = (rows: readonly Row[], field: 'target' | 'done'): Decimal =>
  Decimal.sum(0, ...rows.map((row) => row[field] ?? 0))
const percent = (part: Decimal, whole: Decimal): string => `${part.div(whole).times(100).toFixed(1)}%`

function sumParts(rows: readonly Row[], { from, to, today }: Targets, lang: Lang): CardPart[] {
  const en = lang === 'en'
  const [target, done] = [sum(rows, 'target'), sum(rows, 'done')]
  const gap = Decimal.max(0, target.minus(done))
  const workdays = workdaysLeft(today < from ? from : today, to)
  const gone = Math.min(Math.max(daysBetween(from, today) + 1, 0), daysBetween(from, to) + 1)
  return [
    { kind: 'figure', value: percent(done, target), label: en ? 'reached' : '已完成' },
    {
      kind: 'facts',
      facts: [
        { label: en ? 'Sold' : '已成交', value: money(done.toFixed(2), lang) },
        { label: en ? 'Target' : '目标', value: money(target.toFixed(2), lang) },
        { label: en ? 'Gap' : '还差', value: money(gap.toFixed(2), lang) },
        ...(gap.gt(0) && workdays > 0
          ? [{ label: en ? 'Per working day' : '每个工作日要', value: money(gap.div(workdays).toFixed(2), lang) }]
          : []),
        {
          label: en ? 'Time gone' : '时间进度',
          value: percent(new Decimal(gone), new Decimal(daysBetween(from, to) + 1)),
        },
      ],
    },
  ]
}

/** From Monday to Friday, today among them. */
function workdaysLeft(from: string, to: string): number {
  let count = 0
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    if (weekday >= 1 && weekday <= 5) count++
  }
  return count
}

const peopleTable = (rows: readonly Row[], lang: Lang): CardPart =>
  tableOr(
    lang === 'en' ? ['Seller', '#Sold', '#Target', '#Reached'] : ['销售', '#已成交', '#目标', '#完成'],
    rows.map((row) => [
      row.name,
      money(row.done, lang),
      money(row.target, lang),
      percent(new Decimal(row.done), new Decimal(row.target ?? 1)),
    ]),
    '',
  )
