import { type Amounts, amountsIn } from './amounts.ts'
import { strangeName } from './cue-words.ts'
import type { Days } from './dates.ts'
import { isBegun, type ItemPart, itemPartsOf, piecesOf } from './item-parts.ts'
import type { Entry } from './lexicon.ts'
import { bestMatches, bestScore, type Candidate } from './match.ts'
import { namesInFull } from './names-in-full.ts'
import { otherPlaceIn, unreadIn } from './not-understood.ts'
import { withDigits } from './numerals.ts'
import {
  fill,
  indexOf,
  type Kind,
  knows,
  moved,
  type Name,
  namesWhole,
  type Part,
  placed,
  withBeginnings,
} from './parts.ts'
import { daysBesideSizes, withPlaces, withSizesJoined, withSizesTurned } from './said-otherwise.ts'
import { shapeOf } from './shape.ts'
import { type Share, shareIn } from './share-said.ts'
import type { Known } from './understanding.ts'
import { headsIn, wordsIn } from './words.ts'

/** What a message names: things, days, amounts, and whose. */
export type Slots = {
  items: Candidate[]
  itemParts: ItemPart[]
  customers: Candidate[]
  customerParts: { named: string; customers: Candidate[] }[]
  warehouses: Candidate[]
  warehouseParts: Candidate[][]
  suppliers: Candidate[]
  colleagues: Candidate[]
  categories: Candidate[]
  orderTail: string | undefined
  lotCode: string | undefined
  /** 不到七成: what something is to reach. */
  share: Share | undefined
  days: Days | undefined
  /** Other days that are named beside them. */
  otherDays: Days | undefined
  amounts: Amounts
  isMine: boolean
  /** Whether a word stands for an item, or for a customer, that cannot be found. */
  namesItem: boolean
  namesCustomer: boolean
  /** The words that stand for a thing, as they were written: said back when nothing is found. */
  named: string
  /** A place that nobody knows, or that he may not see. */
  otherPlace: string
  /** Words of it that no name knows. */
  unknown: string
  /** Numbers and a person that stand for nothing that was found. */
  unread: string
  /** What may be a name although every word of it could be an asking one: matters where a name is needed and none was found. */
  strange: string
  /** What is left when names, days and amounts are taken out: where the asking words are. */
  asking: string
  /** How it is said: with a mark in place of each name, without days and amounts. */
  shape: string
}

