import { Decimal, Refusal, toQuantity } from '#contract'
import type { ReturnedLot } from './contract.ts'
import type { DeliveryLine } from './delivery.model.ts'
import type { FiredRule } from './order.model.ts'
import type { ReturnState } from './sales-return.document.ts'

/** What goods that come back are worth on each side. */
export type Shares = { gross: Decimal; net: Decimal; cost: Decimal; netCost: Decimal }
export type ReturnLine = Shares & {
  id: string
  position: number
  deliveryLineId: string
  orderLineId: string
  itemId: string
  /** What is to come back, and what has. */
  quantity: Decimal
  received: Decimal
  lots: ReturnedLot[]
  serials: string[]
  custom: Record<string, unknown>
}
export type SalesReturn = {
  id: string
  number: string
  orderId: string
  customerId: string
  ownerId: string
  warehouseId: string
  state: ReturnState
  reason: string
  note: string
  grossTotal: Decimal
  netTotal: Decimal
  costTotal: Decimal
  receivedOn: string | null
  postedOn: string | null
  reversedOn: string | null
  receiverId: string | null
  reasons: FiredRule[]
  approvalId: string | null
  custom: Record<string, unknown>
  version: number
  createdAt: Date
  createdBy: string
  lines: ReturnLine[]
}

const zero = new Decimal(0)

/** What of a delivered line can still come back. */
export const leftToReturn = ({ picked, returned }: Pick<DeliveryLine, 'picked' | 'returned'>): Decimal =>
  picked.minus(returned)

/**
 * What a quantity of a delivered line takes back with it. Each amount is what all that came back until now should come to, rounded to the
 * fen, less what was given back already: whatever comes back in whatever parts, all of it together is exactly what was charged and what it cost.
 */
export function sharesOf(line: DeliveryLine, quantity: Decimal): Shares {
  const after = line.returned.plus(quantity)
  const share = (whole: Decimal, given: Decimal): Decimal => {
    const due = whole.times(after).div(line.picked).toDecimalPlaces(2, Decimal.ROUND_HALF_UP).minus(given)
    return Decimal.max(0, Decimal.min(due, whole.minus(given)))
  }
  return {
    gross: share(line.gross, line.returnedGross),
    net: share(line.net, line.returnedNet),
    cost: share(line.cost, line.returnedCost),
    netCost: share(line.netCost, line.returnedNetCost),
  }
}

/** A delivered line after some of it has come back. More than left cannot. */
export function withReturned(line: DeliveryLine, quantity: Decimal, shares: Shares, item: string): DeliveryLine {
  const left = leftToReturn(line)
  if (quantity.gt(left))
    throw new Refusal('returned_too_much', { item, left: toQuantity(left), quantity: toQuantity(quantity) })
  return {
    ...line,
    returned: line.returned.plus(quantity),
    returnedGross: line.returnedGross.plus(shares.gross),
    returnedNet: line.returnedNet.plus(shares.net),
    returnedCost: line.returnedCost.plus(shares.cost),
    returnedNetCost: line.returnedNetCost.plus(shares.netCost),
  }
}

/** The same after what had come back is gone again. */
export const withoutReturned = (line: DeliveryLine, back: Shares & { received: Decimal }): DeliveryLine => ({
  ...line,
  returned: line.returned.minus(back.received),
  returnedGross: line.returnedGross.minus(back.gross),
  returnedNet: line.returnedNet.minus(back.net),
  returnedCost: line.returnedCost.minus(back.cost),
  returnedNetCost: line.returnedNetCost.minus(back.netCost),
})

