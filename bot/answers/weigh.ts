import { askIntent } from './ask-intent.ts'
import { unheeded } from './concerns.ts'
import { type Scored, threshold } from './cues.ts'
import { eachAlone } from './each-alone.ts'
import { isDoubtful, leavesOut } from './left-out.ts'
import { choiceOf } from './pick.ts'
import type { BotQuery, Intent } from './query.ts'
import type { Slots } from './slots.ts'
import type { Known, Understanding } from './understanding.ts'

type Reading = {
  slots: Slots
  known: Known
  /** The intents that it may be, likeliest first; and what the message is, read as one of them, perhaps with less than all that it names. */
  intents: readonly Scored[]
  readAs: (intent: Intent, part?: Slots) => Understanding | Promise<Understanding>
}

/**
 * What was understood, weighed against all that was said. What leaves out something that was named, or another thing that was asked, gives way
 * to a reading that does not; where there is none he is asked; and what nothing tells of is declined.
 */
export async function weighed(understood: Understanding, reading: Reading): Promise<Understanding> {
  const { slots, intents } = reading
  const [best] = intents
  if (understood.kind === 'unknown' && best) return (await eachOf(best.intent, reading)) ?? understood
  if (understood.kind !== 'query' && understood.kind !== 'missing') return understood
  if (understood.kind === 'missing' && changes.has(understood.intent)) return understood
  if (isWhole(understood, slots)) return certain(understood, reading)
  const least = understood.kind === 'missing' ? threshold.answer : threshold.other
  const others: BotQuery[] = []
  for (const { intent, score } of intents) {
    if (score < least || changes.has(intent)) continue
    const other = await reading.readAs(intent)
    if (isWhole(other, slots)) return certain(other, reading)
    if (other.kind === 'query') others.push(other.query)
  }
  const ofEach =
    understood.kind === 'query' && leavesOut(understood.query, slots)
      ? await eachOf(understood.query.intent, reading)
      : undefined
  return ofEach ?? askedOf(understood, others, reading)
}

/** Several are named where one is told of at a time: he is asked which of them first. */
async function eachOf(intent: Intent, { slots, known, readAs }: Reading): Promise<Understanding | undefined> {
  if (changes.has(intent)) return undefined
  const read = await Promise.all(
    eachAlone(slots).map(async (part) => {
      const one = await readAs(intent, part)
      return one.kind === 'query' && !isOfMany(one.query) && !leavesOut(one.query, part) ? [one.query] : []
    }),
  )
  const queries = read.flat()
  return queries.length > 1 ? whichOf(queries, known) : undefined
}

/** Of a size that is not there and a name that fits many, the many are not what he means. */
const isOfMany = (query: BotQuery): boolean => query.intent === 'stock.item' && query.itemIds.length > 1

/** What would be done for him is never only another reading of what he said; and what it misses is asked for. */
const changes: ReadonlySet<Intent> = new Set([
  'quote.draft',
  'order.draft',
  'owner.remind',
  'crm.log',
  'alert.subscribe',
])

/** An approval may be of anything, also of what nothing else here tells of. */
function unheededIn(query: BotQuery, { asking }: Slots): ReturnType<typeof unheeded> {
  if (changes.has(query.intent) || query.intent === 'help') return []
  const missed = unheeded(query, asking)
  return query.intent.startsWith('approval.') ? missed.filter(({ toldBy }) => toldBy.length > 0) : missed
}

const tellsNone = (intent: Intent, { asking }: Slots): boolean => unheeded({ intent }, asking).length > 0

const isWhole = (one: Understanding, slots: Slots): boolean =>
  one.kind === 'query' && !leavesOut(one.query, slots) && unheededIn(one.query, slots).length === 0

/** No reading holds all that was said: he is asked which of them he means. */
function askedOf(
  understood: Understanding & { kind: 'query' | 'missing' },
  others: readonly BotQuery[],
  reading: Reading,
): Understanding {
  const { slots, known } = reading
  // What it would be asked for is not what is asked.
  if (understood.kind === 'missing') return tellsNone(understood.intent, slots) ? { kind: 'declined' } : understood
  const tellsMore = others.filter(
    (other) =>
      other.intent !== understood.query.intent && unheededIn(other, slots).length < 2 && !leavesOut(other, slots),
  )
  if (!leavesOut(understood.query, slots)) return whichOf([understood.query, ...tellsMore], known)
  const question = askIntent(slots, known)
  return question.kind === 'ask' ? question : whichOf([understood.query], known)
}

/** What would be answered beside words that nobody understood is asked first. */
const certain = (one: Understanding, { slots, known }: Reading): Understanding =>
  isElsewhere(one, slots)
    ? { kind: 'unknown', what: 'warehouse', named: slots.otherPlace }
    : one.kind === 'query' && isDoubtful(one.query, slots, known.today)
      ? whichOf([one.query], known)
      : one

/** What lies somewhere is not told of a place that nobody knows. */
const isElsewhere = (one: Understanding, { otherPlace }: Slots): boolean =>
  otherPlace !== '' && one.kind === 'query' && /^(?:stock|delivery\.due)/.test(one.query.intent)

const readingsMax = 5
/** Readings that are not certain: he is asked whether one is what he means. */
export function whichOf(queries: readonly BotQuery[], known: Known): Understanding {
  const choices = queries.slice(0, readingsMax).map((query) => choiceOf(query, known))
  return { kind: 'ask', question: choices.length > 1 ? 'intent' : 'meant', choices, more: 0, named: '' }
}
