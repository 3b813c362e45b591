import { toPinyin } from '#kernel/search'
import { compact, type Entry } from './lexicon.ts'

export type Candidate = { entry: Entry; score: number }

/** How sure a way of writing makes us. */
const scores = {
  exact: 1,
  code: 0.98,
  spec: 0.97,
  part: 0.95,
  pinyin: 0.92,
  homophone: 0.88,
  edit: 0.85,
  initials: 0.7,
}
/** Closer than this to the best, a second candidate makes us ask. */
export const margin = 0.02

/** The names that stand in a text in full: longest first, so that a name inside another name does not count. */
export function namesIn(text: string, entries: readonly Entry[]): { candidates: Candidate[]; rest: string } {
  const squeezed = compact(text)
  const found = entries
    .map((entry) => ({ entry, form: longest(entry.forms.filter((form) => squeezed.includes(form))) }))
    .filter((one): one is { entry: Entry; form: string } => one.form !== undefined)
  const length = Math.max(0, ...found.map((one) => one.form.length))
  const best = found.filter((one) => one.form.length === length)
  const rest = best.length > 0 ? squeezed.replace(best[0]!.form, ' ') : text
  return { candidates: best.map(({ entry }) => ({ entry, score: scores.exact })), rest }
}

const longest = (forms: string[]): string | undefined => forms.sort((a, b) => b.length - a.length)[0]

/** Every word of what is left must be found in the name, one way or another; the weakest way decides the score. */
export function bestMatches(words: readonly string[], entries: readonly Entry[]): Candidate[] {
  if (words.length === 0) return []
  const pinyinOf = new Map(
    words.filter((word) => /\p{Script=Han}{2,}/u.test(word)).map((word) => [word, toPinyin(word)]),
  )
  const candidates = entries
    .map((entry) => ({ entry, score: Math.min(...words.map((word) => wordScore(word, entry, pinyinOf.get(word)))) }))
    .filter((candidate) => candidate.score > 0)
    .sort((a, b) => b.score - a.score || a.entry.code.localeCompare(b.entry.code))
  const best = candidates[0]?.score ?? 0
  return candidates.filter((candidate) => candidate.score >= best - margin)
}

function wordScore(word: string, entry: Entry, pinyin: string | undefined): number {
  if (entry.forms.includes(word)) return scores.exact
  if (compact(entry.code) === word) return scores.code
  if (specMatches(word, entry)) return scores.spec
  if (!/^[\d.*/-]+$/.test(word) && entry.whole.includes(word)) return scores.part
  if (/^[a-z]+$/.test(word)) {
    if (word.length >= 4 && entry.pinyin.includes(word)) return scores.pinyin
    if (word.length >= 2 && entry.initials.split('|').some((initials) => initials.startsWith(word)))
      return scores.initials
    return 0
  }
  if (pinyin && pinyin.length >= 4 && entry.pinyin.includes(pinyin)) return scores.homophone
  return entry.forms.some(
    (form) => form.length >= 4 && Math.abs(form.length - word.length) <= 1 && isOneEdit(word, form),
  )
    ? scores.edit
    : 0
}

/** A spec matches as a whole or from its beginning: 'm10*100' is not in 'm10*1000'. */
function specMatches(word: string, entry: Entry): boolean {
  const spec = compact(entry.spec)
  if (!/\d/.test(word) || spec === '') return false
  const at = spec.indexOf(word)
  if (at < 0) return false
  const before = spec[at - 1] ?? ''
  const after = spec[at + word.length] ?? ''
  return !/[\d.]/.test(/^\d/.test(word) ? before : '') && !/[\d.]/.test(/\d$/.test(word) ? after : '')
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

/** The words of a text in which a name may hide: runs of Chinese, and runs of letters, digits and spec signs. */
export const wordsOf = (text: string): string[] =>
  compactRuns(text).filter((word) => word.length > 1 || /\p{Script=Han}/u.test(word))

const compactRuns = (text: string): string[] =>
  [...text.matchAll(/\p{Script=Han}+|[a-zφ]*\d[a-z\d.*/φ-]*|[a-z]+/gu)].map((run) => run[0])
