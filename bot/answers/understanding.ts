import type { Entry } from './lexicon.ts'
import type { BotQuery, Intent } from './query.ts'

/** What a person could mean: his own lexicon, orders by number or tail, what he may ask for, and what he asked last. */
export type Known = {
  items: readonly Entry[]
  customers: readonly Entry[]
  warehouses: readonly Entry[]
  /** Orders he may see whose number has these digits at the end. */
  ordersByTail: (tail: string) => Promise<{ id: string; number: string; customer: string }[]>
  may: (intent: Intent) => boolean
  today: string
  last?: BotQuery
}

export type Choice = { label: string; query: BotQuery }
export type Thing = 'item' | 'customer' | 'order'
export type Understanding =
  | { kind: 'query'; query: BotQuery }
  /** Two or more things fit: he is asked, never guessed for. */
  | { kind: 'ask'; question: Thing | 'intent'; choices: Choice[]; more: number; named: string }
  /** The intent is clear, but what it is about is not there, or not for him to see. */
  | { kind: 'unknown'; what: Thing; named: string }
  /** The intent is clear, but nothing was named. */
  | { kind: 'missing'; what: Thing }
  /** This kind of data is not for him. */
  | { kind: 'denied'; intent: Intent }
  | { kind: 'declined' }
