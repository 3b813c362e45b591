import { type Candidate, isOfName } from './match.ts'
import { namesWhole } from './parts.ts'
import { findSlots, type Slots } from './slots.ts'
import type { Known } from './understanding.ts'

/** 除了X, 不要X的, X除外, all but X: where it stands, and what is to be left out. Stock less what is promised is no exception, but a figure. */
const ahead =
  /(?:除了|除开|除去|除|剔除|刨去|刨掉|不包括|不包含|不含(?!税)|不算|不要(?!了|紧)|别(?:跟我)?(?:说|报|给|看|提|算|拿)|去掉|抛开|撇开|非)(?!.?(?:占|被占|预占|别人))|\b(?:except(?: for)?|excluding|but not|without|other than|apart from)\b/
const behind = /除外|不算(?:在内)?$|以外|之外/
const end = /(?:的|以外|之外|外)?(?:[,，;；。]|\s|的|以外|之外|外|$)/
const exceptedMax = 14

export type Excepted = { words: string; rest: string }

/** What a message leaves out on purpose, and the message without it. Only what names something can be left out. */
export function exceptIn(message: string, known: Known): Excepted | undefined {
  return [aheadIn(message, known), behindIn(message)].find(
    (found) => found !== undefined && namesSomething(findSlots(found.words, known)),
  )
}

function aheadIn(message: string, known: Known): Excepted | undefined {
  const found = ahead.exec(message)
  if (!found) return undefined
  const from = found.index + found[0].length
  const said = message.slice(from, from + exceptedMax)
  const stop = end.exec(said)
  const full = namesWhole(said, known).names.find((name) => name.from === 0)
  const words = said.slice(0, full?.to ?? stop?.index ?? said.length)
  const closed = full ? /^(?:以外|之外|外)?/.exec(message.slice(from + words.length)) : stop
  const to = from + words.length + (closed?.[0].length ?? 0)
  return { words, rest: `${message.slice(0, found.index)} ${message.slice(to)}`.trim() }
}

function behindIn(message: string): Excepted | undefined {
  const found = behind.exec(message)
  const [words] = found ? (/[^\s,，。;；]+$/.exec(message.slice(0, found.index)) ?? []) : []
  if (!found || !words) return undefined
  const from = found.index - words.length
  return { words, rest: `${message.slice(0, from)} ${message.slice(found.index + found[0].length)}`.trim() }
}

const namesSomething = ({ named, colleagues, categories, warehouses }: Slots): boolean =>
  named !== '' || colleagues.length + categories.length + warehouses.length > 0

/** Whom, and which places, he leaves out: only where each is the one that he may mean, and nothing else is named beside them. */
export const customersIn = ({ words }: Excepted, known: Known): string[] =>
  only(findSlots(words, known), 'customerParts')
export const warehousesIn = ({ words }: Excepted, known: Known): string[] =>
  only(findSlots(words, known), 'warehouseParts')

function only(slots: Slots, kind: 'customerParts' | 'warehouseParts'): string[] {
  const found = kind === 'customerParts' ? slots.customerParts.map(({ customers }) => customers) : slots.warehouseParts
  const isClear = slots.unknown === '' && !slots.namesItem && found.every((one) => one.length === 1)
  return isClear ? found.flatMap((one) => one.map(({ entry }) => entry.id)) : []
}

export const namesItem = ({ words }: Excepted, known: Known): boolean => findSlots(words, known).namesItem

/** 不要304的M10*80: of the items that fit, those that are not called so. */
export function butNot(items: readonly Candidate[], { words }: Excepted, known: Known): Candidate[] {
  const named = findSlots(words, known).itemParts.flatMap((part) => part.named.split(' '))
  const isSo = ({ entry }: Candidate): boolean =>
    named.length > 0 && named.every((word) => entry.whole.includes(word) || entry.specParts.includes(word))
  const isWhole = named.some((word) => isOfName(word, known.items))
  return isWhole ? [] : items.filter((one) => !isSo(one))
}
