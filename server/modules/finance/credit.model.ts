import { Decimal } from '#contract'

const most = new Decimal('999.99')
const zero = new Decimal(0)

/**
 * Per cent of the limit that is used. Ends at 999.99, which also stands for "something, where nothing is allowed",
 * so that a customer without a limit is above every threshold.
 */
export function creditUse(exposure: Decimal, limit: Decimal): Decimal {
  if (exposure.lte(0)) return zero
  if (limit.lte(0)) return most
  // Rounded up: what is above a threshold by a fen must not read as the threshold.
  return Decimal.min(most, exposure.times(100).div(limit).toDecimalPlaces(4, Decimal.ROUND_UP))
}

type OrderLine = { id: string; amount: Decimal; quantity?: Decimal }
type Standing = {
  /** What counts against the limit besides this order. */
  exposure: Decimal
  limit: Decimal
  /** The part of the limit, in per cent, that may be used without being asked: 90. */
  limitPercent: Decimal
  orderAmount: Decimal
  lines: readonly OrderLine[]
}

/** What would bring an order below the credit threshold: each of these alone is enough. */
export type WaysOut = {
  /** By how much it is above. */
  excess: Decimal
  /** Collect this much from the customer first. */
  collect: Decimal
  /** Take these lines out of the order: as few as will do. Null when only an empty order would pass. */
  drop: { lineIds: string[]; amount: Decimal } | null
  /** Ship in two parts: this much, and so for instance these lines, passes now. Null when nothing does. */
  ship: { upTo: Decimal; lines: { lineId: string; amount: Decimal; quantity?: Decimal }[]; amount: Decimal } | null
}

/** The smallest ways out of a credit block; null when nothing is blocked. */
export function waysOut({ exposure, limit, limitPercent, orderAmount, lines }: Standing): WaysOut | null {
  const allowed = limit.times(limitPercent).div(100).toDecimalPlaces(2, Decimal.ROUND_DOWN)
  const excess = exposure.plus(orderAmount).minus(allowed)
  if (excess.lte(0)) return null
  return {
    excess,
    collect: excess,
    drop: fewestLines(excess, orderAmount, lines),
    ship: firstPart(allowed.minus(exposure), lines),
  }
}

/** The fewest lines worth at least the excess, and of those the ones that cost the customer least. */
function fewestLines(excess: Decimal, orderAmount: Decimal, lines: readonly OrderLine[]): WaysOut['drop'] {
  if (excess.gt(orderAmount)) return null
  const largest = [...lines].sort((a, b) => b.amount.cmp(a.amount))
  const dropped: OrderLine[] = []
  let missing = excess
  for (const line of largest) {
    const smallestThatDoes = largest.findLast((one) => !dropped.includes(one) && one.amount.gte(missing))
    dropped.push(smallestThatDoes ?? line)
    missing = missing.minus((smallestThatDoes ?? line).amount)
    if (missing.lte(0)) break
  }
  if (missing.gt(0) || dropped.length === lines.length) return null
  return { lineIds: dropped.map((line) => line.id), amount: sum(dropped) }
}

/** Fills the room that is left: whole lines first, the largest that fit; then whole units of one more. */
function firstPart(room: Decimal, lines: readonly OrderLine[]): WaysOut['ship'] {
  if (room.lte(0)) return null
  const chosen: { lineId: string; amount: Decimal; quantity?: Decimal }[] = []
  let left = room
  for (const { id, amount, quantity } of [...lines].sort((a, b) => b.amount.cmp(a.amount))) {
    if (amount.gt(left)) continue
    chosen.push({ lineId: id, amount, quantity })
    left = left.minus(amount)
  }
  const split = lines
    .filter((line) => !chosen.some(({ lineId }) => lineId === line.id))
    .map((line) => someUnits(line, left))
    .find(Boolean)
  if (split) chosen.push(split)
  return { upTo: room, lines: chosen, amount: sum(chosen) }
}

function someUnits({ id, amount, quantity }: OrderLine, room: Decimal) {
  const units = quantity?.times(room).div(amount).floor()
  if (!quantity || !units || units.lte(0)) return undefined
  return { lineId: id, quantity: units, amount: amount.times(units).div(quantity).toDecimalPlaces(2) }
}

const sum = (lines: readonly { amount: Decimal }[]): Decimal =>
  lines.reduce((all, { amount }) => all.plus(amount), zero)
