import type { Context } from './context-store.ts'
import type { NameIndex } from './name-index.ts'
import type { BotQuery, Intent } from './query.ts'

/** What a person could mean: the names he may know, orders by number or tail, what he may ask for, and what he asked last. */
export type Known = {
  items: NameIndex
  customers: NameIndex
  warehouses: NameIndex
  suppliers: NameIndex
  categories: NameIndex
  /** Orders he may see whose number has these digits at the end. */
  ordersByTail: (tail: string) => Promise<{ id: string; number: string; customer: string }[]>
  may: (intent: Intent) => boolean
  today: string
  context: Context
}

export type Choice = { label: string; query: BotQuery }
export type Thing = 'item' | 'customer' | 'order' | 'warehouse' | 'goods'
export type Understanding =
  | { kind: 'query'; query: BotQuery }
  /** Two or more things fit: he is asked, never guessed for. */
  | { kind: 'ask'; question: Thing | 'intent'; choices: Choice[]; more: number; named: string }
  /** The intent is clear, but what it is about is not there, or not for him to see. */
  | { kind: 'unknown'; what: Thing; named: string }
  /** The intent is clear, but something that it needs was not named. */
  | { kind: 'missing'; what: Thing; intent: Intent }
  /** This kind of data is not for him. */
  | { kind: 'denied'; intent: Intent }
  /** He takes back what he asked. */
  | { kind: 'cancelled' }
  | { kind: 'declined' }
