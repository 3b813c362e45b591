import { Decimal, type Lang, type Output } from '#contract'
import type { sales } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { addDays, daysBetween, endOfMonth } from '#kernel/days'
import { ask } from '#kernel/perform'
import { catalogActions } from '#server/modules/catalog'
import { namesOf } from '#server/modules/org'
import { partiesActions } from '#server/modules/parties'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { answerRank, groups, noTotal, nothingSold, reportOf } from './answer-sales.ts'
import { money, period, tableOr, understood } from './card-pieces.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'
import { ownerAsked, whoseWords } from './whose.ts'

type Query = QueryOf<'sales.rank'>
type Report = Output<(typeof sales)['endpoints']['salesReport']>
type Range = { from: string; to: string }

const definition = { zh: '已确认订单（按下单日、含税）', en: 'agreed orders by order day, tax included' }

/** Who or what sold most: of all, among some that are named, or of some days by month, week or day. */
export async function answerRanks(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { by, among, amongKinds } = query
  if (by === 'quarter' || by === 'month' || by === 'week' || by === 'day')
    return answerByTime(caller, { ...query, by }, lang)
  const compared: Compared[] | undefined =
    amongKinds?.map(({ name, itemIds }) => ({ name, filter: { itemIds } })) ??
    among?.map((id) => ({ id, filter: filterFor(by, id) }))
  return compared ? answerAmong(caller, { ...query, by, compared }, lang) : answerRank(caller, { ...query, by }, lang)
}

type Group = keyof typeof groups
type Filter = Pick<Parameters<typeof reportOf>[1], 'itemId' | 'itemIds' | 'customerId' | 'ownerId' | 'category'>
/** One of those beside each other: by its id, or several of a kind under one name. */
type Compared = { filter: Filter } & ({ id: string; name?: undefined } | { name: string })
type Among = Query & { by: Group; compared: Compared[] }
type One = { name: string; orders: number; gross: Decimal; shown: string }

/** Some that are named, beside each other, and how far the first is ahead of the next. */
async function answerAmong(caller: Caller, { by, compared, order, from, to }: Among, lang: Lang): Promise<Card> {
  const found: One[] = []
  for (const one of compared) {
    const { rows, total } = await reportOf(caller, { by: groups[by], ...one.filter, from, to, limit: 1 })
    const { orders, gross } = total ?? noTotal
    const name = one.name ?? rows[0]?.name ?? (await nameOf(caller, by, one.id))
    found.push({ name, orders, gross: new Decimal(gross), shown: rows[0]?.shown ?? '' })
  }
  const sign = order === 'asc' ? 1 : -1
  const ranked = found.toSorted((a, b) => a.gross.cmp(b.gross) * sign)
  const [first, next] = ranked
  const en = lang === 'en'
  const ahead = first && next ? first.gross.minus(next.gross).abs() : undefined
  const isEven = ahead === undefined || ahead.isZero()
  // Quantities of several items do not add up.
  const hasQuantities = by === 'item' && compared.every(({ name }) => name === undefined)
  return {
    colour: 'blue',
    title: ranked.map(({ name }) => name).join(en ? ' / ' : '、'),
    parts: [
      {
        kind: 'figure',
        value: isEven ? (en ? 'the same' : '一样') : (first?.name ?? ''),
        label: aheadWords(isEven ? undefined : ahead, order, lang),
      },
      tableOr(
        [
          en ? 'Name' : '名称',
          ...(hasQuantities ? [en ? '#Quantity' : '#数量'] : []),
          en ? '#Orders' : '#订单数',
          en ? '#Amount' : '#金额',
        ],
        ranked.map(({ name, orders, gross, shown }) => [
          name,
          ...(hasQuantities ? [shown || '—'] : []),
          String(orders),
          money(gross.toFixed(2), lang),
        ]),
        nothingSold[lang],
      ),
      understood(caller.at, lang, definition[lang], period(from, to, lang)),
    ],
    buttons: [],
    link: { label: en ? 'Orders' : '订单', path: '/orders' },
  }
}

function aheadWords(ahead: Decimal | undefined, order: Query['order'], lang: Lang): string {
  if (!ahead) return lang === 'en' ? 'amount' : '金额'
  const by = money(ahead.toFixed(2), lang)
  if (order === 'asc') return lang === 'en' ? `less, by ${by}` : `金额较少，少 ${by}`
  return lang === 'en' ? `more, by ${by}` : `金额较多，多 ${by}`
}

