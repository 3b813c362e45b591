import { type Amounts, amountsIn, type Quantity } from './amounts.ts'
import { strangeName } from './cue-words.ts'
import { type Days, daysIn } from './dates.ts'
import type { Entry, NameKind } from './lexicon.ts'
import { bestMatches, bestScore, type Candidate } from './match.ts'
import { type NameIndex, namesInFull, withoutInner } from './name-index.ts'
import { withDigits } from './numerals.ts'
import type { Known } from './understanding.ts'
import { type Word, wordsIn } from './words.ts'

/** What a message names: things, days, amounts, and whose. */
export type Slots = {
  items: Candidate[]
  /** Several items beside each other, each with what it may be and how much of it. */
  itemParts: {
    named: string
    items: Candidate[]
    quantity?: Quantity
    /** A comma, an and, or a quantity parts it from the one before. */ isApart: boolean
  }[]
  customers: Candidate[]
  customerParts: { named: string; customers: Candidate[] }[]
  warehouses: Candidate[]
  suppliers: Candidate[]
  categories: Candidate[]
  orderTail: string | undefined
  lotCode: string | undefined
  days: Days | undefined
  amounts: Amounts
  isMine: boolean
  /** Whether a word stands for an item, or for a customer, that cannot be found. */
  namesItem: boolean
  namesCustomer: boolean
  /** The words that stand for a thing, as they were written: said back when nothing is found. */
  named: string
  /** What may be a name although every word of it could be an asking one: matters where a name is needed and none was found. */
  strange: string
  /** What is left when names, days and amounts are taken out: where the asking words are. */
  asking: string
}

const kinds = ['customer', 'supplier', 'item', 'warehouse'] as const
type Kind = (typeof kinds)[number]
const indexOf = (known: Known, kind: NameKind): NameIndex =>
  ({
    item: known.items,
    customer: known.customers,
    warehouse: known.warehouses,
    supplier: known.suppliers,
    category: known.categories,
  })[kind]

const tails = [
  /(so\d{6}-\d{1,6})/,
  /尾号(?:是|为)?\s*(\d{3,6})/,
  /(?<![\d*.a-z-])(\d{4,6})\s*(?:那|这)?(?:张|个)?(?:订)?单/,
  /(?:订单|单号|单子|\border|#)\s*(?:no\.?|number)?\s*#?\s*(\d{4,6})(?![\d*])/,
  /^(0\d{3,5})(?!\d|那批|[a-z*.-])/,
  /(?<![\d*.a-z-])(0\d{3,5})$/,
]
const lots = [
  /(?:批号|批次|\blot|\bbatch)\s*(?:号|no\.?)?\s*([a-z]*\d[a-z\d-]{2,})/,
  /(?<![a-z\d*])([a-z]*\d[a-z\d-]{3,})那批/,
]
const mine = /^我(?!们)|我的|我手上|我负责|我开|我下|我客户|我哪些|\bmy\b|\bmine\b|wo de/

/** Names in full first, then days and amounts, then names word by word in what is left. */
export function findSlots(message: string, known: Known): Slots {
  const lot = firstOf(lots, message)
  const tail = lot ? undefined : firstOf(tails, message)
  const withoutDocument = blank(message, lot?.[1] ?? tail?.[1])
  const full = namesWhole(withoutDocument, known)
  // Names keep their place, so that digits in them are no amounts, and what is around them is seen to touch them.
  const spoken = withDigits(full.text)
  const names = full.names.map((name) => moved(name, full.text))
  const { days, rest } = daysIn(spoken, known.today)
  const { amounts, rest: plain } = amountsIn(rest, (word) => bestScore(word, known.items) > 0)
  const words = wordsIn(plain, (piece) => knows(piece, known))
  const categories = categoriesOf(withoutDocument, known)
  const isCategory = ({ kind, text }: Part): boolean =>
    kind === undefined && categories.some(({ entry }) => entry.forms.includes(text))
  const parts = placed(words, known).filter((part) => !isCategory(part))
  const found = (kind: Kind): Candidate[] => candidatesOf(kind, names, parts, known)
  const items = found('item')
  const customers = found('customer')
  return {
    items,
    itemParts: itemPartsOf(names, parts, { amounts, plain }, known),
    customers,
    customerParts: customerPartsOf(names, parts, known),
    warehouses: found('warehouse'),
    suppliers: found('supplier'),
    categories,
    orderTail: tail?.[1],
    lotCode: lot?.[1],
    days,
    amounts,
    isMine: mine.test(message),
    namesItem: items.length > 0 || parts.some((part) => part.kind === 'item'),
    namesCustomer: customers.length > 0 || parts.some((part) => part.kind === 'customer'),
    named: namedIn(names, parts),
    strange: strangeName(plain),
    asking: spoken,
  }
}

/** The words that stand for something, written together where they were. */
function namedIn(names: readonly Name[], parts: readonly Part[]): string {
  const said = [...names.map((name) => ({ at: name.from, text: name.form })), ...parts]
    .toSorted((a, b) => a.at - b.at)
    .filter((one, i, all) => one.at !== all[i - 1]?.at)
  return said.reduce((text, one, i) => {
    const before = said[i - 1]
    return text + (before && before.at + before.text.length < one.at ? ' ' : '') + one.text
  }, '')
}

const firstOf = (patterns: readonly RegExp[], text: string): RegExpExecArray | null =>
  patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null) ?? null
const blank = (text: string, piece: string | undefined): string =>
  piece ? text.replace(piece, ' '.repeat(piece.length)) : text

type Name = { kind: Kind; entries: readonly Entry[]; from: number; to: number; form: string }

