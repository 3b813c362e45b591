import type { Asked } from './asked.ts'
import { wholeName } from './cue-words.ts'
import { carried, lastCustomers, lastItems } from './last-spoken.ts'
import type { Entry } from './lexicon.ts'
import { bestMatches, type Candidate, isOfName } from './match.ts'
import type { AskedQuantity } from './query-parts.ts'
import type { BotQuery } from './query.ts'
import type { Slots } from './slots.ts'
import type { Choice, Known, Named, Thing, Understanding } from './understanding.ts'

const choicesMax = 5
const wordsMax = 60

/** The same query without what is absent, as it is stored. */
export const asked = (query: BotQuery): Understanding => ({ kind: 'query', query: present(query) })

function present(query: BotQuery): BotQuery {
  const named = Object.entries(query).filter(([, value]) => value !== undefined)
  return Object.fromEntries(named) as BotQuery // optional fields that were absent are now missing
}

/** The one candidate there is, where a slot may also stay empty. */
export const only = (candidates: readonly Candidate[]): string | undefined =>
  candidates.length === 1 ? candidates[0]?.entry.id : undefined
export const warehouseOf = (asked: Asked): string | undefined =>
  only(asked.slots.warehouses) ?? carried(asked, 'warehouseId')
export const categoryOf = ({ slots, base }: Asked): string | undefined =>
  only(slots.categories) ?? (base && 'category' in base ? base.category : undefined)

const scopeOf = ({ slots, base }: Asked): 'mine' | undefined =>
  slots.isMine || (base && 'scope' in base && base.scope === 'mine') ? 'mine' : undefined

const ownerOf = ({ slots, base }: Asked): string | undefined =>
  only(slots.colleagues) ?? (base && 'ownerId' in base && !slots.isMine ? base.ownerId : undefined)

/** His own, a colleague's, or all that he may see. */
export const whoseOf = (ask: Asked): { scope?: 'mine'; ownerId?: string } => {
  const ownerId = ownerOf(ask)
  return ownerId ? { ownerId } : { scope: scopeOf(ask) }
}

export const quantityOf = ({ slots }: Asked): AskedQuantity | undefined => {
  const [first] = slots.amounts.quantities
  return first && { n: first.n, ...(first.unit ? { unit: first.unit } : {}) }
}

/** Several words that stand for one thing, or for what was spoken of last: then goes on with what is meant, or asks. */
export function withItem(asked: Asked, query: (itemId: string) => BotQuery, last = lastItems(asked)): Understanding {
  const { slots } = asked
  const items = narrowed(asked, slots.items.length > 0 || slots.named !== '' ? slots.items : ofCategory(asked))
  if (items.length === 0 && !slots.namesItem && slots.unknown + slots.strange === '' && last.length > 0)
    return oneOfLast(asked, last, query)
  return choose(asked, 'item', items, (entry) => ({ label: itemLabel(entry), query: query(entry.id) }))
}

/** What was spoken of last: where that were several, he is asked which of them he means. */
export const oneOfLast = (
  { known }: Asked,
  last: readonly string[],
  query: (itemId: string) => BotQuery,
): Understanding =>
  oneOrAsk(
    'item',
    last.map((id) => ({ label: itemLabel(known.items.of(id) ?? { name: '', spec: '', code: id }), query: query(id) })),
    '',
  )

/** Nobody named is whom the last question was about: where those were several, he is asked which of them he means. */
export function withCustomer(asked: Asked, query: (customerId: string) => BotQuery): Understanding {
  const { slots, known } = asked
  const last = lastCustomers(asked)
  const choices = last.map((id) => ({ label: known.customers.of(id)?.name ?? id, query: query(id) }))
  if (slots.customers.length === 0 && !slots.namesCustomer && last.length > 0 && isAboutTheLast(asked))
    return oneOrAsk('customer', choices, '')
  return choose(asked, 'customer', slots.customers, (entry) => ({ label: nameOf(entry), query: query(entry.id) }))
}

/** A kind of goods where one item is needed: those that are called so. */
const ofCategory = ({ slots, known }: Asked): Candidate[] =>
  bestMatches(
    slots.categories.slice(0, 1).flatMap(({ entry }) => entry.forms.slice(0, 1)),
    known.items,
  )

const isAboutTheLast = ({ slots }: Asked): boolean =>
  slots.unknown + slots.strange === '' && (slots.named === '' || slots.namesItem)

