import { baseUnit, Decimal, showQuantity, toQuantity } from '#contract'
import type { ItemBrief, ReturnableLine, ReturnDetail } from '#contract/modules/sales'

/** A line of goods that may come back, as it is being filled in. Quantities are base units; those of its lots, where it has several, make them up. */
export type BackLine = {
  /** The delivered line, or, of a return that is received, its line. */
  key: string
  item: ItemBrief
  /** The delivery note that the goods left with. */
  note: { number: string; on: string | null }
  max: string
  /** On returns that are still to be received. */
  underWay: string
  quantity: string
  lots: { lotId: string; lotCode: string; max: string; quantity: string }[]
  serials: { code: string; isChosen: boolean }[]
}

const zero = new Decimal(0)
const fit = (quantity: Decimal.Value, max: string): string => {
  const given = new Decimal(quantity)
  return toQuantity(Decimal.max(0, Decimal.min(given, max)))
}

/** What can come back of an order, or of one of its notes; nothing is chosen yet. */
export const returnableLines = (lines: readonly ReturnableLine[], deliveryId?: string): BackLine[] =>
  lines
    .filter(({ delivery, left }) => new Decimal(left).gt(0) && (!deliveryId || delivery.id === deliveryId))
    .map((line) => ({
      key: line.deliveryLineId,
      item: line.item,
      note: { number: line.delivery.number, on: line.delivery.on },
      max: line.left,
      underWay: line.underWay,
      quantity: '0',
      lots: line.lots.map(({ lotId, lotCode, quantity }) => ({ lotId, lotCode, max: quantity, quantity: '0' })),
      serials: line.serials.map((code) => ({ code, isChosen: false })),
    }))

/** The same with what a draft had chosen. */
export const withDraft = (lines: readonly BackLine[], { lines: facts, return: draft }: ReturnDetail): BackLine[] =>
  lines.map((line) => {
    const at = facts.findIndex(({ deliveryLineId }) => deliveryLineId === line.key)
    const chosen = facts[at]
    if (!chosen) return line
    const quantity = draft.lines[at]?.quantity ?? '0'
    // The draft itself counts as under way, and is no other return.
    const others = toQuantity(Decimal.max(0, new Decimal(line.underWay).minus(quantity)))
    return chosenAs({ ...line, underWay: others }, quantity, chosen)
  })

/** What is to be received: as asked for, until somebody says otherwise. */
export const awaitedLines = ({ lines: facts, return: awaited }: ReturnDetail): BackLine[] =>
  facts.map((fact, at) => {
    const asked = awaited.lines[at]?.quantity ?? '0'
    const line: BackLine = {
      key: fact.lineId,
      item: fact.item,
      note: { number: fact.delivery.number, on: fact.delivery.on },
      max: asked,
      underWay: '0',
      quantity: '0',
      lots: fact.open.lots.map(({ lotId, lotCode, quantity }) => ({ lotId, lotCode, max: quantity, quantity: '0' })),
      serials: fact.open.serials.map((code) => ({ code, isChosen: false })),
    }
    return chosenAs(line, asked, fact)
  })

type Pieces = Pick<ReturnDetail['lines'][number], 'lots' | 'serials'>
const chosenAs = (line: BackLine, quantity: string, { lots, serials }: Pieces): BackLine => ({
  ...line,
  quantity,
  lots: line.lots.map((lot) => ({ ...lot, quantity: lots.find(({ lotId }) => lotId === lot.lotId)?.quantity ?? '0' })),
  serials: line.serials.map(({ code }) => ({ code, isChosen: serials.includes(code) })),
})

const lotsSum = (lots: BackLine['lots']): Decimal => Decimal.sum(zero, ...lots.map(({ quantity }) => quantity))
const chosenCount = (serials: BackLine['serials']): number => serials.filter(({ isChosen }) => isChosen).length

/** Another quantity of a line without pieces, or with one lot alone; never more than can come. */
export function withQuantity(line: BackLine, quantity: Decimal.Value): BackLine {
  const [only, ...others] = line.lots
  const next = fit(quantity, line.max)
  if (!only || others.length > 0) return { ...line, quantity: next }
  return { ...line, quantity: next, lots: [{ ...only, quantity: next }] }
}

