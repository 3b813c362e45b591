import { baseUnit, Decimal, type Lang, type Output, toMoney, toPercent, toPrice } from '#contract'
import type { sales } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import { ask } from '#kernel/perform'
import { catalogActions } from '#server/modules/catalog'
import { inventoryActions } from '#server/modules/inventory'
import { salesActions } from '#server/modules/sales'
import type { Card, CardPart } from '../card.ts'
import { money, period, price, table, understood } from './card-pieces.ts'
import { itemLabel } from './pick.ts'
import type { QueryOf } from './query.ts'
import { ownerAsked, whoseWords } from './whose.ts'

type Query = QueryOf<'margin.query'>
type Margins = Output<(typeof sales)['endpoints']['margins']>
type Days = { from: string; to: string }

const lowestMax = 5

/** What an order, an item, a customer or a time leaves. */
export function answerMargin(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { orderId, itemId, from, to } = query
  if (orderId) return answerOrderMargin(caller, orderId, lang)
  const days = from && to ? { from, to } : undefined
  if (itemId && !days) return answerItemMargin(caller, { ...query, itemId }, lang)
  return answerMargins(caller, query, days ?? thisMonth(caller), lang)
}

// The address is encoded where it is sent; only what would end a part of it has to go.
const nameInAddress = (name = ''): string => name.replace(/[&#%+?]/g, ' ')

const thisMonth = ({ at }: Caller): Days => ({ from: `${dayAt(at).slice(0, 7)}-01`, to: dayAt(at) })

/** What goods that left within some days have left, and which of them left least. */
async function answerMargins(caller: Caller, query: Query, days: Days, lang: Lang): Promise<Card> {
  const { itemId, customerId, category, against } = query
  const by = query.by ?? (itemId ? 'customer' : 'item')
  const direction = query.order ?? 'asc'
  const ownerId = ownerAsked(caller, query)
  const of = { itemId, customerId, category, ownerId, by } as const
  const asked = {
    ...days,
    ...of,
    stage: 'delivered',
    sort: query.order === 'desc' ? 'profit' : 'percent',
    direction,
  } as const
  const found = await ask(caller, salesActions.margins, { ...asked, limit: query.limit ?? lowestMax })
  const before = against && (await ask(caller, salesActions.margins, { ...asked, ...against, limit: 1 }))
  const whole = itemId || customerId ? await nameOf(caller, { ...asked, by: itemId ? 'item' : 'customer' }) : undefined
  const en = lang === 'en'
  const filter = itemId ? `item=${itemId}&` : customerId ? `customer=${customerId}&` : ''
  return {
    colour: 'blue',
    title: whole ?? category ?? (en ? 'Margin' : '毛利'),
    parts: [
      ...totalParts(found, lang),
      ...(before ? [beforeFacts(before, against, lang)] : []),
      ...rankedParts(found, direction, lang),
      understood(
        caller.at,
        lang,
        en ? 'margin of what has left, without tax' : '已出库毛利（不含税）',
        whole ?? category,
        ownerId && (await whoseWords(caller, query, lang)),
        period(days.from, days.to, lang),
      ),
    ],
    buttons: [],
    link: {
      label: en ? 'Margins' : '毛利统计',
      path: `/margins?${filter}by=${by}&period=other&from=${days.from}&to=${days.to}&of=${nameInAddress(whole)}`,
    },
  }
}

async function nameOf(
  caller: Caller,
  asked: Omit<Parameters<typeof salesActions.margins>[2], 'limit'>,
): Promise<string | undefined> {
  const { rows } = await ask(caller, salesActions.margins, { ...asked, limit: 1 })
  return rows[0]?.name
}

function totalParts({ total }: Margins, lang: Lang): CardPart[] {
  const en = lang === 'en'
  if (!total || total.orders === 0)
    return [{ kind: 'text', text: en ? 'Nothing left in this time.' : '这段时间没有出库。' }]
  return [
    {
      kind: 'figure',
      value: total.percent === null ? '—' : `${total.percent}%`,
      label: en ? `margin, ${total.orders} orders` : `毛利率（${total.orders} 单）`,
    },
    {
      kind: 'facts',
      facts: [
        { label: en ? 'Profit' : '毛利', value: money(total.profit, lang) },
        { label: en ? 'Net' : '不含税金额', value: money(total.net, lang) },
        { label: en ? 'Cost, net' : '成本（不含税）', value: money(total.cost, lang) },
      ],
    },
  ]
}

/** What it is compared with. */
const beforeFacts = ({ total }: Margins, { from, to }: Days, lang: Lang): CardPart => ({
  kind: 'facts',
  facts: [
    {
      label: period(from, to, lang) ?? '',
      value: total?.percent == null ? '—' : `${total.percent}% · ${money(total.profit, lang)}`,
    },
  ],
})

function rankedParts({ rows }: Margins, direction: 'asc' | 'desc', lang: Lang): CardPart[] {
  if (rows.length < 2) return []
  const en = lang === 'en'
  const label =
    direction === 'asc' ? (en ? 'Lowest margin first' : '毛利率从低到高') : en ? 'Highest profit first' : '毛利从高到低'
  return [
    table(
      [label, en ? '#Profit' : '#毛利', en ? '#Margin' : '#毛利率'],
      rows.map((row) => [row.name, money(row.profit, lang), row.percent === null ? '—' : `${row.percent}%`]),
    ),
  ]
}

/** What an item costs and leaves at its list price, both without tax; the ledger keeps costs with tax. */
async function answerItemMargin(caller: Caller, query: Query & { itemId: string }, lang: Lang): Promise<Card> {
  const [stock, { item }] = await Promise.all([
    ask(caller, inventoryActions.itemStock, { itemId: query.itemId }),
    ask(caller, catalogActions.item, { id: query.itemId }),
  ])
  const { cost } = stock
  const unit = baseUnit(stock.item.units)
  const en = lang === 'en'
  const rate = new Decimal(item.taxRate ?? 0).div(100).plus(1)
  const netOf = (gross: string): Decimal => new Decimal(gross).div(rate)
  const net = item.listPrice == null ? undefined : netOf(item.listPrice)
  const unitCost = cost && netOf(cost.unitCost)
  const percent = unitCost && net && net.gt(0) ? toPercent(net.minus(unitCost).div(net).times(100)) : undefined
  const priced = (value: Decimal): string => price(toPrice(value), lang)
  return {
    colour: 'blue',
    title: itemLabel(stock.item),
    parts: [
      query.metric === 'cost' || !percent
        ? {
            kind: 'figure',
            value: unitCost ? `${priced(unitCost)} / ${unit}` : '—',
            label: en ? 'average cost, net' : '平均成本（不含税）',
          }
        : { kind: 'figure', value: `${percent}%`, label: en ? 'margin at the list price' : '按标准售价的毛利率' },
      {
        kind: 'facts',
        facts: [
          ...(unitCost ? [{ label: en ? 'Cost, net' : '成本（不含税）', value: priced(unitCost) }] : []),
          ...(cost
            ? [{ label: en ? 'Last cost, net' : '最近进价（不含税）', value: priced(netOf(cost.lastCost)) }]
            : []),
          ...(net ? [{ label: en ? 'List price, net' : '标准售价（不含税）', value: priced(net) }] : []),
          ...(cost
            ? [{ label: en ? 'Value in stock, tax included' : '库存金额（含税）', value: money(cost.value, lang) }]
            : []),
        ],
      },
      understood(
        stock.at,
        lang,
        query.metric === 'cost' ? (en ? 'cost' : '成本') : en ? 'margin' : '毛利',
        stock.item.code,
      ),
    ],
    buttons: [],
    link: { label: en ? 'The item' : '商品详情', path: `/stock/${query.itemId}` },
  }
}

/** What an order leaves: of what has left, at its true cost; beside it as it was agreed. */
async function answerOrderMargin(caller: Caller, orderId: string, lang: Lang): Promise<Card> {
  const { order, agreed, left, isKept, at } = await ask(caller, salesActions.orderMargin, { id: orderId })
  const en = lang === 'en'
  const shown = left ?? agreed
  const as = isKept ? (en ? 'As agreed' : '确认时') : en ? 'Expected' : '预计'
  const profit = ({ profit, percent }: typeof agreed): string =>
    `${money(toMoney(new Decimal(profit)), lang)}${percent === null ? '' : ` · ${percent}%`}`
  return {
    colour: 'blue',
    title: [order.number, order.customer].filter(Boolean).join(' · '),
    parts: [
      {
        kind: 'figure',
        value: shown.percent === null ? '—' : `${shown.percent}%`,
        label: left
          ? en
            ? 'margin of what has left'
            : '已出库毛利率'
          : en
            ? 'margin, nothing has left yet'
            : '毛利率（还没有出库）',
      },
      {
        kind: 'facts',
        facts: [
          { label: en ? 'Net' : '不含税金额', value: money(shown.net, lang) },
          { label: en ? 'Cost, net' : '成本（不含税）', value: money(shown.cost, lang) },
          { label: en ? 'Profit' : '毛利', value: profit(shown) },
          ...(left ? [{ label: as, value: profit(agreed) }] : []),
        ],
      },
      understood(at, lang, en ? 'margin of an order' : '订单毛利', order.number),
    ],
    buttons: [],
    link: { label: en ? 'How it comes about' : '毛利与成本来源', path: `/margins/orders/${orderId}` },
  }
}