const tails = [
  /((?:so|rt)\d{6}-\d{1,6})/,
  /(?:[那这]张|单号?)\s*(0\d{3,5})(?!\d)/,
  /尾号(?:是|为)?\s*(\d{3,6})/,
  /(?<![\d*.a-z-])(\d{3,6})\s*(?:号|那|这)(?:那|这)?(?:张|个)?(?:订)?单/,
  /(?<![\d*.a-z-])(\d{4,6})\s*(?:张|个)?(?:订)?单/,
  /(?:订单|单号|单子|\border|#)\s*(?:no\.?|number)?\s*#?\s*(\d{4,6})(?![\d*])/,
  /^(0\d{3,5})(?!\d|那批|[a-z*.-])/,
  /(?<![\d*.a-z-])(0\d{3,5})$/,
]
const lots = [
  /(?:批号|批次|\blot|\bbatch)\s*(?:号|no\.?)?\s*([a-z]*\d[a-z\d-]{2,})/,
  /(?:批号|批次|\blot|\bbatch)\s*(?:号|是|为|no\.?)?\s*([a-z]{1,3}\d{1,3})(?![\d*a-z])/,
  /(?<![a-z\d*])([a-z]{1,3}\d{1,3})\s*(?:这个?|那个?|的)?(?:批号|批次)/,
  /(?<![a-z\d*])([a-z]*\d[a-z\d-]{3,}|[a-z]{1,3}\d{1,3})那批/,
]
/** 小李他们几个 are all of them. */
const theirTeam = /他们|她们|几个人|这几个|那几个/
const mine =
  /\bam i\b|^我(?!们)|我的(?!团队|组|部门|人|业务员|下属|手下)|我手上|我名下|我手头|我手里|我负责|我开|我下|我客户|我哪些|(?<![给帮替让叫跟和对告诉问])我(?![们司]).{0,8}(?:卖|走|开|签|销)(?:了|掉)|\bi (?:made|placed|opened|took|sold|have)\b|\bmy\b(?! (?:team|people|reps|guys|group|department|crew|staff))|\bmine\b|wo de/

/** dn50那批 is a batch of that size: what sizes are called by is no lot's code. */
function lotIn(message: string, { items }: Known): RegExpExecArray | null {
  const lot = firstOf(lots, message)
  const code = lot?.[1] ?? ''
  return /^[a-z]{1,3}\d{1,3}$/.test(code) && bestScore(code, items) > 0 ? null : lot
}

/** Names in full first, then days and amounts, then names word by word in what is left. */
export function findSlots(text: string, known: Known): Slots {
  const message = withSizesTurned(withSizesJoined(withPlaces(text, known.warehouses), known.items), known.items)
  const lot = lotIn(message, known)
  const tail = lot ? undefined : firstOf(tails, message)
  const withoutDocument = blank(message, lot?.[1] ?? tail?.[1])
  const full = namesWhole(withoutDocument, known)
  const people = namesInFull(full.text, known.colleagues)
  const withoutNames = people.reduce((rest, { from, to }) => fill(rest, from, to), full.text)
  // Names keep their place, so that digits in them are no amounts, and what is around them is seen to touch them.
  const inDigits = (part: string): string => withDigits(part, (size) => bestScore(size, known.items) > 0)
  const spoken = inDigits(withoutNames)
  const names = full.names.map((name) => moved(name, withoutNames, inDigits))
  const { days, rest: behind } = daysBesideSizes(spoken, inDigits(withoutDocument), known)
  const { days: others, rest } = days ? daysBesideSizes(behind, inDigits(withoutDocument), known) : { rest: behind }
  const { share, rest: counted } = shareIn(rest)
  const { amounts, rest: plain } = amountsIn(counted, (word) => bestScore(word, known.items) > 0)
  const words = wordsIn(
    plain,
    (piece) => knows(piece, known),
    (piece) => bestScore(piece, known.items) > 0,
  )
  if (names.length + words.length === 0) words.push(...headsIn(plain, known.items))
  const all = withBeginnings(placed(words, known), plain, known)
  const categories = categoriesOf(withoutDocument, full.names, all, known)
  const isCategory = ({ kind, text }: Part): boolean =>
    kind !== 'customer' && categories.some(({ entry }) => entry.forms.some((form) => form.includes(text)))
  const parts = all.filter((part) => !isCategory(part))
  const found = (kind: Kind): Candidate[] => candidatesOf(kind, names, parts, known)
  const items = found('item')
  const customers = found('customer')
  return {
    items,
    itemParts: itemPartsOf(names, parts, { amounts, plain }, known),
    customers,
    customerParts: customerPartsOf(names, parts, known),
    warehouses: found('warehouse'),
    warehouseParts: piecesOf('warehouse', names, parts).map((piece) => bestMatches([piece.text], known.warehouses)),
    suppliers: found('supplier'),
    colleagues: theirTeam.test(message)
      ? []
      : people.flatMap(({ entries }) => entries.map((entry) => ({ entry, score: 1 }))),
    categories,
    orderTail: tail?.[1],
    lotCode: lot?.[1],
    share,
    days,
    otherDays: days && others && !isWithin(days, others) && !isWithin(others, days) ? others : undefined,
    amounts,
    isMine: mine.test(message),
    namesItem: items.length > 0 || parts.some((part) => part.kind === 'item'),
    namesCustomer: customers.length > 0 || parts.some((part) => part.kind === 'customer'),
    named: namedIn(names, parts),
    unknown: parts.flatMap(({ kind, text }) => (kind === undefined ? [text] : [])).join(' '),
    otherPlace: found('warehouse').length > 0 ? '' : otherPlaceIn(withoutParts(plain, all)),
    unread: unreadIn(withoutParts(plain, all)),
    strange: strangeName(withoutParts(plain, parts)),
    shape: [
      shapeOf(plain, names, parts),
      days && 'Ⓓ',
      amounts.quantities.length > 0 && 'Ⓠ',
      tail && 'Ⓞ',
      categories.length > 0 && 'Ⓚ',
      people.length > 0 && 'Ⓟ',
    ]
      .filter(Boolean)
      .join(''),
    asking: withoutParts(
      withOnce(spoken),
      parts.filter(({ text: said }) => /^[a-z\d]*[a-z]{4,}$/.test(said)),
    ),
  }
}

/** 今年10月 is no other month than October. */
const isWithin = (inner: Days, outer: Days): boolean => outer.from <= inner.from && inner.to <= outer.to

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

/** 上一次 counts nothing. */
const withOnce = (text: string): string => text.replace(/(?<![\d.])1(?=[次单批步笔回])/g, '一')

/** What stands for something is not strange. */
const withoutParts = (text: string, parts: readonly Part[]): string =>
  parts.reduce((rest, { kind, at, text: said }) => (kind ? fill(rest, at, at + said.length) : rest), text)

const firstOf = (patterns: readonly RegExp[], text: string): RegExpExecArray | null =>
  patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null) ?? null
const blank = (text: string, piece: string | undefined): string =>
  piece ? text.replace(piece, ' '.repeat(piece.length)) : text

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

function customerPartsOf(names: readonly Name[], parts: readonly Part[], known: Known): Slots['customerParts'] {
  const own = piecesOf('customer', names, parts).filter(({ at }) => !isBegun(at, parts))
  return own.map(({ text }) => ({
    named: text,
    customers: bestMatches([text], known.customers),
  }))
}

/** Categories are meant only by their names, with or without 类; a company may be called by what it makes: 锦合紧固件. */
function categoriesOf(message: string, names: readonly Name[], parts: readonly Part[], known: Known): Candidate[] {
  const companies = [...names, ...parts.map(({ kind, at, text }) => ({ kind, from: at, to: at + text.length }))].filter(
    ({ kind }) => kind === 'customer' || kind === 'supplier',
  )
  const named = namesInFull(message, known.categories)
    .filter(({ from, to }) => !companies.some((one) => one.from < from && one.to >= to))
    .flatMap(({ entries }) => entries)
  return (named.length > 0 ? named : begunCategories(message, known)).map((entry) => ({ entry, score: 1 }))
}

/** 有没有胶快过期: a single letter between what is asked. */
const alone = /(?:有没有|有无|哪些|什么|啥)(\p{Script=Han})(?=要|快|会|临|过|到期|缺|不够)/u

/** 胶类 is what begins so, where only one does: 胶粘. */
function begunCategories(message: string, known: Known): Entry[] {
  const [, begun = ''] = /(\p{Script=Han}{1,3})类/u.exec(message) ?? alone.exec(message) ?? []
  const tries = [begun, begun.slice(-2), begun.slice(-1)].filter((one) => one !== '' && !/[种分品各这那]$/.test(one))
  for (const one of tries) {
    const found = known.categories.entries.filter(({ name }) => name.startsWith(one))
    if (found.length === 1) return found
  }
  return []
}
