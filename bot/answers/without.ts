import { customersIn, type Excepted, warehousesIn } from './except.ts'
import type { BotQuery, QueryOf } from './query.ts'
import type { Known } from './understanding.ts'

/** Lists from which some can be left out: what is told of the others holds without them. */
type List = QueryOf<'ar.overdue'> | QueryOf<'order.list'> | QueryOf<'delivery.due'>
const isList = (query: BotQuery): query is List =>
  query.intent === 'ar.overdue' || query.intent === 'order.list' || query.intent === 'delivery.due'

/** The same list without those that he named to be left out; nothing where he named something else, or where one of them is all it is about. */
export function withoutThese(query: BotQuery, excepted: Excepted, known: Known): BotQuery | undefined {
  if (!isList(query) || ('customerId' in query && query.customerId)) return undefined
  const customers = customersIn(excepted, known)
  const warehouses = query.intent === 'delivery.due' && !query.warehouseId ? warehousesIn(excepted, known) : []
  const named = [...customers, ...warehouses]
  const without = [...new Set([...(query.without ?? []), ...named])]
  return named.length > 0 && without.length <= withoutMax ? { ...query, without } : undefined
}
const withoutMax = 5