/** The pieces a delivered line was made of that have not come back: of each lot how many, and which serial numbers. */
export function piecesLeft(
  line: Pick<DeliveryLine, 'lots' | 'serials'>,
  before: readonly Pick<ReturnLine, 'lots' | 'serials'>[],
): { lots: ReturnedLot[]; serials: string[] } {
  const back = (lotId: string): Decimal =>
    Decimal.sum(
      0,
      ...before.flatMap(({ lots }) => lots.filter((lot) => lot.lotId === lotId)).map((lot) => lot.quantity),
    )
  const gone = new Set(before.flatMap(({ serials }) => serials))
  return {
    lots: line.lots
      .map(({ lotId, lotCode, quantity }) => ({
        lotId,
        lotCode,
        quantity: toQuantity(new Decimal(quantity).minus(back(lotId))),
      }))
      .filter(({ quantity }) => new Decimal(quantity).gt(0)),
    serials: line.serials.filter((serial) => !gone.has(serial)),
  }
}

type Tracking = 'none' | 'lot' | 'serial'
type Pieces = { lots: readonly { lotId: string; quantity: string }[]; serials: readonly string[] }

/**
 * The lots or serial numbers that come back with a line. Where only one lot left, or all that is left comes, nobody need say which;
 * else what is told must be what left with this line, and make up the quantity.
 */
export function piecesOf(
  told: Pieces,
  { tracking, item, quantity }: { tracking: Tracking; item: string; quantity: Decimal },
  left: ReturnType<typeof piecesLeft>,
): { lots: ReturnedLot[]; serials: string[] } {
  if (tracking === 'lot') return { lots: lotsOf(told.lots, quantity, item, left.lots), serials: [] }
  if (tracking === 'serial') return { lots: [], serials: serialsOf(told.serials, quantity, item, left.serials) }
  return { lots: [], serials: [] }
}

function lotsOf(told: Pieces['lots'], quantity: Decimal, item: string, left: readonly ReturnedLot[]): ReturnedLot[] {
  if (told.length === 0) return anyLots(quantity, item, left)
  const lots = told.map((lot) => {
    const known = left.find(({ lotId }) => lotId === lot.lotId)
    if (!known || new Decimal(lot.quantity).gt(known.quantity))
      throw new Refusal('not_of_delivery', { item, piece: known?.lotCode ?? lot.lotId })
    return { ...known, quantity: lot.quantity }
  })
  const sum = Decimal.sum(0, ...lots.map((lot) => lot.quantity))
  if (!sum.eq(quantity) || new Set(lots.map(({ lotId }) => lotId)).size < lots.length)
    throw new Refusal('tell_pieces', { item, quantity: toQuantity(quantity) })
  return lots
}

function anyLots(quantity: Decimal, item: string, left: readonly ReturnedLot[]): ReturnedLot[] {
  const whole = Decimal.sum(0, ...left.map((lot) => lot.quantity))
  if (whole.eq(quantity)) return [...left]
  const [only, ...others] = left
  if (!only || others.length > 0 || quantity.gt(only.quantity))
    throw new Refusal('tell_pieces', { item, quantity: toQuantity(quantity) })
  return [{ ...only, quantity: toQuantity(quantity) }]
}

function serialsOf(told: readonly string[], quantity: Decimal, item: string, left: readonly string[]): string[] {
  const serials = told.length === 0 && quantity.eq(left.length) ? left : told
  const stranger = serials.find((serial) => !left.includes(serial))
  if (stranger !== undefined) throw new Refusal('not_of_delivery', { item, piece: stranger })
  if (!quantity.eq(new Set(serials).size) || serials.length > left.length)
    throw new Refusal('tell_pieces', { item, quantity: toQuantity(quantity) })
  return [...serials]
}

/** A return's totals are the sums of its lines: nothing is rounded again. */
export const totalsOfReturn = (
  lines: readonly Shares[],
): Pick<SalesReturn, 'grossTotal' | 'netTotal' | 'costTotal'> => ({
  grossTotal: Decimal.sum(zero, ...lines.map((line) => line.gross)),
  netTotal: Decimal.sum(zero, ...lines.map((line) => line.net)),
  costTotal: Decimal.sum(zero, ...lines.map((line) => line.cost)),
})
