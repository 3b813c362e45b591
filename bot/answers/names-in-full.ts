import type { Entry } from './lexicon.ts'
import type { NameIndex } from './name-index.ts'

type Found = { entries: readonly Entry[]; from: number; to: number }

/** The names that stand in a text in full, longest first, so that a name inside another name does not count. Spaces within do not matter. */
export function namesInFull(text: string, index: NameIndex): Found[] {
  const { letters, places } = squeeze(text)
  const found: Found[] = []
  for (let from = 0; from < letters.length; from++) {
    for (let length = Math.min(index.longestForm, letters.length - from); length >= 2; length--) {
      const form = letters.slice(from, from + length)
      const entries = index.called(form)
      if (entries.length === 0 || !standsAlone(letters, from, from + length)) continue
      found.push({ entries, from: places[from] ?? 0, to: (places[from + length - 1] ?? 0) + 1 })
      break
    }
  }
  return withoutInner(found)
}

function squeeze(text: string): { letters: string; places: number[] } {
  const places: number[] = []
  let letters = ''
  for (let i = 0; i < text.length; i++) {
    if (/\s/.test(text[i]!)) continue
    letters += text[i]
    places.push(i)
  }
  return { letters, places }
}

const isLatin = (sign: string | undefined): boolean => sign !== undefined && /[a-z\d]/.test(sign)
/** A Latin name is not the middle of a longer word or number. */
const standsAlone = (text: string, from: number, to: number): boolean =>
  !(isLatin(text[from]) && isLatin(text[from - 1])) && !(isLatin(text[to - 1]) && isLatin(text[to]))

export function withoutInner<T extends { from: number; to: number }>(found: readonly T[]): T[] {
  const kept: T[] = []
  for (const one of [...found].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from))
    if (kept.every((other) => one.to <= other.from || one.from >= other.to)) kept.push(one)
  return kept.sort((a, b) => a.from - b.from)
}
