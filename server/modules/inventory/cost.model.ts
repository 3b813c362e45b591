import { Decimal } from '#contract'

/** What all of an item in the house is worth; `lastCost` of one base unit holds while nothing is there. */
export type Worth = { quantity: Decimal; value: Decimal; lastCost: Decimal }

const zero = new Decimal(0)
export const noWorth: Worth = { quantity: zero, value: zero, lastCost: zero }

// Rounded half up to the fen: the one rounding point of stock value. What is left keeps the rest, so nothing is lost.
const fen = (value: Decimal): Decimal => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP)

/** What one base unit costs now. */
export const unitCostOf = ({ quantity, value, lastCost }: Worth): Decimal =>
  (quantity.gt(0) ? value.div(quantity) : lastCost).toDecimalPlaces(6)

/** The value that leaves with a quantity. The last piece takes all that is left; beyond what is there, the last cost holds. */
export function valueOf(worth: Worth, quantity: Decimal): Decimal {
  if (worth.quantity.lte(0)) return fen(quantity.times(worth.lastCost))
  if (quantity.lt(worth.quantity)) return fen(worth.value.times(quantity).div(worth.quantity))
  return worth.value.plus(fen(quantity.minus(worth.quantity).times(worth.lastCost)))
}

/** A quantity goes out at the value it has on average. */
export function goOut(worth: Worth, quantity: Decimal): { worth: Worth; cost: Decimal } {
  const cost = valueOf(worth, quantity)
  return { worth: { ...worth, quantity: worth.quantity.minus(quantity), value: worth.value.minus(cost) }, cost }
}

/**
 * A quantity goes out at the value it came in with, as if it had never come; undefined where what stays could not be worth what is left: nothing
 * is worth nothing, and nothing that is there is worth less.
 */
export function takeAway(worth: Worth, quantity: Decimal, value: Decimal): Worth | undefined {
  const after = { ...worth, quantity: worth.quantity.minus(quantity), value: worth.value.minus(value) }
  const isWhole = after.quantity.isZero() ? after.value.isZero() : after.quantity.gt(0) && after.value.gte(0)
  return isWhole ? after : undefined
}

/**
 * A quantity comes in with its value. Where more had gone out than was there, it first makes that good:
 * `revaluation` is what it cost more or less than was assumed when it went.
 */
export function comeIn(worth: Worth, quantity: Decimal, value: Decimal): { worth: Worth; revaluation: Decimal } {
  const after = worth.quantity.plus(quantity)
  const lastCost = value.div(quantity).toDecimalPlaces(6)
  const sum = worth.value.plus(value)
  if (worth.quantity.gte(0)) return { worth: { quantity: after, value: sum, lastCost }, revaluation: zero }
  const kept = after.gt(0) ? fen(value.times(after).div(quantity)) : fen(worth.value.times(after).div(worth.quantity))
  return { worth: { quantity: after, value: kept, lastCost }, revaluation: kept.minus(sum) }
}

/** What of a cost that is put upon goods received later falls on those that can still be there; the rest has left with the others. */
export const shareInStock = (amount: Decimal, there: Decimal, received: Decimal): Decimal =>
  fen(amount.times(Decimal.min(Decimal.max(there, 0), received)).div(received))