/** Names that stand there in full. Where two kinds share a name, both are meant until the question decides. */
function namesWhole(message: string, known: Known): { text: string; names: Name[] } {
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
function moved(name: Name, text: string): Name {
  const from = withDigits(text.slice(0, name.from)).length
  return { ...name, from, to: from + name.to - name.from }
}

const fill = (text: string, from: number, to: number): string =>
  text.slice(0, from) + ' '.repeat(to - from) + text.slice(to)

const knows = (piece: string, known: Known): boolean => kinds.some((kind) => indexOf(known, kind).knows(piece))

type Part = { text: string; at: number; kind: Kind | undefined; others: Kind[] }
const close = 0.03

/** Which kind of name each word belongs to: the one that it fits best. Words that no name knows are tried by how they sound. */
function placed(words: readonly Word[], known: Known): Part[] {
  const parts: Part[] = []
  for (let i = 0; i < words.length; i++) {
    const run = [words[i]!]
    while (words[i + 1]?.touches) run.push(words[++i]!)
    parts.push(...placedRun(run, known))
  }
  return parts
}

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

/** What all the words of a kind mean together. A word that no name knows and that belongs to none is one of an item's, so that nothing is found by leaving it out. */
function candidatesOf(kind: Kind, names: readonly Name[], parts: readonly Part[], known: Known): Candidate[] {
  const own = names.filter((name) => name.kind === kind)
  const words = [
    ...own.map((name) => name.form.replace(/\s+/g, '')),
    ...parts.filter((part) => part.kind === kind).map((part) => part.text),
  ]
  const shared = parts.filter((part) => part.kind !== kind && part.others.includes(kind)).map((part) => part.text)
  const strange = parts.filter((part) => part.kind === undefined && isTelling(part, kind, names, parts))
  const must = [...words, ...strange.map((part) => part.text)]
  if (must.length === 0) return bestMatches(shared, indexOf(known, kind))
  const all = bestMatches([...must, ...shared], indexOf(known, kind))
  return all.length > 0 ? all : bestMatches(must, indexOf(known, kind))
}

/** Whether an unknown word says something about a name: a size or colour about an item, what is written right beside a name about that. */
function isTelling(part: Part, kind: Kind, names: readonly Name[], parts: readonly Part[]): boolean {
  // What follows the name of a place or a supplier is what is asked of it.
  if (kind !== 'item' && kind !== 'customer') return false
  const end = part.at + part.text.length
  const beside = [
    ...names.map((name) => ({ kind: name.kind, from: name.from, to: name.to })),
    ...parts.flatMap((one) => (one.kind ? [{ kind: one.kind, from: one.at, to: one.at + one.text.length }] : [])),
  ].filter((one) => one.to === part.at || one.from === end)
  if (beside.length > 0) return beside.some((one) => one.kind === kind)
  return kind === 'item' && /[\d*]|[红黄蓝绿白黑灰粉紫橙棕金银左右粗细]/.test(part.text)
}

type Piece = { at: number; text: string }
/** Whether a word that no name knows stands right before: then this is the end of another name. */
const isBegun = (at: number, parts: readonly Part[]): boolean =>
  parts.some((part) => part.kind === undefined && part.at + part.text.length === at)

const piecesOf = (kind: Kind, names: readonly Name[], parts: readonly Part[]): Piece[] =>
  [
    ...names
      .filter((name) => name.kind === kind)
      .map((name) => ({ at: name.from, text: name.form.replace(/\s+/g, '') })),
    ...parts.filter((part) => part.kind === kind).map(({ at, text }) => ({ at, text })),
  ].sort((a, b) => a.at - b.at)

const between = /[、,，;；/]|和|跟|与|及|还有|\band\b/

/** Items beside each other, each with its quantity: a new one begins where the words so far and the next fit no item together. */
function itemPartsOf(
  names: readonly Name[],
  parts: readonly Part[],
  { amounts: { quantities }, plain }: { amounts: Amounts; plain: string },
  known: Known,
): Slots['itemParts'] {
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
  const parted: Slots['itemParts'] = []
  for (const [i, group] of groups.entries()) {
    const from = group[0]?.at ?? 0
    const until = groups[i + 1]?.[0]?.at ?? Infinity
    const words = group.map((one) => one.text)
    const last = groups[i - 1]?.at(-1)
    const end = last ? last.at + last.text.length : 0
    parted.push({
      isApart: between.test(plain.slice(end, from)) || quantities.some(({ at }) => at >= end && at < from),
      named: words.join(' '),
      items: isBegun(from, parts) ? [] : itemsOfGroup(words, parted.at(-1)?.items ?? [], known),
      quantity:
        quantities.find(({ at }) => at > from && at < until) ?? (groups.length === 1 ? quantities[0] : undefined),
    })
  }
  return parted
}

/** A colour or a side alone is one of the item before it: 红的蓝的 are two of one cable. */
function itemsOfGroup(words: readonly string[], before: readonly Candidate[], known: Known): Candidate[] {
  const found = bestMatches(words, known.items)
  const isName = words.some((word) => word.length > 1)
  return isName ? found : found.filter(({ entry }) => entry.name === before[0]?.entry.name)
}

function customerPartsOf(names: readonly Name[], parts: readonly Part[], known: Known): Slots['customerParts'] {
  const own = piecesOf('customer', names, parts).filter(({ at }) => !isBegun(at, parts))
  return own.map(({ text }) => ({
    named: text,
    customers: bestMatches([text], known.customers),
  }))
}

/** Categories are meant only by their names, with or without 类. */
const categoriesOf = (message: string, known: Known): Candidate[] =>
  namesInFull(message, known.categories).flatMap(({ entries }) => entries.map((entry) => ({ entry, score: 1 })))
