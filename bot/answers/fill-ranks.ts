import { addDays, endOfMonth } from '#kernel/days'
import { familyOf } from './family.ts'
import type { ItemPart } from './item-parts.ts'
import { type Candidate, isOfName } from './match.ts'
import { period } from './period.ts'
import type { Asked } from './asked.ts'
import { asked, categoryOf, only, whoseOf } from './pick.ts'
import { kindMax } from './query-parts.ts'
import type { QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

type Rank = QueryOf<'sales.rank'>
type By = Rank['by']
type Time = 'quarter' | 'month' | 'week' | 'day'
const times: readonly By[] = ['quarter', 'month', 'week', 'day']
const isTime = (by: By | undefined): by is Time => by !== undefined && times.includes(by)

const months = /哪[1一]?个?月|几月|每个?月|按月|逐月|月度|各个?月|\b(?:which|per|by|best|worst) month\b|\bmonthly\b/
const quarters =
  /哪[1一]?个?季度|每个?季度|每季|按季|逐季|各个?季度|\bquarterly\b|\b(?:which|per|by|best|worst) quarter\b/
const weeks =
  /哪[1一]?个?(?:周|星期|礼拜)(?!几|天)|每个?(?:周|星期|礼拜)|按周|逐周|各周|\b(?:which|per|by) week\b|\bweekly\b/
const dailies = /哪[1一]?天|每[天日]|按[天日]|逐[日天]|各天|\b(?:which|per|by) day\b|\bdaily\b/

/** Who sold or bought most, and what; how several stand beside each other; and which month, week or day was best. */
export function salesRank(ask: Asked): Understanding {
  const { message } = ask
  const before = ask.base?.intent === 'sales.rank' ? ask.base.by : undefined
  const time = timeIn(message) ?? (isTime(before) ? before : undefined)
  if (time) return rankedByTime(ask, time)
  const days = period(ask)
  return rankedAmong(ask, days) ?? rankedAll(ask, days)
}

function timeIn(message: string): Time | undefined {
  if (quarters.test(message)) return 'quarter'
  if (months.test(message)) return 'month'
  if (weeks.test(message)) return 'week'
  if (dailies.test(message)) return 'day'
  return /走势|趋势|曲线|\btrend\b/.test(message) ? 'month' : undefined
}

const isLeast = /最差|最慢|最不好|最少|最低|最淡|垫底|worst|least|bottom/
const saysOrder = /最|垫底|worst|least|bottom|best|most|倒|反|[从由][高大多低小少]到/
const orderIn = (message: string): Rank['order'] =>
  /倒(?!闭)|反过来|反着|[从由][低小少]到/.test(message) || isLeast.test(message) ? 'asc' : 'desc'

const weeksShown = 12
/** Where nobody says from when: a year of months, a quarter of weeks, this month's days. */
export function rankedByTime(ask: Asked, by: Time): Understanding {
  const { slots, message, known } = ask
  const { today } = known
  const { span } = slots.amounts
  const from = {
    quarter: addDays(endOfMonth(today, -13 - ((Number(today.slice(5, 7)) - 1) % 3)), 1),
    month: addDays(endOfMonth(today, span === undefined ? -12 : -Math.max(1, Math.round(span / 30))), 1),
    week: addDays(today, 1 - (span ?? weeksShown * 7)),
    day: span === undefined ? `${today.slice(0, 8)}01` : addDays(today, 1 - span),
  }[by]
  const said = period(ask, { from, to: today })
  // The last six months begin with the first whole one.
  const isOfMonths = by === 'month' && /\d\s*个?月/.test(slots.days?.said ?? '') && !said.from.endsWith('-01')
  const days = isOfMonths ? { ...said, from: addDays(endOfMonth(said.from), 1) } : said
  if (days.from > today) return { kind: 'declined' }
  const itemIds = familyOf(ask)
  return asked({
    intent: 'sales.rank',
    by,
    order: orderIn(message),
    customerId: only(slots.customers),
    itemId: only(slots.items),
    itemIds,
    category: categoryOf(ask),
    ...whoseOf(ask),
    ...days,
  })
}

/** Two or more of a kind that are named beside each other: they are told of, and nobody else. */
export function rankedAmong(ask: Asked, days: { from: string; to: string }): Understanding | undefined {
  const { slots, message } = ask
  // 螺栓 in 膨胀螺栓 is no category beside it.
  const categories = slots.categories.filter(
    ({ entry }) => !slots.itemParts.some((part) => part.named !== entry.name && part.named.includes(entry.name)),
  )
  const named: readonly (readonly [By, readonly (readonly Candidate[])[]])[] = [
    ['item', slots.items.length === 0 ? slots.itemParts.map(({ items }) => items) : []],
    ['customer', slots.customers.length === 0 ? slots.customerParts.map(({ customers }) => customers) : []],
    ['rep', slots.colleagues.map((one) => [one])],
    ['category', categories.map((one) => [one])],
  ]
  const kinds = named.filter(([, parts]) => parts.length > 0)
  const [by, parts] = kinds[0] ?? ['item', []]
  if (by === 'item' && kinds.length === 1) {
    const amongKinds = kindsAmong(ask)
    if (amongKinds) return asked({ intent: 'sales.rank', by, order: orderIn(message), amongKinds, ...days })
  }
  const said = parts.flatMap((part) => (part.length === 1 ? part.map(({ entry }) => entry.id) : []))
  const before = said.length === 1 && /比|跟|和|与/.test(message) ? comparedWith(ask, by) : undefined
  const among = before && !said.includes(before) ? [before, ...said] : said
  if (kinds.length !== 1 || said.length !== parts.length || among.length < 2 || among.length > amongMax)
    return undefined
  return asked({ intent: 'sales.rank', by, order: orderIn(message), among, ...days })
}
const amongMax = 5

/** 膨胀螺栓和密封胶: not one item beside another, but all that are called so. */
function kindsAmong({ slots, known }: Asked): Rank['amongKinds'] {
  const { items, itemParts } = slots
  const isKind = ({ named, items: found }: ItemPart): boolean =>
    found.length === 1 ||
    (found.length <= kindMax && named.split(' ').some((word) => word.length > 1 && isOfName(word, known.items)))
  const areSingle = itemParts.every((part) => part.items.length === 1)
  if (items.length > 0 || itemParts.length < 2 || itemParts.length > amongMax || areSingle) return undefined
  if (!itemParts.every((part) => part.items.length > 0 && isKind(part))) return undefined
  return itemParts.map((part) => ({
    name: [...new Set(part.items.map(({ entry }) => entry.name))].slice(0, namesShown).join('、').slice(0, 60),
    itemIds: part.items.map(({ entry }) => entry.id),
  }))
}
const namesShown = 2

/** 跟小何比呢, after 小李这个月卖了多少. */
function comparedWith({ known: { context } }: Asked, by: By): string | undefined {
  const [last] = context.queries
  if (last?.intent !== 'sales.summary') return undefined
  if (by === 'rep') return last.ownerId
  return by === 'customer' ? last.customerId : by === 'category' ? last.category : undefined
}

function rankedAll(ask: Asked, days: { from: string; to: string }): Understanding {
  const { message, slots } = ask
  const before = ask.base?.intent === 'sales.rank' ? ask.base : undefined
  const by = /客户|customer|bought|buys/.test(message)
    ? 'customer'
    : /分类|品类|哪[1一]?个?类|categor/.test(message)
      ? 'category'
      : /产品|商品|货|品|款|[样种]|东西|sku|products?|items?/.test(message)
        ? 'item'
        : (before?.by ?? 'rep')
  const limit = slots.amounts.limit ?? before?.limit
  const category = by === 'category' ? undefined : categoryOf(ask)
  const itemIds = by === 'category' || category ? undefined : familyOf(ask)
  return asked({
    intent: 'sales.rank',
    by: category || itemIds ? 'item' : by,
    itemIds,
    order: before && !saysOrder.test(message) ? before.order : orderIn(message),
    limit,
    category,
    ...days,
  })
}
