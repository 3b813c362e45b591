import { Decimal, type Lang, type Output } from '#contract'
import type { ReportGroup, sales } from '#contract/modules/sales'
import { addDays, daysBetween } from '#kernel/days'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { salesActions } from '#server/modules/sales'
import type { Card, CardPart } from '../card.ts'
import { money, moreNote, period, tableOr, understood } from './card-pieces.ts'
import type { QueryOf } from './query.ts'
import { familyMax } from './query-parts.ts'
import { ownerAsked, whoseWords } from './whose.ts'

type Range = { from: string; to: string }
type Report = Output<(typeof sales)['endpoints']['salesReport']>
type Asked = Omit<Parameters<typeof salesActions.salesReport>[2], 'stage' | 'sort' | 'direction'> & {
  direction?: 'asc' | 'desc'
}

const ranksMax = 10
export const nothingSold = { zh: '没有成交。', en: 'Nothing was sold.' }

/** What he may see of agreed orders, by the day on which they were placed. */
export const reportOf = (caller: Caller, asked: Asked): Promise<Report> =>
  ask(caller, salesActions.salesReport, { direction: 'desc', ...asked, stage: 'ordered', sort: 'gross' })

export const noTotal = { orders: 0, gross: '0.00', net: '0.00' }

/** What was sold within some days, and beside it what it is compared with: where nobody says, the same number of days before. */
export async function answerSales(caller: Caller, query: QueryOf<'sales.summary'>, lang: Lang): Promise<Card> {
  const { customerId, itemId, itemIds, category, from, to, metric, against } = query
  const ownerId = ownerAsked(caller, query)
  const by: ReportGroup = itemId || itemIds ? 'item' : category ? 'category' : 'customer'
  const asked = { by, customerId, itemId, itemIds, category, ownerId, limit: familyMax }
  const length = daysBetween(from, to) + 1
  const before = against ?? { from: addDays(from, -length), to: addDays(from, -1) }
  const [now, earlier] = [
    await reportOf(caller, { ...asked, from, to }),
    await reportOf(caller, { ...asked, ...before }),
  ]
  const en = lang === 'en'
  const named = !itemIds && (itemId || customerId || category) ? (now.rows[0] ?? earlier.rows[0])?.name : undefined
  return {
    colour: 'blue',
    title: named ? `${named} · ${en ? 'sales' : '销售额'}` : en ? 'Sales' : '销售额',
    parts: [
      ...summaryParts(now, earlier, { before, isAsked: against !== undefined }, metric, lang),
      ...(itemIds ? [eachOf(now, lang)] : []),
      understood(
        caller.at,
        lang,
        en ? 'agreed orders by order day, tax included' : '已确认订单（按下单日、含税）',
        named,
        (!named || ownerId !== undefined) && (await whoseWords(caller, query, lang)),
        period(from, to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Orders' : '订单', path: customerId ? `/orders?customer=${customerId}` : '/orders' },
  }
}

function summaryParts(
  now: Report,
  earlier: Report,
  { before, isAsked }: { before: Range; isAsked: boolean },
  metric: string,
  lang: Lang,
): CardPart[] {
  const en = lang === 'en'
  const [total, past] = [now.total ?? noTotal, earlier.total ?? noTotal]
  const [sum, sumBefore] = [new Decimal(total.gross), new Decimal(past.gross)]
  const change = sumBefore.gt(0) ? sum.minus(sumBefore).div(sumBefore).times(100).toFixed(1) : undefined
  const amount = { label: en ? 'Amount' : '金额', value: money(total.gross, lang) }
  const count = { label: en ? 'Orders' : '订单数', value: String(total.orders) }
  // Quantities of several items do not add up: they stand by each of them.
  const quantity = now.rows.length === 1 ? now.rows[0]?.shown : undefined
  const sold = quantity ? [{ label: en ? 'Quantity' : '数量', value: quantity }] : []
  const [figure, facts]: [CardPart, { label: string; value: string }[]] =
    metric === 'quantity' && quantity
      ? [{ kind: 'figure', value: quantity, label: en ? 'sold' : '销量' }, [amount, count]]
      : metric === 'count'
        ? [{ kind: 'figure', value: String(total.orders), label: en ? 'orders' : '张订单' }, [amount, ...sold]]
        : [{ kind: 'figure', value: amount.value, label: en ? 'sold' : '销售额' }, [count, ...sold]]
  return [
    figure,
    {
      kind: 'facts',
      facts: [
        ...facts,
        // Nothing before is nothing to compare with, unless somebody asks.
        ...(isAsked || !sumBefore.isZero()
          ? [
              {
                label: `${en ? 'Before:' : '对比'} ${period(before.from, before.to, lang)}`,
                value: money(past.gross, lang),
              },
            ]
          : []),
        ...(change ? [{ label: en ? 'Change' : '变化', value: `${change.startsWith('-') ? '' : '+'}${change}%` }] : []),
      ],
    },
  ]
}

/** What was sold of each of several items. */
const eachOf = ({ rows }: Report, lang: Lang): CardPart =>
  tableOr(
    lang === 'en' ? ['Item', '#Quantity', '#Amount'] : ['商品', '#数量', '#金额'],
    rows.map(({ name, shown, gross }) => [name, shown, money(gross, lang)]),
    nothingSold[lang],
  )

export const groups = { rep: 'seller', item: 'item', customer: 'customer', category: 'category' } as const
type Group = keyof typeof groups
const titles = {
  rep: { zh: '业绩排行', en: 'Sellers' },
  item: { zh: '商品排行', en: 'Items' },
  customer: { zh: '客户排行', en: 'Customers' },
  category: { zh: '品类排行', en: 'Categories' },
}

/** Who sold or bought most, and what: the orders that he may see, added up. */
export async function answerRank(
  caller: Caller,
  query: Omit<QueryOf<'sales.rank'>, 'by'> & { by: Group },
  lang: Lang,
): Promise<Card> {
  const { by, order, limit = ranksMax, category, itemIds, from, to } = query
  const { rows, cursor, total } = await reportOf(caller, {
    by: groups[by],
    category,
    itemIds,
    from,
    to,
    direction: order,
    limit,
  })
  const en = lang === 'en'
  const whole = new Decimal(total?.gross ?? 0)
  const shareOf = (gross: string): string =>
    `${whole.gt(0) ? new Decimal(gross).div(whole).times(100).toFixed(1) : '0'}%`
  return {
    colour: 'blue',
    title: titles[by][lang],
    parts: [
      tableOr(
        ['#', en ? 'Name' : '名称', en ? '#Amount' : '#金额', en ? '#Share' : '#占比'],
        rows.map(({ name, gross }, i) => [String(i + 1), name, money(gross, lang), shareOf(gross)]),
        nothingSold[lang],
      ),
      ...moreNote(cursor !== null, lang),
      understood(
        caller.at,
        lang,
        en ? 'agreed orders by order day, tax included' : '已确认订单（按下单日、含税）',
        category,
        period(from, to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Orders' : '订单', path: '/orders' },
  }
}
