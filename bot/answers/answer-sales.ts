import { Decimal, type Lang } from '#contract'
import { addDays, daysBetween } from '#kernel/days'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { salesActions } from '#server/modules/sales'
import type { Card, CardPart } from '../card.ts'
import { allPages } from './answer-collections.ts'
import { money, moreNote, period, tableOr, understood } from './card-pieces.ts'
import type { QueryOf } from './query.ts'

type Order = Awaited<ReturnType<typeof salesActions.orders>>['rows'][number]
type Range = { from: string; to: string }

const pageSize = 100
const ranksMax = 10
/** What counts as sold: agreed, on its way, delivered. */
const soldStates = 'confirmed,partly_delivered,delivered,closed'

/** The orders of some days that he may see, by the day on which they were placed; none when they are too many to be added up here. */
async function soldIn(
  caller: Caller,
  { from, to }: Range,
  asked: { customerId?: string; ownerId?: string },
): Promise<Order[] | undefined> {
  const { rows, isCut } = await allPages(
    (cursor) => ask(caller, salesActions.orders, { ...asked, state: soldStates, limit: pageSize, cursor }),
    // Newest first: a page that is all older than the first day is the last one needed.
    (page) => page.every((order) => (order.orderedOn ?? '') < from),
  )
  if (isCut) return undefined
  return rows.filter((order) => order.orderedOn != null && order.orderedOn >= from && order.orderedOn <= to)
}

const sumOf = (orders: readonly Order[]): Decimal => Decimal.sum(0, ...orders.map((order) => order.grossTotal ?? 0))
const shown = (sum: Decimal, lang: Lang): string => money(sum.toFixed(2), lang)

/** What was sold within some days, and beside it the same number of days before. */
export async function answerSales(caller: Caller, query: QueryOf<'sales.summary'>, lang: Lang): Promise<Card> {
  const { customerId, scope, from, to, metric } = query
  const asked = { customerId, ownerId: scope === 'mine' ? caller.personId : undefined }
  const length = daysBetween(from, to) + 1
  const before = { from: addDays(from, -length), to: addDays(from, -1) }
  const both = await soldIn(caller, { from: before.from, to }, asked)
  const en = lang === 'en'
  const now = both?.filter((order) => (order.orderedOn ?? '') >= from)
  const earlier = both?.filter((order) => (order.orderedOn ?? '') < from)
  const whose =
    scope === 'mine'
      ? en
        ? 'mine'
        : '我的'
      : customerId
        ? now?.[0]?.names['customerId']
        : en
          ? 'all I may see'
          : '我能看到的'
  return {
    colour: 'blue',
    title: en ? 'Sales' : '销售额',
    parts: [
      ...(now && earlier ? summaryParts(now, earlier, before, metric, lang) : [tooMany(en)]),
      understood(
        caller.at,
        lang,
        en ? 'agreed orders by order day, tax included' : '已确认订单（按下单日、含税）',
        whose,
        period(from, to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Orders' : '订单', path: '/orders' },
  }
}

function summaryParts(now: Order[], earlier: Order[], before: Range, metric: string, lang: Lang): CardPart[] {
  const en = lang === 'en'
  const [sum, sumBefore] = [sumOf(now), sumOf(earlier)]
  const change = sumBefore.gt(0) ? sum.minus(sumBefore).div(sumBefore).times(100).toFixed(1) : undefined
  const count = { label: en ? 'Orders' : '订单数', value: String(now.length) }
  return [
    metric === 'count'
      ? { kind: 'figure', value: String(now.length), label: en ? 'orders' : '张订单' }
      : { kind: 'figure', value: shown(sum, lang), label: en ? 'sold' : '销售额' },
    {
      kind: 'facts',
      facts: [
        metric === 'count' ? { label: en ? 'Amount' : '金额', value: shown(sum, lang) } : count,
        { label: period(before.from, before.to, lang) ?? '', value: shown(sumBefore, lang) },
        ...(change ? [{ label: en ? 'Change' : '变化', value: `${change.startsWith('-') ? '' : '+'}${change}%` }] : []),
      ],
    },
  ]
}

const tooMany = (en: boolean): CardPart => ({
  kind: 'text',
  text: en
    ? 'These are too many orders to add up here; ask for fewer days or one customer.'
    : '订单太多，这里加不过来；可以问短一点的时间，或某一家客户。',
})

/** Who sold or bought most: the orders that he may see, added up by seller or by customer. */
export async function answerRank(
  caller: Caller,
  query: QueryOf<'sales.rank'> & { by: 'rep' | 'customer' },
  lang: Lang,
): Promise<Card> {
  const { by, order, limit = ranksMax, from, to } = query
  const orders = await soldIn(caller, { from, to }, {})
  const en = lang === 'en'
  const ranks = orders ? ranked(orders, by === 'rep' ? 'ownerId' : 'customerId', order) : []
  const total = sumOf(orders ?? [])
  return {
    colour: 'blue',
    title: by === 'rep' ? (en ? 'Sellers' : '业绩排行') : en ? 'Customers' : '客户排行',
    parts: [
      orders
        ? tableOr(
            ['#', en ? 'Name' : '名称', en ? '#Amount' : '#金额', en ? '#Share' : '#占比'],
            ranks
              .slice(0, limit)
              .map(({ name, sum }, i) => [
                String(i + 1),
                name,
                shown(sum, lang),
                `${total.gt(0) ? sum.div(total).times(100).toFixed(1) : '0'}%`,
              ]),
            en ? 'Nothing was sold.' : '没有成交。',
          )
        : tooMany(en),
      ...moreNote(ranks.length > limit, lang),
      understood(
        caller.at,
        lang,
        en ? 'agreed orders by order day, tax included' : '已确认订单（按下单日、含税）',
        period(from, to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Orders' : '订单', path: '/orders' },
  }
}

function ranked(
  orders: readonly Order[],
  field: 'ownerId' | 'customerId',
  direction: 'asc' | 'desc',
): { name: string; sum: Decimal }[] {
  const sums = new Map<string, { name: string; sum: Decimal }>()
  for (const order of orders) {
    const key = order[field] ?? ''
    const known = sums.get(key) ?? { name: order.names[field] ?? '', sum: new Decimal(0) }
    sums.set(key, { ...known, sum: known.sum.plus(order.grossTotal ?? 0) })
  }
  const sign = direction === 'asc' ? 1 : -1
  return [...sums.values()].sort((a, b) => a.sum.cmp(b.sum) * sign)
}
