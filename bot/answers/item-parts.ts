import type { Amounts, Quantity } from './amounts.ts'
import { bestMatches, type Candidate, isOfName } from './match.ts'
import type { Kind, Name, Part } from './parts.ts'
import type { SaidPrice } from './prices-said.ts'
import type { Known } from './understanding.ts'

/** One of several items beside each other, with what it may be and how much of it. */
export type ItemPart = {
  named: string
  items: Candidate[]
  quantity?: Quantity
  price?: SaidPrice
  /** A comma, an and, or a quantity parts it from the one before. */
  isApart: boolean
}

type Piece = { at: number; text: string }
/** Whether a word that no name knows stands right before: then this is the end of another name. */
export const isBegun = (at: number, parts: readonly Part[]): boolean =>
  parts.some((part) => part.kind === undefined && part.at + part.text.length === at)

export const piecesOf = (kind: Kind, names: readonly Name[], parts: readonly Part[]): Piece[] =>
  [
    ...names
      .filter((name) => name.kind === kind)
      .map((name) => ({ at: name.from, text: name.form.replace(/\s+/g, '') })),
    ...parts.filter((part) => part.kind === kind).map(({ at, text }) => ({ at, text })),
  ].sort((a, b) => a.at - b.at)

const between = /[、,，;；/\s]|和|跟|与|及|还有|\band\b/

/** Items beside each other, each with its quantity: a new one begins where the words so far and the next fit no item together. */
export function itemPartsOf(
  names: readonly Name[],
  parts: readonly Part[],
  { amounts: { quantities, prices }, plain }: { amounts: Amounts; plain: string },
  known: Known,
): ItemPart[] {
  const groups: Piece[][] = []
  for (const piece of piecesOf('item', names, parts)) {
    const last = groups.at(-1)
    const counted = last && quantities.some(({ at }) => at > last.at(-1)!.at && at < piece.at)
    const together =
      last &&
      !counted &&
      bestMatches(
        [...last, piece].map((one) => one.text),
        known.items,
      )
    if (last && together && together.length > 0) last.push(piece)
    else groups.push([piece])
  }
  const parted: ItemPart[] = []
  let before: Meant = { words: [], items: [] }
  for (const [i, group] of groups.entries()) {
    const from = group[0]?.at ?? 0
    const until = groups[i + 1]?.[0]?.at ?? Infinity
    const words = group.map((one) => one.text)
    const last = groups[i - 1]?.at(-1)
    const end = last ? last.at + last.text.length : 0
    const meant = isBegun(from, parts) ? { words, items: [] } : meantBy(words, before, groups[i + 1] ?? [], known)
    before = meant
    parted.push({
      isApart: between.test(plain.slice(end, from)) || quantities.some(({ at }) => at >= end && at < from),
      named: words.join(' '),
      items: meant.items,
      quantity: countedIn(i, groups, { from, until, end }, quantities),
      price: countedIn(i, groups, { from, until, end }, prices),
    })
  }
  return parted
}

type Place = { from: number; until: number; end: number }
/** As many quantities or prices as items belong to them in their order; else one belongs to the item that it stands behind, or before where all do. */
function countedIn<T extends { at: number }>(
  i: number,
  groups: readonly Piece[][],
  { from, until, end }: Place,
  said: readonly T[],
): T | undefined {
  if (said.length === groups.length) return said[i]
  const stand = (first: number, last: number): T | undefined => said.find(({ at }) => at >= first && at < last)
  if (groups.length === 1) return stand(from, until) ?? said[0]
  const comeFirst = (said[0]?.at ?? Infinity) < (groups[0]?.[0]?.at ?? 0)
  return comeFirst ? stand(end, from) : stand(from, until)
}

/** What a group stands for, and all the words of it: also those that it goes on with from the one before. */
type Meant = { words: readonly string[]; items: Candidate[] }

/** A colour or a side alone is one of the item beside it: 红的蓝的 are two of one cable, 黑色和白色的密封胶 two of one sealant. */
function meantBy(words: readonly string[], before: Meant, next: readonly Piece[], known: Known): Meant {
  const found = bestMatches(words, known.items)
  const names = new Set(found.map(({ entry }) => entry.name))
  if (names.size > 1 && next.length > 0) {
    const ofNext = next.filter(({ text }) => !words.includes(text) && isOfName(text, known.items))
    const both = ofNext.length > 0 ? bestMatches([...words, ...ofNext.map(({ text }) => text)], known.items) : []
    if (both.length > 0) return { words, items: both }
  }
  const isName = words.some((word) => word.length > 1)
  const isWhole = names.size > 0 && words.some((word) => isOfName(word, known.items))
  const other = isName && isWhole ? undefined : otherOf(words, before.words, known)
  if (other) return other
  return { words, items: isName ? found : found.filter(({ entry }) => entry.name === before.items[0]?.entry.name) }
}

/** 230 不锈钢的和金属的: the same as the one before in all but what is said anew. */
function otherOf(words: readonly string[], before: readonly string[], known: Known): Meant | undefined {
  const tries = before
    .map((dropped) => before.filter((word) => word !== dropped))
    .filter((kept) => kept.some((word) => isOfName(word, known.items)))
  return tries
    .map((kept) => ({ words: [...kept, ...words], items: bestMatches([...kept, ...words], known.items) }))
    .filter(({ items }) => items.length > 0)
    .toSorted((a, b) => a.items.length - b.items.length)[0]
}
