import type { BotQuery, Intent } from './query.ts'
import { findSlots, type Slots } from './slots.ts'
import type { Known } from './understanding.ts'

/** What is said in these is kept as it was said, or confirmed line by line before anything is done. */
const keepAll: ReadonlySet<Intent> = new Set([
  'crm.log',
  'owner.remind',
  'alert.subscribe',
  'quote.draft',
  'order.draft',
  'approval.mine',
  'approval.status',
  'help',
])

/**
 * Whether a query leaves out something that was named: an item, a customer, a warehouse, an order. Its figure would be right, and about something
 * else than what was asked.
 */
export function leavesOut(query: BotQuery, slots: Slots): boolean {
  if (keepAll.has(query.intent)) return false
  const has = (id: string): boolean => JSON.stringify(query).includes(JSON.stringify(id))
  const isMissing = (candidates: Slots['items']): boolean => {
    const [first, ...others] = candidates
    return first !== undefined && others.length === 0 && !has(first.entry.id)
  }
  const hasItem = 'itemId' in query || 'itemIds' in query
  // Goods of a kind are named by what is part of their names too.
  const namesGoods = !('category' in query)
  // What has gone to a customer is shown with all that went.
  const tellsAll = query.intent === 'delivery.status' && query.customerId !== undefined
  return (
    (namesGoods && !tellsAll && (isMissing(slots.items) || (slots.items.length > 1 && !hasItem))) ||
    isMissing(slots.customers) ||
    (slots.customers.length === 0 && !slots.namesItem && isMissing(slots.suppliers)) ||
    (query.intent.startsWith('stock.') && isMissing(slots.warehouses)) ||
    isMissing(slots.colleagues) ||
    (slots.orderTail !== undefined && !('orderId' in query))
  )
}

/** Figures are those of now; of another day only where the query says so. */
function leavesDayOut(query: BotQuery, { days }: Slots, today: string): boolean {
  if (!days || query.intent === 'price.last' || (days.from <= today && today <= days.to)) return false
  return !['from', 'to', 'day', 'by', 'withinDays'].some((field) => field in query)
}

/** Whether there are words, or a day, that nobody made anything of, beside a query that would be answered without them. */
export const isDoubtful = (query: BotQuery, slots: Slots, today: string): boolean =>
  !keepAll.has(query.intent) && (slots.unknown !== '' || leavesDayOut(query, slots, today))

const except =
  /(?:除了|除开|除去|剔除|不包括|不包含|不要(?!了|紧)|去掉)(?!.?(?:占|被占|预占|别人))|\b(?:except|excluding|but not|without)\b/
const exceptedMax = 8
/** Everything but something: no query says so, and one with it would say the opposite. */
export function saysExcept(message: string, known: Known): boolean {
  const found = except.exec(message)
  if (!found) return false
  const end = found.index + found[0].length
  const { named, colleagues, categories } = findSlots(message.slice(end, end + exceptedMax), known)
  return named !== '' || colleagues.length + categories.length > 0
}
