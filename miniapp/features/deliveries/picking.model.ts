import { Decimal, type Entered, fromBase, showQuantity, toQuantity } from '#contract'
import type { Place } from '#contract/modules/inventory'
import type { DeliveryDetail, ItemBrief } from '#contract/modules/sales'

/** What is to be taken of one lot, and what of it has been. */
export type Take = {
  lotId: string
  lotCode: string
  expiresOn: string | null
  /** What the proposal has of it; nothing where it was picked although another lot goes first. */
  proposed: string
  taken: string
  /** What is still to be taken of it, in the order in which lots go. */
  open: string
  reason?: string
}
/** A line of a delivery note as somebody who picks sees it. Quantities are in base units. */
export type PickLine = {
  id: string
  item: ItemBrief
  /** Where to look for it, the first place first. */
  bins: Place[]
  planned: string
  picked: string
  rest: string
  takes: Take[]
  serials: string[]
  /** What of it has come back, in packs; empty: nothing. */
  returnedText: string
}

type Fact = DeliveryDetail['lines'][number]

export function pickLines({ delivery, lines }: Pick<DeliveryDetail, 'delivery' | 'lines'>): PickLine[] {
  return lines.map((fact) => {
    const line = delivery.lines.find(({ id }) => id === fact.lineId)
    const planned = line?.planned ?? '0'
    const picked = line?.picked ?? '0'
    const rest = toQuantity(new Decimal(planned).minus(picked))
    return {
      id: fact.lineId,
      item: fact.item,
      bins: fact.bins,
      planned,
      picked,
      rest,
      takes: takesOf(fact, new Decimal(rest)),
      serials: fact.serials,
      returnedText: fact.returnedText,
    }
  })
}

/** The proposed lots in the order in which they go, then those that were picked against it. */
function takesOf({ proposal, lots }: Fact, rest: Decimal): Take[] {
  let left = rest
  const proposed = proposal.map(({ lotId, lotCode, expiresOn, quantity }) => {
    const picked = lots.find((lot) => lot.lotId === lotId)
    const taken = new Decimal(picked?.quantity ?? 0)
    const open = Decimal.max(0, Decimal.min(left, new Decimal(quantity).minus(taken)))
    left = left.minus(open)
    return {
      ...{ lotId, lotCode, expiresOn, proposed: quantity, taken: toQuantity(taken), open: toQuantity(open) },
      reason: picked?.reason,
    }
  })
  const others = lots
    .filter(({ lotId }) => !proposal.some((one) => one.lotId === lotId))
    .map(({ lotId, lotCode, quantity, reason }) => ({
      ...{ lotId, lotCode, expiresOn: null, proposed: '0', taken: quantity, open: '0' },
      reason,
    }))
  return [...proposed, ...others]
}

/** The lines whose goods lie in the bin of this code; those that are not picked in full first. */
export function linesInBin(lines: readonly PickLine[], code: string): PickLine[] {
  const sought = code.trim().toUpperCase()
  const there = lines.filter(({ bins }) => bins.some((bin) => bin.code === sought))
  return there.toSorted((a, b) => Number(isPicked(a)) - Number(isPicked(b)))
}

const isZero = (quantity: string): boolean => new Decimal(quantity).isZero()
export const isPicked = ({ rest }: PickLine): boolean => new Decimal(rest).lte(0)
export const isBegun = ({ picked }: PickLine): boolean => !isZero(picked)

/** The lot that goes next, while something of it is to be taken. */
export const nextTake = ({ takes }: PickLine): Take | undefined => takes.find(({ open }) => !isZero(open))

/** How far picking has come: lines that are complete, and all of it in per cent. */
export function progressOf(lines: readonly PickLine[]): { done: number; all: number; percent: number } {
  const shares = lines.map(({ planned, picked }) => (isZero(planned) ? 1 : new Decimal(picked).div(planned).toNumber()))
  const sum = shares.reduce((total, share) => total + share, 0)
  return {
    done: lines.filter(isPicked).length,
    all: lines.length,
    percent: lines.length === 0 ? 0 : Math.round((sum / lines.length) * 100),
  }
}

export type Departure = { line: PickLine; leaves: string; stays: string }
/** What happens when the note is shipped now. `unscanned`: nobody has picked anything, so all of it leaves as planned. */
export type ShippingPlan = { kind: 'all' | 'part' | 'unscanned' | 'nothing'; departures: Departure[] }

/** What was picked leaves; when nothing was picked all of it does, except pieces with a serial number: those are always scanned. */
export function shippingPlan(lines: readonly PickLine[]): ShippingPlan {
  const wasPicked = lines.some(isBegun)
  const departures = lines.map((line) => {
    const leaves = wasPicked ? line.picked : line.item.tracking === 'serial' ? '0' : line.planned
    return { line, leaves, stays: toQuantity(new Decimal(line.planned).minus(leaves)) }
  })
  if (departures.every(({ leaves }) => isZero(leaves))) return { kind: 'nothing', departures }
  if (departures.some(({ stays }) => !isZero(stays))) return { kind: 'part', departures }
  return { kind: wasPicked ? 'all' : 'unscanned', departures }
}

/** The line that a scan has changed, and by how much. */
export function changeOf(before: readonly PickLine[], after: readonly PickLine[]) {
  for (const line of after) {
    const by = new Decimal(line.picked).minus(before.find(({ id }) => id === line.id)?.picked ?? 0)
    if (!by.isZero()) return { line, by: toQuantity(by) }
  }
  return undefined
}

export const nameOf = ({ name, spec }: Pick<ItemBrief, 'name' | 'spec'>): string => `${name} ${spec}`.trim()
/** '12 箱 7 支' of a line's item. */
export const shown = ({ item }: PickLine, quantity: string): string => showQuantity(quantity, item.units)
/** A quantity in packs, as it is sent. */
export const asEntered = ({ item }: PickLine, quantity: string): Entered => fromBase(quantity, item.units)
