import { type Entry, loose, pieceOf, pinyinOf } from './lexicon.ts'

/** Names of one kind that can be looked up by what stands in a text: no message makes us go through all of them. */
export type NameIndex = {
  readonly entries: readonly Entry[]
  of: (id: string) => Entry | undefined
  /** Those that are called exactly so. */
  called: (form: string) => readonly Entry[]
  readonly longestForm: number
  /** Whether a name holds this piece. */
  knows: (piece: string) => boolean
  /** Whether goods are called so by one character: the last of a name, as 锁 or 胶. */
  isHead: (sign: string) => boolean
  /** The names, of Chinese characters alone, that sound exactly so. */
  sounding: (sound: string) => readonly string[]
  /** Those that a word might stand for: worth a closer look. */
  near: (word: string, sound: string | undefined) => readonly Entry[]
}

/** An index that follows changes: what is put in, or put in anew, or dropped is known, or gone, at once. */
export type GrowingIndex = NameIndex & {
  put: (entry: Entry) => void
  drop: (id: string) => void
  /** How many of its places hold nothing any more; an index that holds mostly such is better made anew. */
  readonly gaps: number
}

type Postings = Map<string, number[]>
const pieceLength = 2
const soundLength = 4
/** So few are sooner looked at one by one. */
const fewEnough = 40

export function nameIndex(entries: readonly Entry[] = []): GrowingIndex {
  const forms = new Map<string, Entry[]>()
  const pieces: Postings = new Map()
  const sounds: Postings = new Map()
  const beginnings: Postings = new Map()
  const heads: Postings = new Map()
  const spoken = new Map<string, Set<string>>()
  // Postings hold places in this list, always in order; a place that is given up stays empty.
  const places: (Entry | undefined)[] = []
  const placeOf = new Map<string, number>()
  let longestForm = 0

  const put = (entry: Entry): void => {
    drop(entry.id)
    const at = places.push(entry) - 1
    placeOf.set(entry.id, at)
    for (const form of entry.forms) {
      noteForm(forms, form, entry)
      longestForm = Math.max(longestForm, form.length)
    }
    for (const text of [entry.whole, entry.specPiece]) eachPiece(text, pieceLength, (piece) => note(pieces, piece, at))
    for (const part of entry.specParts) if (part.length === 1) note(pieces, part, at)
    for (const head of headsOf(entry)) note(heads, head, at)
    eachPiece(entry.loosePinyin, soundLength, (piece) => note(sounds, piece, at))
    for (const form of entry.forms) if (hanOnly.test(form)) noteSound(spoken, form)
    for (const initials of entry.initials) note(beginnings, initials.slice(0, 2), at)
  }
  const drop = (id: string): void => {
    const at = placeOf.get(id)
    const entry = at === undefined ? undefined : places[at]
    if (at === undefined || !entry) return
    places[at] = undefined
    placeOf.delete(id)
    for (const form of entry.forms) {
      const left = (forms.get(form) ?? []).filter((other) => other !== entry)
      if (left.length > 0) forms.set(form, left)
      else forms.delete(form)
    }
  }
  const holds = (postings: Postings, key: string): boolean => (postings.get(key) ?? []).some((at) => places[at])

  const near: NameIndex['near'] = (word, sound) => {
    const found = new Set([...common(pieces, word, pieceLength), ...common(pieces, pieceOf(word), pieceLength)])
    if (word.length === 1) for (const at of pieces.get(word) ?? heads.get(word) ?? []) found.add(at)
    if (/^[a-z]{2,}$/.test(word)) for (const at of beginnings.get(word.slice(0, 2)) ?? []) found.add(at)
    const heard = loose(sound ?? (/^\d?[a-z]{4,}$/.test(word) ? word : ''))
    if (heard.length >= soundLength) for (const at of common(sounds, heard, soundLength)) found.add(at)
    // One slip leaves the beginning or the end of a longer word as it is.
    if (found.size <= fewEnough && word.length >= 4 && !/\d/.test(word))
      for (const piece of [word.slice(0, pieceLength), word.slice(-pieceLength)])
        for (const at of pieces.get(piece) ?? []) found.add(at)
    return [...found].flatMap((at) => places[at] ?? [])
  }

  entries.forEach(put)
  return {
    put,
    drop,
    near,
    get entries() {
      return places.filter((entry) => entry !== undefined)
    },
    get gaps() {
      return places.length - placeOf.size
    },
    get longestForm() {
      return longestForm
    },
    of: (id) => places[placeOf.get(id) ?? -1],
    called: (form) => forms.get(form) ?? [],
    sounding: (sound) => [...(spoken.get(sound) ?? [])].filter((form) => forms.has(form)),
    isHead: (sign) => holds(heads, sign),
    knows: (piece) =>
      piece.length === 1
        ? holds(pieces, piece)
        : common(pieces, piece, pieceLength).some((at) => places[at]?.whole.includes(piece)),
  }
}

const headsOf = ({ kind, forms }: Entry): Set<string> =>
  new Set(kind === 'item' ? forms.flatMap((form) => (/\p{Script=Han}$/u.test(form) ? form.slice(-1) : [])) : [])

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

const hanOnly = /^\p{Script=Han}{2,}$/u
function noteSound(spoken: Map<string, Set<string>>, form: string): void {
  const sound = pinyinOf(form)
  const known = spoken.get(sound)
  if (known) known.add(form)
  else spoken.set(sound, new Set([form]))
}

function noteForm(forms: Map<string, Entry[]>, form: string, entry: Entry): void {
  const list = forms.get(form)
  if (list) list.push(entry)
  else forms.set(form, [entry])
}

/** Places that hold every piece of a text, beginning with its rarest. */
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

function inBoth(few: readonly number[], many: readonly number[]): number[] {
  const both: number[] = []
  let at = 0
  for (const one of few) {
    while (at < many.length && many[at]! < one) at++
    if (many[at] === one) both.push(one)
  }
  return both
}
