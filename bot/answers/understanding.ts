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
  /** Whose customers and orders he may see. */
  colleagues: NameIndex
  /** Orders he may see whose number has these digits at the end. */
  ordersByTail: (tail: string) => Promise<{ id: string; number: string; customer: string; returnId?: string }[]>
  may: (intent: Intent) => boolean
  today: string
  context: Context
  /** Whether he was asked which of several he means, and has not said: the first of them is not yet what he speaks of. */
  isChoosing?: boolean
}

/** What words stood for when somebody chose among what they fit: from two people's choices an alias may come. */
export type Named = { kind: 'item' | 'customer'; words: string; id: string }
/** `of`: what is asked about it, where that is what he chooses. */
export type Choice = { label: string; of?: Intent; query: BotQuery; named?: Named }
export type Thing = 'item' | 'customer' | 'order' | 'warehouse' | 'person' | 'goods' | 'words'
export type Understanding =
  | { kind: 'query'; query: BotQuery }
  /** Two or more things fit: he is asked, never guessed for. */
  | { kind: 'ask'; question: Thing | 'intent' | 'meant' | 'except'; choices: Choice[]; more: number; named: string }
  /** The intent is clear, but what it is about is not there, or not for him to see. */
  | { kind: 'unknown'; what: Thing; named: string }
  /** The intent is clear, but something that it needs was not named; `open`: what he has said of it so far, where that was more than this. */
  | { kind: 'missing'; what: Thing; intent: Intent; open?: string }
  /** This kind of data is not for him. */
  | { kind: 'denied'; intent: Intent }
  /** He takes back what he asked. */
  | { kind: 'cancelled' }
  /** `isFinal`: nothing that could be said otherwise; a second parser is not asked either. */
  | { kind: 'declined'; isFinal?: true }
