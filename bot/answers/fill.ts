import type { Entry } from './lexicon.ts'
import type { Candidate } from './match.ts'
import type { BotQuery, Intent, QueryOf } from './query.ts'
import type { Slots } from './slots.ts'
import type { Choice, Known, Thing, Understanding } from './understanding.ts'

const choicesMax = 5

/** The query of an intent with what the message names; what is missing is asked for, what fits twice is asked back. */
export async function fill(intent: Intent, message: string, slots: Slots, known: Known): Promise<Understanding> {
  switch (intent) {
    case 'stock.item':
      return stockOf(slots, known)
    case 'stock.coming':
      return comingOf(slots, known)
    case 'ar.customer':
      return receivableOf(message, slots, known)
    case 'ar.overdue':
      return slots.customers.length > 0 ? receivableOf(message, slots, known) : asked({ intent, ...mineOf(slots) })
    case 'order.status':
    case 'order.list':
      return orderOf(message, slots, known)
    case 'approval.mine':
      return asked({ intent, ...documentIn(message) })
    case 'help':
      return asked({ intent })
  }
}

const asked = (query: BotQuery): Understanding => ({ kind: 'query', query })
const mineOf = (slots: Slots): { scope?: 'mine' } => (slots.isMine ? { scope: 'mine' } : {})

function documentIn(message: string): Pick<QueryOf<'approval.mine'>, 'document'> {
  if (/报价|quot/.test(message)) return { document: 'quotation' }
  return /订单|order/.test(message) ? { document: 'sales_order' } : {}
}

function stockOf(slots: Slots, known: Known): Understanding {
  const warehouseId = slots.warehouses.length === 1 ? slots.warehouses[0]!.entry.id : undefined
  const day = slots.days && slots.days.to < known.today ? slots.days.to : undefined
  const where = { ...(warehouseId ? { warehouseId } : {}), ...(day ? { day } : {}) }
  const query = (...itemIds: string[]): BotQuery => ({ intent: 'stock.item', itemIds, ...where })
  if (slots.items.length === 0 && slots.named === '' && known.last?.intent === 'stock.item')
    return asked({ ...known.last, ...where })
  if (slots.itemParts.length > 0) return severalOf(slots.itemParts, query)
  return choose('item', slots.items, slots.named, (entry) => ({ label: itemLabel(entry), query: query(entry.id) }))
}

/** Several items at once: those that are clear are kept while the first that is not is asked for. */
function severalOf(parts: Slots['itemParts'], query: (...itemIds: string[]) => BotQuery): Understanding {
  const clear = parts.flatMap((part) => (part.items.length === 1 ? [part.items[0]!.entry.id] : []))
  const unclear = parts.find((part) => part.items.length > 1)
  if (!unclear) return asked(query(...clear))
  return choose('item', unclear.items, unclear.named, (entry) => ({
    label: itemLabel(entry),
    query: query(...clear, entry.id),
  }))
}

function comingOf(slots: Slots, known: Known): Understanding {
  const { last } = known
  if (slots.items.length === 0 && slots.named === '' && last?.intent === 'stock.item' && last.itemIds.length === 1)
    return asked({ intent: 'stock.coming', itemId: last.itemIds[0]! })
  return choose('item', slots.items, slots.named, (entry) => ({
    label: itemLabel(entry),
    query: { intent: 'stock.coming', itemId: entry.id },
  }))
}

function receivableOf(message: string, slots: Slots, known: Known): Understanding {
  const focus = /逾期|超期|yuqi|overdue/.test(message)
    ? 'overdue'
    : /信用|额度|赊|账期|xinyong|edu|credit/.test(message)
      ? 'credit'
      : 'owed'
  const amount = focus === 'credit' && slots.amount ? { amount: slots.amount } : {}
  const query = (customerId: string): BotQuery => ({ intent: 'ar.customer', customerId, focus, ...amount })
  const last = known.last && 'customerId' in known.last ? known.last.customerId : undefined
  if (slots.customers.length === 0 && slots.named === '' && last) return asked(query(last))
  return choose('customer', slots.customers, slots.named, (entry) => ({ label: entry.name, query: query(entry.id) }))
}

async function orderOf(message: string, slots: Slots, known: Known): Promise<Understanding> {
  if (slots.orderTail) return orderByTail(slots.orderTail, known)
  const filter = filterOf(message, slots)
  const isOfNobody = slots.customers.length === 0 && slots.named === ''
  if (isOfNobody && (slots.isMine || Object.keys(filter).length > 0))
    return asked({ intent: 'order.list', ...mineOf(slots), ...filter })
  return choose('customer', slots.customers, slots.named, (entry) => ({
    label: entry.name,
    query: { intent: 'order.list', customerId: entry.id, ...filter },
  }))
}

function filterOf(message: string, { days }: Slots): Pick<QueryOf<'order.list'>, 'only' | 'from' | 'to'> {
  const when = days ? { from: days.from, to: days.to } : {}
  if (/没完|未完|没发完|未发|没发|\bopen\b/.test(message)) return { only: 'unfinished', ...when }
  return /没审|待审|未审/.test(message) ? { only: 'waiting', ...when } : when
}

async function orderByTail(tail: string, known: Known): Promise<Understanding> {
  const orders = await known.ordersByTail(tail)
  const choices = orders.map((order): Choice => ({
    label: `${order.number} ${order.customer}`,
    query: { intent: 'order.status', orderId: order.id },
  }))
  return oneOrAsk('order', choices, tail)
}

function choose(
  what: Thing,
  candidates: readonly Candidate[],
  named: string,
  choice: (entry: Entry) => Choice,
): Understanding {
  if (candidates.length === 0 && named === '') return { kind: 'missing', what }
  return oneOrAsk(
    what,
    candidates.map((candidate) => choice(candidate.entry)),
    named,
  )
}

function oneOrAsk(what: Thing, choices: Choice[], named: string): Understanding {
  if (choices.length === 0) return { kind: 'unknown', what, named }
  if (choices.length === 1) return asked(choices[0]!.query)
  return {
    kind: 'ask',
    question: what,
    choices: choices.slice(0, choicesMax),
    more: Math.max(0, choices.length - choicesMax),
    named,
  }
}

export const itemLabel = (entry: { name: string; spec: string; code: string }): string =>
  [entry.name, entry.spec].filter(Boolean).join(' ') || entry.code
