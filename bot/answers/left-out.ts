import { daysBetween } from '#kernel/days'
import { losesManner } from './manner.ts'
import type { Candidate } from './match.ts'
import type { BotQuery, Intent } from './query.ts'
import type { Slots } from './slots.ts'
import { isPlain } from './things-named.ts'

/** What is said in these is kept as it was said, or confirmed line by line before anything is done. */
export const keepAll: ReadonlySet<Intent> = new Set([
  'crm.log',
  'owner.remind',
  'alert.subscribe',
  'quote.draft',
  'order.draft',
  'help',
])
const keepsAll = ({ intent }: BotQuery): boolean => keepAll.has(intent)

/**
 * Whether a query leaves out something that was named: an item, a customer, a warehouse, an order. Its figure would be right, and about something
 * else than what was asked.
 */
export function leavesOut(query: BotQuery, slots: Slots): boolean {
  if (keepsAll(query)) return false
  const has = (id: string): boolean => JSON.stringify(query).includes(JSON.stringify(id))
  const isMissing = (candidates: Slots['items']): boolean => {
    const [first, ...others] = candidates
    return first !== undefined && others.length === 0 && !has(first.entry.id)
  }
  /** Several of a kind that are only found each by itself, or are all that was named. */
  const missesOne = (whole: Slots['items'], parts: readonly Slots['items'][]): boolean =>
    whole.length === 0 && parts.some(isMissing)
  const missesAny = (all: Slots['items']): boolean => all.some(({ entry }) => !has(entry.id))
  const hasItem = 'itemId' in query || 'itemIds' in query || 'code' in query
  const hasGoods = hasItem || holds(query, ['among', 'amongKinds', 'lines'])
  // Goods of a kind are named by what is part of their names too.
  const namesGoods = !('category' in query)
  // What has gone to a customer, and what he has ordered, is shown with all of it.
  const tellsAll =
    (query.intent === 'delivery.status' || query.intent === 'order.status') && query.customerId !== undefined
  return (
    (namesGoods && !tellsAll && (isMissing(slots.items) || (slots.items.length > 1 && !hasItem))) ||
    (!tellsAll && slots.items.length === 0 && slots.itemParts.length > slots.categories.length && !hasGoods) ||
    (!namesGoods && !hasGoods && slots.items.length > 1 && isBesideCategory(slots)) ||
    // Whose order it is stands on it, and whoever wants goods, there are as many.
    (!('orderId' in query) && query.intent !== 'stock.atp' && isMissing(slots.customers)) ||
    (slots.customers.length === 0 && !slots.namesItem && isMissing(slots.suppliers)) ||
    missesOne(
      slots.customers,
      slots.customerParts.map(({ customers }) => customers),
    ) ||
    (!hasGoods && !tellsAll && !ranks(query, 'category') && missesAny(slots.categories)) ||
    isMissing(slots.warehouses) ||
    (!tellsOfEach.has(query.intent) && missesOne(slots.warehouses, slots.warehouseParts)) ||
    (!namesPeople(query, slots) && missesAny(slots.colleagues)) ||
    (slots.orderTail !== undefined && !('orderId' in query)) ||
    (slots.lotCode !== undefined && !('code' in query))
  )
}

/** Goods that are named beside a category, and not as what they are called in it. */
const isBesideCategory = ({ itemParts, categories }: Slots): boolean =>
  itemParts.every(({ named }) =>
    categories.every(({ entry }) => !named.includes(entry.name) && !entry.name.includes(named)),
  )

/** What is told of each warehouse by itself. */
const tellsOfEach: ReadonlySet<Intent> = new Set(['stock.item', 'stock.atp'])
const isOfApprovals = ({ intent }: BotQuery): boolean => intent.startsWith('approval.')
/** Of everybody by himself; or with who has to decide. */
const namesPeople = (query: BotQuery, slots: Slots): boolean =>
  ranks(query, 'rep') ||
  query.intent === 'target.progress' ||
  (query.intent === 'approval.status' && slots.colleagues.length < 2)
const ranks = (query: BotQuery, by: string): boolean => query.intent === 'sales.rank' && query.by === by

const holds = (query: BotQuery, fields: readonly string[]): boolean => fields.some((field) => field in query)

/** What is said of now; of what lies in a warehouse, only by the very day. */
const isNow = ({ from, to }: NonNullable<Slots['days']>, { intent }: BotQuery, today: string): boolean =>
  from <= today && today <= to && (intent !== 'stock.warehouse' || from === to)

/** 9月以来: what reaches until now and is not said of now. */
const since = /以来|自从|(?<=[月号日份])(?:起|开始)|\bsince\b/

