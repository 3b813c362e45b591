import type { Entry, NameKind } from './lexicon.ts'
import { bestScore } from './match.ts'
import type { NameIndex } from './name-index.ts'
import { namesInFull, withoutInner } from './names-in-full.ts'
import type { Known } from './understanding.ts'
import type { Word } from './words.ts'

const kinds = ['customer', 'supplier', 'item', 'warehouse'] as const
export type Kind = (typeof kinds)[number]
export const indexOf = (known: Known, kind: NameKind): NameIndex =>
  ({
    item: known.items,
    customer: known.customers,
    warehouse: known.warehouses,
    supplier: known.suppliers,
    category: known.categories,
    colleague: known.colleagues,
  })[kind]

/** A name that stands in a message in full, and where. */
export type Name = { kind: Kind; entries: readonly Entry[]; from: number; to: number; form: string }

/** Names that stand there in full. Where two kinds share a name, both are meant until the question decides. */
export function namesWhole(message: string, known: Known): { text: string; names: Name[] } {
  const all = kinds.flatMap((kind) =>
    namesInFull(message, indexOf(known, kind)).map((one): Name => ({
      ...one,
      kind,
      form: message.slice(one.from, one.to),
    })),
  )
  const spans = withoutInner(all)
  const names = all.filter((one) => spans.some((span) => span.from === one.from && span.to === one.to))
  return { text: names.reduce((text, { from, to }) => fill(text, from, to), message), names }
}

/** Spoken numbers become longer or shorter as digits: what stands behind them moves along. */
export function moved(name: Name, text: string, spokenDigits: (text: string) => string): Name {
  const from = spokenDigits(text.slice(0, name.from)).length
  return { ...name, from, to: from + name.to - name.from }
}

/** Blanks, so that what stands around keeps its place. */
export const fill = (text: string, from: number, to: number): string =>
  text.slice(0, from) + ' '.repeat(to - from) + text.slice(to)

export const knows = (piece: string, known: Known): boolean => kinds.some((kind) => indexOf(known, kind).knows(piece))

/** What is named by pieces of names, and what no name knows. */
export type Part = { text: string; at: number; kind: Kind | undefined; others: Kind[] }
const close = 0.03

/** Which kind of name each word belongs to: the one that it fits best. Words that no name knows are tried by how they sound. */
export function placed(words: readonly Word[], known: Known): Part[] {
  const parts: Part[] = []
  for (let i = 0; i < words.length; i++) {
    const run = [words[i]!]
    while (words[i + 1]?.touches) run.push(words[++i]!)
    parts.push(...placedRun(run, known))
  }
  return parts
}

/** 天越家具 is not 华越家具: a character that may begin a name as well as ask stands right before what no name begins with. */
export function withBeginnings(parts: readonly Part[], text: string, known: Known): Part[] {
  const isMiddle = (word: string): boolean =>
    !known.customers.near(word, undefined).some(({ forms }) => forms.some((form) => form.startsWith(word)))
  return parts.map((part) => {
    const sign = text[part.at - 1] ?? ''
    return part.kind === 'customer' && mayBegin.test(sign) && isMiddle(part.text)
      ? { text: sign + part.text, at: part.at - 1, kind: undefined, others: [] }
      : part
  })
}
const mayBegin = /[天大全同高长元万千百亿双光足老多好新正三五]/

/** What is written in one run is one name if it sounds like one, and else the names of its pieces. */
function placedRun(run: readonly Word[], known: Known): Part[] {
  if (run.some((word) => !word.isKnown)) {
    const whole = partOf(run.map((word) => word.text).join(''), run[0]!.at, known)
    if (whole.kind) return [whole]
    const split = run.length === 1 ? splitBySound(run[0]!, known) : undefined
    if (split) return split
  }
  const parts: Part[] = []
  for (let i = 0; i < run.length; i++) {
    const [word, next] = [run[i]!, run[i + 1]]
    if (next && !(word.isKnown && next.isKnown)) {
      const both = partOf(word.text + next.text, word.at, known)
      if (both.kind) {
        parts.push(both)
        i++
        continue
      }
    }
    parts.push(partOf(word.text, word.at, known))
  }
  return parts
}

/** Two names that are written together and both only sound right. */
function splitBySound({ text, at }: Word, known: Known): Part[] | undefined {
  for (let cut = 2; cut <= text.length - 2; cut++) {
    const parts = [partOf(text.slice(0, cut), at, known), partOf(text.slice(cut), at + cut, known)]
    if (parts.every((part) => part.kind)) return parts
  }
  return undefined
}

function partOf(text: string, at: number, known: Known): Part {
  const fitting = kinds
    .map((kind) => ({ kind, score: bestScore(text, indexOf(known, kind)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const [best] = fitting
  const others = best ? fitting.slice(1).filter(({ score }) => score >= best.score - close) : []
  return { text, at, kind: best?.kind, others: others.map(({ kind }) => kind) }
}
