import { type Kind, knows, namesWhole, placed } from './parts.ts'
import { normaliseMessage } from './normalise.ts'
import { bestScore } from './match.ts'
import type { Known } from './understanding.ts'
import { wordsIn } from './words.ts'

/** A message in which names have become marks, and what each mark stood for. */
export type Masked = { text: string; names: ReadonlyMap<string, { kind: Kind; said: string }> }

/** Puts <ITEM1>, <CUSTOMER1>, … in the place of every name that is known. */
export function masked(said: string, known: Known): Masked {
  const message = normaliseMessage(said)
  const full = namesWhole(message, known)
  const words = wordsIn(
    full.text,
    (piece) => knows(piece, known),
    (piece) => bestScore(piece, known.items) > 0,
  )
  const parts = placed(words, known).flatMap(({ kind, at, text }) =>
    kind ? [{ kind, from: at, to: at + text.length }] : [],
  )
  const spans = joined(
    [...full.names, ...parts].toSorted((a, b) => a.from - b.from),
    message,
  )
  const names = new Map<string, { kind: Kind; said: string }>()
  let text = ''
  let end = 0
  for (const { kind, from, to } of spans) {
    // Where two kinds share a name it is marked once.
    if (from < end) continue
    const mark = `<${kind.toUpperCase()}${1 + [...names.values()].filter((one) => one.kind === kind).length}>`
    names.set(mark, { kind, said: message.slice(from, to) })
    text += message.slice(end, from) + mark
    end = to
  }
  return { text: text + message.slice(end), names }
}

type Span = { kind: Kind; from: number; to: number }
/** Words of one kind beside each other are one name: 26 电锤. */
function joined(spans: readonly Span[], message: string): Span[] {
  const whole: Span[] = []
  for (const { kind, from, to } of spans) {
    const last = whole.at(-1)
    if (last?.kind === kind && message.slice(last.to, from).trim() === '') last.to = Math.max(last.to, to)
    else whole.push({ kind, from, to })
  }
  return whole
}

const maskedMax = 200
/** What may be shown to an administrator of a question that was not understood: how it was asked, not about whom or how much. */
export const forReview = (said: string, known: Known): string =>
  masked(said, known)
    .text.replace(/(?<=<[A-Z]+)\d+(?=>)/g, '')
    .replace(/\d+/g, '#')
    .slice(0, maskedMax)