/** 下周三之前, 下周三以后: told of that one day, it is another question. */
function losesEdge(
  query: BotQuery,
  { from, to, isBefore, isAfter }: NonNullable<Slots['days']>,
  today: string,
): boolean {
  if (!('from' in query) || query.from === undefined) return false
  const isOneDay = query.from === query.to
  const isAhead = from > today
  return isBefore
    ? isOneDay || (isAhead && query.from === from)
    : isAfter === true && (isOneDay || (isAhead && query.to === to))
}

/** Figures are those of now; of another day only where the query says so. */
function leavesDayOut(query: BotQuery, { days, otherDays, asking }: Slots, today: string): boolean {
  if (otherDays && !holds(query, ['against'])) return true
  // Until a day that is over, from nobody knows when.
  const isAhead = 'to' in query && query.to !== undefined && query.to >= today
  const isReached = 'from' in query && query.from !== undefined && days !== undefined && query.from < days.from
  if (days?.isBefore && days.to < today && !isAhead && !isReached && !holds(query, ['day', 'by', 'silentDays']))
    return true
  if (days && losesEdge(query, days, today)) return true
  if (!days || query.intent === 'price.last' || (isNow(days, query, today) && !since.test(asking))) return false
  if (query.intent === 'stock.slow') return days.to < today
  return !holds(query, ['from', 'to', 'day', 'by', 'withinDays'])
}

/** Whose answer is another one for so many; several items at once are each answered by what there is. */
const isEnough: ReadonlySet<Intent> = new Set(['stock.atp', 'stock.lot', 'price.item'])

const slack = 0.1
/** Whether a query is about so many days, which it counts or which lie between its first and last. */
function lasts(query: BotQuery, span: number): boolean {
  if (holds(query, ['withinDays', 'idleDays', 'overDays', 'mostDays', 'silentDays', 'holdDays', 'by'])) return true
  if (isOfApprovals(query) && 'to' in query) return true
  if (!('from' in query) || !query.from || !query.to) return false
  return Math.abs(daysBetween(query.from, query.to) - span) <= Math.max(1, span * slack)
}

/** How much, how many of them, for how long: each only where the query says so. */
const isStock = /^(?:stock|price)/
const leavesAmountOut = (query: BotQuery, { amounts, namesItem }: Slots): boolean =>
  (amounts.threshold !== undefined &&
    !holds(query, amounts.isBelow ? ['below', 'under'] : ['over', 'below', 'amount', 'overDays', 'quantity'])) ||
  (amounts.most !== undefined && !holds(query, ['under'])) ||
  (amounts.spanMost !== undefined && !holds(query, ['mostDays']) && !('withinDays' in query || 'from' in query)) ||
  amounts.prices.length > 0 ||
  amounts.discount !== undefined ||
  (amounts.limit !== undefined && !holds(query, ['limit'])) ||
  (amounts.money !== undefined && !holds(query, ['amount', 'over'])) ||
  (amounts.span !== undefined && !lasts(query, amounts.span)) ||
  (isStock.test(query.intent) &&
    !namesItem &&
    amounts.quantities.some(({ n }) => n !== '1') &&
    !holds(query, ['quantity'])) ||
  (amounts.quantities.length > 0 && isEnough.has(query.intent) && !holds(query, ['quantity', 'itemIds']))

/** 两家各欠多少, behind two names, counts those. */
const hasUnread = ({ unread, items, itemParts, customerParts }: Slots): boolean =>
  unread
    .split(' ')
    .some((one) => one !== '' && ![items, itemParts, customerParts].some(({ length }) => String(length) === one))

/** Who supplies it, or one of several that are called so: named plainly, and nowhere in the query. */
function leavesNameOut(query: BotQuery, { customers, suppliers, warehouses }: Slots): boolean {
  const all = JSON.stringify(query)
  const isTold = (one: Candidate): boolean => all.includes(JSON.stringify(one.entry.id))
  const isLost = (candidates: readonly Candidate[]): boolean =>
    candidates.length > 0 && candidates.every(isPlain) && !candidates.some(isTold)
  return (
    (customers.length === 0 && suppliers.length === 1 && isLost(suppliers)) ||
    (!('orderId' in query) && query.intent !== 'stock.atp' && isLost(customers)) ||
    isLost(warehouses)
  )
}

/** Whether there are words, a day or an amount that nobody made anything of, beside a query that would be answered without them. */
export const isDoubtful = (query: BotQuery, slots: Slots, today: string): boolean =>
  losesManner(query, slots) ||
  (!keepsAll(query) &&
    (slots.unknown + slots.otherPlace !== '' ||
      hasUnread(slots) ||
      leavesNameOut(query, slots) ||
      leavesDayOut(query, slots, today) ||
      leavesAmountOut(query, slots)))
