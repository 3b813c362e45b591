import { type Entry, loose, pieceOf } from './lexicon.ts'

/** Names of one kind that can be looked up by what stands in a text: no message makes us go through all of them. */
export type NameIndex = {
  entries: readonly Entry[]
  /** Those that are called exactly so. */
  called: (form: string) => readonly Entry[]
  longestForm: number
  /** Whether a name holds this piece. */
  knows: (piece: string) => boolean
  /** Those that a word might stand for: worth a closer look. */
  near: (word: string, sound: string | undefined) => readonly Entry[]
}

type Postings = Map<string, number[]>
const pieceLength = 2
const soundLength = 4

export function nameIndex(entries: readonly Entry[]): NameIndex {
  const forms = new Map<string, Entry[]>()
  const pieces: Postings = new Map()
  const sounds: Postings = new Map()
  const beginnings: Postings = new Map()
  entries.forEach((entry, at) => {
    for (const form of entry.forms) forms.set(form, [...(forms.get(form) ?? []), entry])
    for (const text of [entry.whole, entry.specPiece]) eachPiece(text, pieceLength, (piece) => note(pieces, piece, at))
    for (const part of entry.specParts) if (part.length === 1) note(pieces, part, at)
    eachPiece(entry.loosePinyin, soundLength, (piece) => note(sounds, piece, at))
    for (const initials of entry.initials) note(beginnings, initials.slice(0, 2), at)
  })
  const entry = (at: number): Entry => entries[at]! // postings hold positions of this very list
  const withAll = (postings: Postings, text: string, length: number): number[] => common(postings, text, length)
  return {
    entries,
    called: (form) => forms.get(form) ?? [],
    longestForm: Math.max(0, ...[...forms.keys()].map((form) => form.length)),
    knows: (piece) =>
      piece.length === 1
        ? pieces.has(piece)
        : withAll(pieces, piece, pieceLength).some((at) => entry(at).whole.includes(piece)),
    near: (word, sound) => {
      const found = new Set([...withAll(pieces, word, pieceLength), ...withAll(pieces, pieceOf(word), pieceLength)])
      if (word.length === 1) for (const at of pieces.get(word) ?? []) found.add(at)
      if (/^[a-z]{2,}$/.test(word)) for (const at of beginnings.get(word.slice(0, 2)) ?? []) found.add(at)
      const heard = loose(sound ?? (/^[a-z]{4,}$/.test(word) ? word : ''))
      if (heard.length >= soundLength) for (const at of withAll(sounds, heard, soundLength)) found.add(at)
      // One slip leaves the beginning or the end of a longer word as it is.
      if (found.size <= fewEnough && word.length >= 4 && !/\d/.test(word))
        for (const piece of [word.slice(0, pieceLength), word.slice(-pieceLength)])
          for (const at of pieces.get(piece) ?? []) found.add(at)
      return [...found].map(entry)
    },
  }
}

function eachPiece(text: string, length: number, take: (piece: string) => void): void {
  for (let i = 0; i + length <= text.length; i++) {
    const piece = text.slice(i, i + length)
    if (!piece.includes('|')) take(piece)
  }
}

function note(postings: Postings, key: string, at: number): void {
  const list = postings.get(key)
  if (!list) postings.set(key, [at])
  else if (list.at(-1) !== at) list.push(at)
}

/** Positions that hold every piece of a text, beginning with its rarest. */
function common(postings: Postings, text: string, length: number): number[] {
  const lists: number[][] = []
  for (let i = 0; i + length <= text.length; i++) {
    const list = postings.get(text.slice(i, i + length))
    if (!list) return []
    lists.push(list)
  }
  lists.sort((a, b) => a.length - b.length)
  const [rarest = [], ...others] = lists
  // Lists of places are in order, so that the next one is looked up on from the last.
  let left = rarest
  for (const list of others) {
    if (left.length <= fewEnough) break
    left = inBoth(left, list)
  }
  return left
}
/** So few are sooner looked at one by one. */
const fewEnough = 40

function inBoth(few: readonly number[], many: readonly number[]): number[] {
  const both: number[] = []
  let at = 0
  for (const one of few) {
    while (at < many.length && many[at]! < one) at++
    if (many[at] === one) both.push(one)
  }
  return both
}

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