export function withLot(line: BackLine, lotId: string, quantity: Decimal.Value): BackLine {
  const lots = line.lots.map((lot) => {
    if (lot.lotId !== lotId) return lot
    const room = new Decimal(line.max).minus(lotsSum(line.lots)).plus(lot.quantity)
    return { ...lot, quantity: fit(quantity, toQuantity(Decimal.min(room, lot.max))) }
  })
  return { ...line, lots, quantity: toQuantity(lotsSum(lots)) }
}

/** Takes a serial number in or out; beyond what is awaited none is taken in. */
export function withSerial(line: BackLine, code: string): BackLine {
  const isFull = new Decimal(line.max).lte(chosenCount(line.serials))
  const serials = line.serials.map((one) => (one.code === code ? { ...one, isChosen: !one.isChosen && !isFull } : one))
  return { ...line, serials, quantity: toQuantity(chosenCount(serials)) }
}

/** All of it comes back; of several lots the first ones, as far as the line goes. */
export function whole(line: BackLine): BackLine {
  if (line.item.tracking === 'lot' && line.lots.length > 1)
    return line.lots.reduce((filled, lot) => withLot(filled, lot.lotId, lot.max), none(line))
  if (line.item.tracking === 'serial')
    return line.serials.reduce((filled, { code }) => withSerial(filled, code), none(line))
  return withQuantity(line, line.max)
}

export const none = (line: BackLine): BackLine => ({
  ...line,
  quantity: '0',
  lots: line.lots.map((lot) => ({ ...lot, quantity: '0' })),
  serials: line.serials.map(({ code }) => ({ code, isChosen: false })),
})

export const isChosen = (line: BackLine): boolean => new Decimal(line.quantity).gt(0)

/** What of a line is sent: its quantity, and the pieces where it is made of some. */
export function sent(line: BackLine) {
  const lots = line.lots
    .filter(({ quantity }) => new Decimal(quantity).gt(0))
    .map(({ lotId, quantity }) => ({ lotId, quantity }))
  const serials = line.serials.flatMap(({ code, isChosen: is }) => (is ? [code] : []))
  return {
    quantity: line.quantity,
    ...(lots.length > 0 ? { lots } : {}),
    ...(serials.length > 0 ? { serials } : {}),
  }
}

/** Counts a piece by its code: a serial number, a lot, or the item's own code. Undefined: it is on none of the lines. */
export function counted(lines: readonly BackLine[], code: string): { lines: BackLine[]; line: BackLine } | undefined {
  const wanted = code.trim().toLowerCase()
  const is = (one: string): boolean => one.toLowerCase() === wanted
  for (const [at, line] of lines.entries()) {
    const next = countedIn(line, is)
    if (next) return { lines: lines.with(at, next), line: next }
  }
  return undefined
}

function countedIn(line: BackLine, is: (code: string) => boolean): BackLine | undefined {
  const serial = line.serials.find(({ code, isChosen: already }) => is(code) && !already)
  if (serial) return withSerial(line, serial.code)
  const lot = line.lots.find(({ lotCode }) => is(lotCode))
  if (lot) return withLot(line, lot.lotId, new Decimal(lot.quantity).plus(1))
  const isPlain = line.item.tracking === 'none' || line.lots.length === 1
  return isPlain && is(line.item.code) ? withQuantity(line, new Decimal(line.quantity).plus(1)) : undefined
}

export const nameOf = (item: ItemBrief): string => `${item.name} ${item.spec}`.trim()
export const shown = ({ item }: BackLine, quantity: string): string => showQuantity(quantity, item.units)
export const unitOf = ({ item }: BackLine): string => baseUnit(item.units)

/** What it is in the unit that is counted in, where it is shown in packs: '= 400 支' beside 2 盒. */
export function inPieces(line: BackLine, quantity: string): string | undefined {
  const pieces = showQuantity(quantity, [{ unit: unitOf(line), numerator: 1, denominator: 1 }])
  return pieces === shown(line, quantity) ? undefined : `= ${pieces}`
}
