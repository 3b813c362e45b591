import { dealingCues } from './cues-dealings.ts'
import { deedCues } from './cues-deeds.ts'
import { goodsCues } from './cues-goods.ts'
import { orderCues } from './cues-orders.ts'
import { priceCues } from './cues-prices.ts'
import { workCues } from './cues-work.ts'
import type { Likeness } from './likeness.ts'
import type { Intent } from './query.ts'
import type { Has, Reading } from './reading.ts'

const readings: Record<Intent, Reading> = {
  ...goodsCues,
  ...priceCues,
  ...orderCues,
  ...dealingCues,
  ...workCues,
  ...deedCues,
}

export const threshold = { answer: 0.65, lead: 0.12, other: 0.4 }
const weakly = 0.5
/** So much it adds to an intent that a message is said just as people ask for it. */
const alike = 0.1
/** So alike it is meant also where no word says so. */
const likely = 0.5
/** So alike it is meant whatever single words point to, where what they point to is hardly ever said so. */
const surely = 0.7
const hardly = 0.1
/** Words that point so plainly give way to the manner only where it is all but certain; those of commands never do. */
const plainly = { score: 1.5, surely: 0.85, command: 2.1 }
const sureEnough = (score: number): number =>
  score >= plainly.command ? Infinity : score >= plainly.score ? plainly.surely : surely
/** Words that say the same twice say it once: no more than this comes of several that are each weaker. */
const together = 1.2
export type Scored = { intent: Intent; score: number }

/**
 * How likely each intent is by its words and by what else is there, most likely first. Where the words point to none, the one that it is said
 * just like; no intent comes of things alone.
 */
export function scoreIntents(text: string, has: ReadonlySet<Has>, likeness: Likeness): Scored[] {
  const byWords = (Object.entries(readings) as [Intent, Reading][]) // a table keyed by Intent
    .map(([intent, reading]) => ({ intent, score: scoreOf(reading, text, has) }))
  const pointed = byWords.reduce((best, one) => (one.score > best.score ? one : best))
  const isPointed = pointed.score >= threshold.answer
  const isMisled = saidOtherwise(pointed.intent, likeness)
  const scored = byWords.map(({ intent, score }) => {
    const share = likeness.get(intent) ?? 0
    const isLike = !isPointed && share >= likely
    const isSure = isMisled && share >= sureEnough(pointed.score)
    const alone = isLike ? threshold.answer + share - likely : 0
    const instead = isSure ? pointed.score + threshold.lead : 0
    return { intent, score: Math.max(score + share * alike, alone, instead) }
  })
  return scored.filter((one) => one.score > 0).sort((a, b) => b.score - a.score)
}

/** Whether what words point to is hardly ever asked for in the way that a message is said. */
const saidOtherwise = (intent: Intent, likeness: Likeness): boolean => (likeness.get(intent) ?? 0) < hardly

/** Whether a message is said as people say what cannot be asked here, and not as what its words point to; `isStrange`: beside words that nobody knows. */
export function isIdle(best: Scored | undefined, likeness: Likeness, isStrange: boolean): boolean {
  const isPointed = best !== undefined && best.score >= threshold.answer && !isStrange
  const isLike = (likeness.get('none') ?? 0) >= (isPointed ? plainly.surely : surely)
  return isLike && (!best || saidOtherwise(best.intent, likeness))
}

function scoreOf(reading: Reading, text: string, has: ReadonlySet<Has>): number {
  const words = reading.cues.filter(([pattern]) => pattern.test(text))
  const isPlain = words.some(([, weight]) => weight > 0)
  if (!isPlain && !reading.weak?.test(text)) return 0
  const weights = words.map(([, weight]) => weight)
  const pointing = weights.filter((weight) => weight > 0)
  const sum = pointing.reduce((total, weight) => total + weight, isPlain ? 0 : weakly)
  const away = weights.filter((weight) => weight < 0).reduce((total, weight) => total + weight, 0)
  const said = Math.min(sum, Math.max(together, ...pointing)) + away
  return (
    said +
    total(reading.with, (thing) => has.has(thing)) +
    total(reading.without, (thing) => !has.has(thing) && !has.has('strange'))
  )
}

const total = (weights: Reading['with'], counts: (thing: Has) => boolean): number =>
  (Object.entries(weights ?? {}) as [Has, number][]) // keyed by Has
    .filter(([thing]) => counts(thing))
    .reduce((sum, [, weight]) => sum + weight, 0)
