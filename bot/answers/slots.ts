import { Decimal, toMoney } from '#contract'
import { cueWords } from './cues.ts'
import { type Days, daysIn } from './dates.ts'
import { bestMatches, type Candidate, knownWords, namesIn, wordsOf } from './match.ts'
import { withoutFillers } from './normalise.ts'
import type { Known } from './understanding.ts'

/** What a message names: things, days, an amount, and whose. */
export type Slots = {
  items: Candidate[]
  /** Several items beside each other, each with what it may be. */
  itemParts: { named: string; items: Candidate[] }[]
  customers: Candidate[]
  warehouses: Candidate[]
  orderTail: string | undefined
  days: Days | undefined
  amount: string | undefined
  isMine: boolean
  /** The words that stand for a thing, as they were written: said back when nothing is found. */
  named: string
}

const tails = [
  /(so\d{6}-\d{1,6})/,
  /尾号\s*(\d{3,6})/,
  /(?<![\d*.])(\d{4,6})\s*(?:那|这)?(?:张|个)?单/,
  /(?:订单|单号|单子|order|#)\s*#?\s*(\d{4,6})(?![\d*])/,
]
const amountSaid = /(?:再下|再开|再订|下|开|another)\s*(\d+(?:\.\d+)?)\s*(万|千|w|k|元|块)?(?=.*(?:额度|超|够|credit))/
const timesOf: Record<string, number> = { 万: 10_000, w: 10_000, 千: 1000, k: 1000 }
const mine = /^我|我的|我手上|我负责|我开|我下|\bmy\b|\bmine\b/
const between = /[、,，;；/]|和|跟|与|及|\band\b/

/** Names first in full, then word by word in what is left; a warehouse or a customer is taken out before items are looked for. */
export function findSlots(message: string, known: Known): Slots {
  const { days, rest } = daysIn(message, known.today)
  const tail = tails.map((pattern) => pattern.exec(rest)).find((found) => found !== null)
  const amount = amountSaid.exec(rest)
  const text = withoutFillers(without(rest, tail?.[1], amount?.[1] && amount[0]))
  const warehouses = namesIn(text, known.warehouses)
  const customers = namesIn(warehouses.rest, known.customers)
  const words = itemWords(customers.rest, known)
  const loose = customers.candidates.length > 0 ? customers.candidates : bestMatches(words, known.customers)
  const items = bestMatches(words, known.items)
  return {
    items,
    itemParts: items.length > 0 ? [] : partsOf(customers.rest, known),
    customers: loose,
    warehouses: warehouses.candidates,
    orderTail: tail?.[1],
    days,
    amount: amount?.[1] && toMoney(new Decimal(amount[1]).times(timesOf[amount[2] ?? ''] ?? 1)),
    isMine: mine.test(message),
    named: words.join(' '),
  }
}

const without = (text: string, ...pieces: (string | undefined)[]): string =>
  pieces.reduce<string>((rest, piece) => (piece ? rest.replace(piece, ' ') : rest), text)

/** A name that stands there in full is one word, so that nothing is cut out of it. */
function itemWords(text: string, known: Known): string[] {
  const inFull = namesIn(text, known.items)
  const name = inFull.candidates[0] ? [fullForm(text, inFull.candidates[0])] : []
  return [...name, ...knownWords(wordsOf(inFull.rest.replace(cueWords, ' ')), known.items)]
}

const fullForm = (text: string, { entry }: Candidate): string => {
  const squeezed = text.replace(/\s+/g, '')
  return entry.forms.filter((form) => squeezed.includes(form)).sort((a, b) => b.length - a.length)[0] ?? ''
}

function partsOf(text: string, known: Known): Slots['itemParts'] {
  const parts = text
    .split(between)
    .map((part) => itemWords(part, known))
    .filter((words) => words.length > 0)
    .map((words) => ({ named: words.join(' '), items: bestMatches(words, known.items) }))
  return parts.length > 1 && parts.length <= 5 && parts.every((part) => part.items.length > 0) ? parts : []
}
