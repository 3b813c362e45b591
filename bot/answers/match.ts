import { type Entry, loose, pieceOf, pinyinOf } from './lexicon.ts'
import { looksAlike } from './look-alikes.ts'
import type { NameIndex } from './name-index.ts'

export type Candidate = { entry: Entry; score: number }

/** How sure a way of writing makes us. */
const scores = {
  exact: 1,
  code: 0.98,
  spec: 0.97,
  part: 0.95,
  pinyin: 0.92,
  homophone: 0.88,
  loosePinyin: 0.87,
  edit: 0.85,
  initials: 0.7,
}
/** Closer than this to the best, a second candidate makes us ask. */
const margin = 0.015

/**
 * Every word must be found in the name, one way or another; the weakest way decides the score. Where a spec was named in full, one that only
 * begins so is not meant.
 */
export function bestMatches(words: readonly string[], index: NameIndex): Candidate[] {
  if (words.length === 0) return []
  const spoken = words.map(spokenOf)
  const nearest = spoken.map((one) => index.near(one.word, one.sound)).sort((a, b) => a.length - b.length)[0] ?? []
  const candidates = nearest
    .map((entry) => ({ entry, score: Math.min(...spoken.map((one) => wordScore(one, entry))) }))
    .filter((candidate) => candidate.score > 0)
    .sort((a, b) => b.score - a.score || compare(a.entry.code, b.entry.code))
  const best = candidates[0]?.score ?? 0
  const close = candidates.filter((candidate) => candidate.score >= best - margin)
  const whole = close.filter(({ entry }) => isSpecNamed(entry, spoken))
  return whole.length > 0 ? whole : close
}

/** How well a word fits the best of the names; 0 when it fits none. */
export const bestScore = (word: string, index: NameIndex): number => {
  const spoken = spokenOf(word)
  let best = 0
  for (const entry of index.near(word, spoken.sound)) {
    best = Math.max(best, wordScore(spoken, entry))
    // Names in full have been found before; among thousands that hold the word, none fits it better.
    if (best >= scores.part) break
  }
  return best
}

/** Whether a word is part of what something is called, and not of its sizes and colours alone. */
export const isOfName = (word: string, index: NameIndex): boolean =>
  bestMatches([word], index).some(({ entry }) => entry.forms.some((form) => form.includes(word)))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const isSpecNamed = ({ specParts, specPiece }: Entry, spoken: readonly Spoken[]): boolean =>
  specParts.length > 0 &&
  (specParts.every((part) => spoken.some((one) => one.word === part)) || spoken.some((one) => one.piece === specPiece))

type Spoken = { word: string; sound: string | undefined; piece: string }

const spokenOf = (word: string): Spoken => ({
  word,
  piece: pieceOf(word),
  sound: /\p{Script=Han}{2,}/u.test(word) ? pinyinOf(word) : undefined,
})

/** How every so many characters of a name sound: what begins inside a syllable sounds like nothing. */
const soundsInside = (length: number, { forms, specParts }: Entry): string[] =>
  [...forms, ...specParts].flatMap((form) =>
    Array.from({ length: Math.max(0, form.length - length + 1) }, (_, at) => form.slice(at, at + length))
      .filter((piece) => hanOnly.test(piece))
      .map(pinyinOf),
  )
const hanOnly = /^\p{Script=Han}+$/u

function wordScore({ word, sound, piece }: Spoken, entry: Entry): number {
  if (entry.forms.includes(word)) return scores.exact
  if (entry.codeForm === word) return scores.code
  if (specMatches(word, piece, entry)) return scores.spec
  if (!/^[\d.*/-]+$/.test(word) && !/^[a-z]{1,3}$/.test(word) && standsIn(word, entry.whole))
    return partScore(word, entry)
  if (/^\d?[a-z]+$/.test(word)) return latinScore(word, entry)
  if (sound && sound.length >= 4) {
    const heard = soundsInside(word.length, entry)
    if (heard.includes(sound)) return scores.homophone
    const alike = loose(sound)
    if (sound.length >= 6 && heard.some((one) => loose(one) === alike)) return scores.edit
  }
  // A slip in a number makes another size or code, never the same one.
  if (/\d/.test(word)) return 0
  const isClose = entry.forms.some(
    (form) => form.length >= 4 && Math.abs(form.length - word.length) <= 1 && isOneSlip(word, form),
  )
  return isClose ? scores.edit : 0
}

/** The middle of a company's name may as well be another name with a character left out: 顺建材 is in 永顺建材, and nearly 顺达建材. */
const partScore = (word: string, { kind, forms }: Entry): number =>
  kind !== 'customer' || forms.some((form) => form.startsWith(word)) ? scores.part : scores.edit

function latinScore(word: string, entry: Entry): number {
  if (entry.specParts.includes(word)) return scores.spec
  if (word.length >= 4 && entry.pinyin.includes(word)) return scores.pinyin
  if (word.length >= 4 && entry.loosePinyin.includes(loose(word))) return scores.loosePinyin
  const isInitials = word.length >= 2 && entry.initials.some((initials) => initials.startsWith(word))
  return isInitials ? scores.initials : 0
}

/** A spec matches as a whole, by a part of it, or from the beginning of a part: 'm10*100' is not in 'm10*1000'. */
function specMatches(word: string, piece: string, { specParts, specPiece }: Entry): boolean {
  if (!/\d/.test(word) || specParts.length === 0) return specParts.includes(word)
  return piece === specPiece || specParts.some((part) => standsIn(word, part))
}

function standsIn(word: string, part: string): boolean {
  const at = part.indexOf(word)
  if (at < 0) return false
  const before = /^\d/.test(word) ? (part[at - 1] ?? '') : ''
  const after = /\d$/.test(word) ? (part[at + word.length] ?? '') : ''
  return !/[\d.]/.test(before) && !/[\d.]/.test(after)
}

/**
 * Whether one inserted or removed character makes the one the other, or one that was taken for another. 瑞辉五金 is not 恒辉五金: a character that
 * neither sounds nor looks like it makes another name.
 */
function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  let i = 0
  while (i < short.length && short[i] === long[i]) i++
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1)
  return short.slice(i + 1) === long.slice(i + 1) && isTakenFor(short[i] ?? '', long[i] ?? '')
}

const isTakenFor = (a: string, b: string): boolean =>
  looksAlike(a, b) || /[a-z]/.test(a + b) || loose(pinyinOf(a)) === loose(pinyinOf(b))
