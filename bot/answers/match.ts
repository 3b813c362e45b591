import { toPinyin } from '#kernel/search'
import { compact, type Entry, loose, pieceOf } from './lexicon.ts'

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

/** The names that stand in a text in full: longest first, so that a name inside another name does not count. */
export function namesIn(text: string, entries: readonly Entry[]): { candidates: Candidate[]; rest: string } {
  const squeezed = compact(text)
  const found = entries
    .map((entry) => ({ entry, form: longest(entry.forms.filter((form) => squeezed.includes(form))) }))
    .filter((one): one is { entry: Entry; form: string } => one.form !== undefined)
  const length = Math.max(0, ...found.map((one) => one.form.length))
  const best = found.filter((one) => one.form.length === length)
  const rest = best.length > 0 ? withoutForm(text, best[0]!.form) : text
  return { candidates: best.map(({ entry }) => ({ entry, score: scores.exact })), rest }
}

const longest = (forms: string[]): string | undefined => forms.sort((a, b) => b.length - a.length)[0]

/** Takes a name out of a text, whatever spaces stand in it. */
function withoutForm(text: string, form: string): string {
  const spaced = [...form].map((character) => character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s*')
  return text.replace(new RegExp(spaced, 'i'), ' ')
}

/**
 * Every word of what is left must be found in the name, one way or another; the weakest way decides the score. Where a spec was named in
 * full, one that only begins so is not meant.
 */
export function bestMatches(words: readonly string[], entries: readonly Entry[]): Candidate[] {
  if (words.length === 0) return []
  const spoken = words.map((word): Spoken => ({
    word,
    pinyin: /\p{Script=Han}{2,}/u.test(word) ? toPinyin(word) : undefined,
  }))
  const candidates = entries
    .map((entry) => ({ entry, score: Math.min(...spoken.map((one) => wordScore(one, entry))) }))
    .filter((candidate) => candidate.score > 0)
    .sort((a, b) => b.score - a.score || a.entry.code.localeCompare(b.entry.code))
  const best = candidates[0]?.score ?? 0
  const close = candidates.filter((candidate) => candidate.score >= best - margin)
  const whole = close.filter(({ entry }) => isSpecNamed(entry, words))
  return whole.length > 0 ? whole : close
}

const isSpecNamed = ({ specParts, specPiece }: Entry, words: readonly string[]): boolean =>
  specParts.length > 0 &&
  (specParts.every((part) => words.includes(part)) || words.some((word) => pieceOf(word) === specPiece))

type Spoken = { word: string; pinyin: string | undefined }

function wordScore({ word, pinyin }: Spoken, entry: Entry): number {
  if (entry.forms.includes(word)) return scores.exact
  if (compact(entry.code) === word) return scores.code
  if (specMatches(word, entry)) return scores.spec
  if (!/^[\d.*/-]+$/.test(word) && entry.whole.includes(word)) return scores.part
  if (/^[a-z]+$/.test(word)) return latinScore(word, entry)
  if (pinyin && pinyin.length >= 4) {
    if (entry.pinyin.includes(pinyin)) return scores.homophone
    if (pinyin.length >= 6 && entry.loosePinyin.includes(loose(pinyin))) return scores.edit
  }
  const isClose = entry.forms.some(
    (form) => form.length >= 4 && Math.abs(form.length - word.length) <= 1 && isOneEdit(word, form),
  )
  return isClose ? scores.edit : 0
}

function latinScore(word: string, entry: Entry): number {
  if (word.length >= 4 && entry.pinyin.includes(word)) return scores.pinyin
  if (word.length >= 4 && entry.loosePinyin.includes(loose(word))) return scores.loosePinyin
  const isInitials = word.length >= 2 && entry.initials.split('|').some((initials) => initials.startsWith(word))
  return isInitials ? scores.initials : 0
}

/** A spec matches as a whole, by a part of it, or from the beginning of a part: 'm10*100' is not in 'm10*1000'. */
function specMatches(word: string, { specParts, specPiece }: Entry): boolean {
  if (!/\d/.test(word) || specParts.length === 0) return false
  return pieceOf(word) === specPiece || specParts.some((part) => standsIn(word, part))
}

function standsIn(word: string, part: string): boolean {
  const at = part.indexOf(word)
  if (at < 0) return false
  const before = /^\d/.test(word) ? (part[at - 1] ?? '') : ''
  const after = /\d$/.test(word) ? (part[at + word.length] ?? '') : ''
  return !/[\d.]/.test(before) && !/[\d.]/.test(after)
}

/** Whether one inserted, removed or changed character makes the one the other. */
function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  let i = 0
  while (i < short.length && short[i] === long[i]) i++
  return (
    short.slice(i) === long.slice(i + 1) || (short.length === long.length && short.slice(i + 1) === long.slice(i + 1))
  )
}

/** Single characters that people put between names: they never carry one alone. */
const particles = new Set([...'个支盒箱台把条卷袋件只套那这我你给要到拿卖看问来点啥几好大和跟与及或也都就里各色号型'])

/** The words of a text in which a name may hide: runs of Chinese, and runs of letters, digits and spec signs. */
export const wordsOf = (text: string): string[] =>
  [...text.matchAll(/[a-zφ]*\d[a-z\d.*/φ-]*寸?|\p{Script=Han}+|[a-z]+/gu)]
    .map((run) => run[0])
    .filter((word) => word.length > 1 || (/\p{Script=Han}/u.test(word) && !particles.has(word)))

/**
 * Cuts a run of Chinese into the pieces that names know: 黑色密封胶 is 黑色 and 密封胶. A run that a name knows whole, or that sounds like one, stays
 * as it is; a piece that no name knows stays a word, so that nothing is found by leaving it out.
 */
export function knownWords(words: readonly string[], entries: readonly Entry[]): string[] {
  return words.flatMap((word) => {
    if (!/^\p{Script=Han}{3,}$/u.test(word) || bestMatches([word], entries).length > 0) return [word]
    return piecesOf(word, entries)
  })
}

function piecesOf(run: string, entries: readonly Entry[]): string[] {
  const pieces: string[] = []
  let unknown = ''
  const endUnknown = (): void => {
    if (unknown.length > 1 || (unknown && !particles.has(unknown))) pieces.push(unknown)
    unknown = ''
  }
  for (let i = 0; i < run.length;) {
    const length = longestKnown(run.slice(i), entries)
    if (length === 0) unknown += run[i++]
    else {
      endUnknown()
      pieces.push(run.slice(i, i + length))
      i += length
    }
  }
  endUnknown()
  return pieces
}

/** How much of the beginning of a run some name holds; a single character only where it is a part of a spec by itself. */
function longestKnown(run: string, entries: readonly Entry[]): number {
  for (let length = run.length; length >= 2; length--)
    if (entries.some((entry) => entry.whole.includes(run.slice(0, length)))) return length
  return entries.some((entry) => entry.specParts.includes(run[0] ?? '')) ? 1 : 0
}
