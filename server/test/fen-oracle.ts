import { Decimal } from '#contract'

/*
 * Money in whole fen by whole numbers alone: what the product works out in decimals must be what comes out here.
 */

/** numerator / denominator, rounded half up; both at least nothing. */
const halfUp = (numerator: bigint, denominator: bigint): bigint => (2n * numerator + denominator) / (2n * denominator)

/** A decimal with so many places as a whole number. */
const scaled = (value: Decimal, places: number): bigint => BigInt(value.times(new Decimal(10).pow(places)).toFixed(0))
const fen = (value: Decimal): bigint => scaled(value, 2)

/** Price (6 places) times quantity (4 places), to the fen. */
export const grossFen = (price: Decimal, quantity: Decimal): bigint =>
  halfUp(scaled(price, 6) * scaled(quantity, 4), 10n ** 8n)

/** An amount with a tax of so many per cent (4 places) taken out. */
export const netFen = (gross: bigint, taxRate: Decimal): bigint =>
  halfUp(gross * 1_000_000n, 1_000_000n + scaled(taxRate, 4))

/** What of an amount falls on the quantity up to a point of the whole. */
export const shareFen = (amount: Decimal, quantity: Decimal, upTo: Decimal): bigint =>
  halfUp(fen(amount) * scaled(upTo, 4), scaled(quantity, 4))

export const fenOf = (value: Decimal): bigint => {
  if (value.decimalPlaces() > 2) throw new Error(`${value.toFixed()} is not a whole number of fen`)
  return fen(value)
}