const filterFor = (by: Group, id: string): Filter =>
  ({ item: { itemId: id }, customer: { customerId: id }, rep: { ownerId: id }, category: { category: id } })[by]

/** What one of them is called of which nothing was sold. */
async function nameOf(caller: Caller, by: Group, id: string): Promise<string> {
  if (by === 'category') return id
  if (by === 'rep') return (await ask(caller, (tx) => namesOf(tx, [id]), undefined)).get(id) ?? ''
  if (by === 'customer') {
    const { customer } = await ask(caller, partiesActions.customer, { id })
    return customer.shortName ?? customer.name ?? ''
  }
  const { item } = await ask(caller, catalogActions.item, { id })
  return itemLabel({ name: item.name ?? '', spec: item.spec ?? '', code: item.code ?? '' })
}

type ByTime = Query & { by: 'quarter' | 'month' | 'week' | 'day' }
const timesMax = 31
const titles = {
  quarter: { zh: '按季度销售额', en: 'Sales by quarter' },
  month: { zh: '按月销售额', en: 'Sales by month' },
  week: { zh: '按周销售额', en: 'Sales by week' },
  day: { zh: '按天销售额', en: 'Sales by day' },
}

/** What was sold month by month, week by week or day by day, and which of them was best, or worst where that is asked. */
async function answerByTime(caller: Caller, query: ByTime, lang: Lang): Promise<Card> {
  const { by, customerId, itemId, itemIds, category, order } = query
  const ownerId = ownerAsked(caller, query)
  const asked = { customerId, itemId, itemIds, category, ownerId }
  const ranges = rangesOf(query)
  const reports: Report[] = await ask(
    caller,
    async (tx) => {
      const found: Report[] = []
      for (const range of ranges)
        found.push(
          await salesActions.salesReport(tx, caller, {
            ...asked,
            ...range,
            by: itemId || itemIds ? 'item' : category ? 'category' : 'customer',
            stage: 'ordered',
            sort: 'gross',
            direction: 'desc',
            limit: 1,
          }),
        )
      return found
    },
    undefined,
  )
  const rows = reports.map(({ total }, i) => ({ ...ranges[i]!, ...(total ?? noTotal) }))
  const sign = order === 'asc' ? 1 : -1
  const [best] = rows.toSorted((a, b) => new Decimal(a.gross).cmp(b.gross) * sign)
  const en = lang === 'en'
  const isWorst = order === 'asc'
  const about = reports.flatMap((report) => report.rows)[0]?.name
  const named = customerId || itemId || category ? about : undefined
  return {
    colour: 'blue',
    title: [titles[by][lang], named].filter(Boolean).join(' · '),
    parts: [
      ...(best
        ? [
            {
              kind: 'figure' as const,
              value: timeWords(best, by, lang),
              label: `${en ? (isWorst ? 'lowest' : 'highest') : isWorst ? '最低' : '最高'} · ${money(best.gross, lang)}`,
            },
          ]
        : []),
      tableOr(
        [en ? 'When' : '时间', en ? '#Orders' : '#订单数', en ? '#Amount' : '#金额'],
        rows.map((row) => [timeWords(row, by, lang), String(row.orders), money(row.gross, lang)]),
        nothingSold[lang],
      ),
      understood(
        caller.at,
        lang,
        definition[lang],
        named,
        (!named || ownerId !== undefined) && (await whoseWords(caller, query, lang)),
        period(ranges[0]?.from, query.to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Orders' : '订单', path: '/orders' },
  }
}

/** 2026-10 is a month; a week and a day by their days. */
const timeWords = ({ from, to }: Range, by: ByTime['by'], lang: Lang): string =>
  by === 'month' ? from.slice(0, 7) : (period(from, to, lang) ?? '')

/** The months, weeks or days of some days, the latest ones where there are too many. */
function rangesOf({ by, from, to }: ByTime): Range[] {
  const ranges: Range[] = []
  for (let first = from; first <= to;) {
    const end = lastOf(by, first)
    ranges.push({ from: first, to: end < to ? end : to })
    first = addDays(end, 1)
  }
  return ranges.slice(-timesMax)
}

function lastOf(by: ByTime['by'], day: string): string {
  if (by === 'month') return endOfMonth(day)
  if (by === 'quarter') return endOfMonth(day, (12 - Number(day.slice(5, 7))) % 3)
  if (by === 'day') return day
  // A week ends on Sunday; 2024-01-01 was a Monday.
  return addDays(day, 6 - (((daysBetween('2024-01-01', day) % 7) + 7) % 7))
}
