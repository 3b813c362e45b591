import { Decimal, Refusal, toQuantity } from '#contract'
import type { PickedLot } from './contract.ts'
import type { DeliveryState } from './delivery.document.ts'
import { marginPercent } from './pricing.model.ts'

export type DeliveryLine = {
  id: string
  orderLineId: string
  position: number
  itemId: string
  planned: Decimal
  picked: Decimal
  lots: PickedLot[]
  serials: string[]
  gross: Decimal
  net: Decimal
  /** What the stock ledger says that it cost, tax included. */
  cost: Decimal
  netCost: Decimal
  /** What of it has come back, and what of each amount came back with it. */
  returned: Decimal
  returnedGross: Decimal
  returnedNet: Decimal
  returnedCost: Decimal
  returnedNetCost: Decimal
  custom: Record<string, unknown>
}
export type Delivery = {
  id: string
  number: string
  orderId: string
  customerId: string
  ownerId: string
  warehouseId: string
  state: DeliveryState
  plannedOn: string
  shippedOn: string | null
  pickerId: string | null
  grossTotal: Decimal
  costTotal: Decimal
  carrier: string
  trackingNo: string
  signedBy: string
  signedAt: Date | null
  note: string
  custom: Record<string, unknown>
  version: number
  createdAt: Date
  createdBy: string
  lines: DeliveryLine[]
}

/** A lot that may be taken, in the order in which lots should go. */
export type LotOnHand = { lotId: string; lotCode: string; expiresOn: string | null; quantity: Decimal }
type Picked = { item: string; quantity: Decimal }

const zero = new Decimal(0)

/** Counts more pieces of a line as picked. Nobody picks more than was planned. */
export function pick(line: DeliveryLine, { item, quantity }: Picked): DeliveryLine {
  const picked = line.picked.plus(quantity)
  if (picked.gt(line.planned) || quantity.lte(0))
    throw new Refusal('too_many_picked', { item, planned: toQuantity(line.planned), picked: toQuantity(picked) })
  return { ...line, picked }
}

/**
 * Picks from a lot. The one that ends first goes first: while something of it is there and not picked, another lot needs
 * a reason, which stays with the line.
 */
export function pickLot(
  line: DeliveryLine,
  lot: LotOnHand,
  onHand: readonly LotOnHand[],
  wanted: Picked & { reason?: string },
): DeliveryLine {
  const taken = takenOf(line, lot.lotId)
  if (taken.plus(wanted.quantity).gt(lot.quantity)) throw new Refusal('wrong_lot', { lot: lot.lotCode })
  const older = onHand
    .slice(
      0,
      onHand.findIndex((one) => one.lotId === lot.lotId),
    )
    .find((one) => one.quantity.gt(takenOf(line, one.lotId)))
  if (older && !wanted.reason)
    throw new Refusal('newer_lot', {
      lot: lot.lotCode,
      older: older.lotCode,
      expires: older.expiresOn ?? '—',
      left: toQuantity(older.quantity.minus(takenOf(line, older.lotId))),
    })
  const others = line.lots.filter((one) => one.lotId !== lot.lotId)
  const reason = wanted.reason ?? line.lots.find((one) => one.lotId === lot.lotId)?.reason
  const entry = {
    lotId: lot.lotId,
    lotCode: lot.lotCode,
    quantity: toQuantity(taken.plus(wanted.quantity)),
    ...(reason ? { reason } : {}),
  }
  return pick({ ...line, lots: [...others, entry] }, wanted)
}

/** Picks one piece by its serial number. */
export function pickSerial(line: DeliveryLine, serial: string, item: string): DeliveryLine {
  if (line.serials.includes(serial)) throw new Refusal('serial_picked', { serial })
  return pick({ ...line, serials: [...line.serials, serial] }, { item, quantity: new Decimal(1) })
}

export const unpicked = (line: DeliveryLine): DeliveryLine => ({ ...line, picked: zero, lots: [], serials: [] })

const takenOf = (line: DeliveryLine, lotId: string): Decimal =>
  new Decimal(line.lots.find((lot) => lot.lotId === lotId)?.quantity ?? 0)

/** How much of a lot-tracked line may still be picked of a lot: what the lot has, and what the line lacks. */
export const restOfLot = (line: DeliveryLine, lot: LotOnHand): Decimal =>
  Decimal.min(lot.quantity.minus(takenOf(line, lot.lotId)), line.planned.minus(line.picked))

type Asked = { lineId: string; quantity: Decimal }

/**
 * How much of each line leaves: what was asked for; else what was picked; else, when nobody has picked anything, all of it.
 * What was picked by hand is what leaves: an amount that differs from it is refused.
 */
export function quantitiesToShip(
  lines: readonly DeliveryLine[],
  asked: readonly Asked[] | undefined,
  itemName: (line: DeliveryLine) => string,
): Map<string, Decimal> {
  const wasPicked = lines.some((line) => line.picked.gt(0))
  const quantities = new Map(
    lines.map((line) => {
      const usual = wasPicked ? line.picked : line.planned
      const wanted = asked ? (asked.find((one) => one.lineId === line.id)?.quantity ?? zero) : usual
      if (line.picked.gt(0) && !wanted.eq(line.picked))
        throw new Refusal('picked_differs', {
          item: itemName(line),
          picked: toQuantity(line.picked),
          quantity: toQuantity(wanted),
        })
      if (wanted.lt(0) || wanted.gt(line.planned))
        throw new Refusal('too_many_picked', {
          item: itemName(line),
          planned: toQuantity(line.planned),
          picked: toQuantity(wanted),
        })
      return [line.id, wanted]
    }),
  )
  if ([...quantities.values()].every((quantity) => quantity.isZero())) throw new Refusal('nothing_to_ship')
  return quantities
}

/** What has left and stayed away, at what it truly cost; null while nothing has left. Net is compared with net, as when it was ordered. */
export function leftOf(
  deliveries: readonly Pick<Delivery, 'state' | 'lines'>[],
): { net: Decimal; cost: Decimal } | null {
  const left = deliveries.filter(({ state }) => state === 'shipped').flatMap(({ lines }) => lines)
  if (left.length === 0) return null
  return {
    net: Decimal.sum(0, ...left.map((line) => line.net.minus(line.returnedNet))),
    cost: Decimal.sum(0, ...left.map((line) => line.netCost.minus(line.returnedNetCost))),
  }
}

/** The margin of what has left and stayed away, in per cent; null while nothing has. */
export function finalMargin(deliveries: readonly Pick<Delivery, 'state' | 'lines'>[]): Decimal | null {
  const left = leftOf(deliveries)
  return left && marginPercent(left)
}