/** In a question that goes on, a size or colour is one of the item that was spoken of. */
function narrowed(asked: Asked, items: readonly Candidate[]): readonly Candidate[] {
  const { base, known, slots } = asked
  if (items.length === 1) return items
  const [lastId] = lastItems({ ...asked, known: { ...known, isChoosing: false } })
  const last = known.items.of(lastId ?? '')
  if (!last) return items
  const words = slots.itemParts.flatMap((part) => part.named.split(' ')).filter(Boolean)
  const isNamed = words.some((word) => isOfName(word, known.items))
  if (words.length === 0 || (!base && isNamed)) return items
  const name = last.forms[0] ?? ''
  // What was said of the last one still holds, except where this says otherwise: black after white, 304 of the same size.
  const kept = known.isChoosing ? [] : last.spec.toLowerCase().split(/\s+/).filter(Boolean)
  const tries = [kept, ...kept.map((part) => kept.filter((other) => other !== part))].map((parts) =>
    bestMatches([name, ...words, ...parts], known.items),
  )
  const one = tries.find((found) => found.length === 1)
  if (one) return one
  const same = bestMatches([name, ...words], known.items)
  return same.length > 0 ? same : items
}

/** One that fits is meant; several are asked back; a name that nothing fits is unknown; no name at all is asked for. */
export function choose(
  { slots, intent }: Asked,
  what: Thing,
  candidates: readonly Candidate[],
  choice: (entry: Entry) => Choice,
): Understanding {
  const named = wholeName(slots.named, slots.strange)
  const isOfGoods =
    what === 'customer' && slots.namesItem && !slots.namesCustomer && slots.unknown + slots.strange === ''
  if (candidates.length === 0 && (named === '' || isOfGoods)) return { kind: 'missing', what, intent }
  return oneOrAsk(
    what,
    candidates.map(({ entry }) => ({ ...choice(entry), named: calledSo(what, entry, slots) })),
    named,
  )
}

/** What he called it, where that may become another name of it. */
function calledSo(what: Thing, { id }: Entry, { itemParts, customerParts }: Slots): Named | undefined {
  if (what !== 'item' && what !== 'customer') return undefined
  const words = (what === 'item' ? itemParts : customerParts).map((part) => part.named).join(' ')
  return words.length > 1 && words.length <= wordsMax ? { kind: what, words, id } : undefined
}

export function oneOrAsk(what: Thing, choices: readonly Choice[], named: string): Understanding {
  const [first] = choices
  if (!first) return { kind: 'unknown', what, named }
  if (choices.length === 1) return asked(first.query)
  const offered = choices.slice(0, choicesMax).map((choice) => ({ ...choice, query: present(choice.query) }))
  return { kind: 'ask', question: what, choices: offered, more: Math.max(0, choices.length - choicesMax), named }
}

export async function withOrder({ known, slots }: Asked, query: (orderId: string) => BotQuery): Promise<Understanding> {
  const tail = slots.orderTail ?? ''
  const orders = await known.ordersByTail(tail)
  return oneOrAsk(
    'order',
    orders.map((order): Choice => ({
      label: `${order.number} ${order.customer}`,
      query: ofReturn(query(order.id), order),
    })),
    tail,
  )
}

/** By the number of a return one asks for that return. */
const ofReturn = (query: BotQuery, { returnId }: { returnId?: string }): BotQuery =>
  returnId && (query.intent === 'order.status' || query.intent === 'delivery.status') ? { ...query, returnId } : query

/** A reading of what was said, to be chosen. */
export const choiceOf = (query: BotQuery, known: Known): Choice => ({
  label: namesIn(query, known),
  of: query.intent,
  query,
})

/** What a query is about, by name. */
function namesIn(query: BotQuery, { items, customers, warehouses, colleagues }: Known): string {
  const ids = Object.values(query)
    .flat()
    .filter((value) => typeof value === 'string')
  const named = ids.flatMap((id) => {
    const item = items.of(id)
    return item ? itemLabel(item) : (customers.of(id) ?? warehouses.of(id) ?? colleagues.of(id))?.name
  })
  const kind = 'category' in query ? query.category : undefined
  return [...named, kind].filter(Boolean).join(' ')
}

export const itemLabel = (entry: { name: string; spec: string; code: string }): string =>
  [entry.name, entry.spec].filter(Boolean).join(' ') || entry.code
const nameOf = (entry: Entry): string => entry.name
