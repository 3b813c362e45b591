import { cueWords, scoreIntents, threshold } from './cues.ts'
import type { Entry } from './lexicon.ts'
import { bestMatches, type Candidate, namesIn, wordsOf } from './match.ts'
import { normaliseMessage, withoutFillers } from './normalise.ts'
import type { BotQuery, Intent } from './query.ts'

/** What a person could mean: his own lexicon, orders by number or tail, and what he asked last. */
export type Known = {
  items: readonly Entry[]
  customers: readonly Entry[]
  warehouses: readonly Entry[]
  /** Orders he may see whose number has these digits at the end. */
  ordersByTail: (tail: string) => Promise<{ id: string; number: string; customer: string }[]>
  last?: BotQuery
}

export type Choice = { label: string; query: BotQuery }
export type Understanding =
  | { kind: 'query'; query: BotQuery }
  /** Two or more things fit: he is asked, never guessed for. */
  | { kind: 'ask'; question: 'item' | 'customer' | 'order' | 'intent'; choices: Choice[]; more: number; named: string }
  /** The intent is clear, but what it is about is not there, or not for him to see. */
  | { kind: 'unknown'; what: 'item' | 'customer' | 'order'; named: string }
  /** The intent is clear, but nothing was named. */
  | { kind: 'missing'; what: 'item' | 'customer' | 'order' }
  | { kind: 'declined' }

const choicesMax = 5

/** From a message to a typed query, a question back, or an honest no. */
export async function understand(text: string, known: Known): Promise<Understanding> {
  const message = normaliseMessage(text)
  if (message === '') return { kind: 'query', query: { intent: 'help' } }
  const slots = findSlots(message, known)
  const intents = withContext(scoreIntents(message), slots, known.last)
  const [best, second] = intents
  if (!best) return slots.customers.length + slots.items.length > 0 ? askIntent(slots) : { kind: 'declined' }
  if (second && best.score - second.score < threshold.lead && best.score < 1)
    return resolveTie(best.intent, message, slots, known)
  if (best.score < threshold.answer) return askIntent(slots)
  return fill(best.intent, message, slots, known)
}

type Slots = { customers: Candidate[]; items: Candidate[]; warehouses: Candidate[]; named: string }

/** Names first in full, then word by word in what is left; a warehouse or a customer is taken out before items are looked for. */
function findSlots(message: string, known: Known): Slots {
  const open = withoutFillers(message)
  const warehouses = namesIn(open, known.warehouses)
  const customers = namesIn(warehouses.rest, known.customers)
  const words = wordsOf(customers.rest.replace(/so\d{6}-\d+|尾号\s*\d+/g, ' ').replace(cueWords, ' '))
  const looseCustomers = customers.candidates.length > 0 ? [] : bestMatches(words, known.customers)
  return {
    warehouses: warehouses.candidates,
    customers: customers.candidates.length > 0 ? customers.candidates : looseCustomers,
    items: bestMatches(words, known.items),
    named: words.join(' '),
  }
}

type Scored = { intent: Intent; score: number }

/** A message that only names something asks the last question again, about this. */
function withContext(intents: Scored[], slots: Slots, last: BotQuery | undefined): Scored[] {
  if (intents.length > 0 || !last) return intents
  const fits =
    (last.intent === 'stock.item' && slots.items.length > 0) ||
    ((last.intent === 'ar.customer' || last.intent === 'order.list') && slots.customers.length > 0)
  return fits ? [{ intent: last.intent === 'order.list' ? 'order.status' : last.intent, score: 0.9 }] : []
}

/** Two intents are about as likely: the one whose slot is there. */
function resolveTie(first: Intent, message: string, slots: Slots, known: Known): Promise<Understanding> {
  const intent =
    slots.customers.length > 0 && slots.items.length === 0 && first === 'stock.item' ? 'ar.customer' : first
  return fill(intent, message, slots, known)
}

function askIntent(slots: Slots): Understanding {
  const item = slots.items[0]?.entry
  const customer = slots.customers[0]?.entry
  const choices: Choice[] = [
    ...(item && slots.items.length === 1
      ? [{ label: `${itemLabel(item)} 库存`, query: { intent: 'stock.item' as const, itemIds: [item.id] } }]
      : []),
    ...(customer && slots.customers.length === 1
      ? [
          {
            label: `${customer.name} 应收`,
            query: { intent: 'ar.customer' as const, customerId: customer.id, focus: 'owed' as const },
          },
          { label: `${customer.name} 订单`, query: { intent: 'order.list' as const, customerId: customer.id } },
        ]
      : []),
  ]
  return choices.length > 0
    ? { kind: 'ask', question: 'intent', choices, more: 0, named: slots.named }
    : { kind: 'declined' }
}

async function fill(intent: Intent, message: string, slots: Slots, known: Known): Promise<Understanding> {
  switch (intent) {
    case 'stock.item':
      return stockOf(slots, known)
    case 'ar.customer':
      return receivableOf(message, slots, known)
    case 'order.status':
    case 'order.list':
      return orderOf(message, slots, known)
    case 'approval.mine':
      return { kind: 'query', query: { intent: 'approval.mine' } }
    case 'help':
      return { kind: 'query', query: { intent: 'help' } }
  }
}

function stockOf(slots: Slots, known: Known): Understanding {
  const warehouseId = slots.warehouses.length === 1 ? slots.warehouses[0]!.entry.id : undefined
  const query = (itemId: string): BotQuery => ({
    intent: 'stock.item',
    itemIds: [itemId],
    ...(warehouseId ? { warehouseId } : {}),
  })
  if (slots.items.length === 0 && slots.named === '' && known.last?.intent === 'stock.item')
    return { kind: 'query', query: { ...known.last, ...(warehouseId ? { warehouseId } : {}) } }
  return choose('item', slots.items, slots.named, (entry) => ({ label: itemLabel(entry), query: query(entry.id) }))
}

function receivableOf(message: string, slots: Slots, known: Known): Understanding {
  const focus = /逾期|超期|overdue/.test(message) ? 'overdue' : /信用|额度|credit/.test(message) ? 'credit' : 'owed'
  const query = (customerId: string): BotQuery => ({ intent: 'ar.customer', customerId, focus })
  const last = known.last
  if (slots.customers.length === 0 && slots.named === '' && last && 'customerId' in last)
    return { kind: 'query', query: query(last.customerId) }
  return choose('customer', slots.customers, slots.named, (entry) => ({ label: entry.name, query: query(entry.id) }))
}

async function orderOf(message: string, slots: Slots, known: Known): Promise<Understanding> {
  const tail = /so\d{6}-(\d{1,6})/.exec(message)?.[0] ?? /尾号\s*(\d{3,6})/.exec(message)?.[1]
  if (tail) {
    const orders = await known.ordersByTail(tail)
    const choices = orders.map((order): Choice => ({
      label: `${order.number} ${order.customer}`,
      query: { intent: 'order.status', orderId: order.id },
    }))
    return oneOrAsk('order', choices, tail)
  }
  return choose('customer', slots.customers, slots.named, (entry) => ({
    label: entry.name,
    query: { intent: 'order.list', customerId: entry.id },
  }))
}

function choose(
  what: 'item' | 'customer',
  candidates: Candidate[],
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

function oneOrAsk(what: 'item' | 'customer' | 'order', choices: Choice[], named: string): Understanding {
  if (choices.length === 0) return { kind: 'unknown', what, named }
  if (choices.length === 1) return { kind: 'query', query: choices[0]!.query }
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
