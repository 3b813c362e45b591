import { Decimal } from '#contract'

/** What uses a customer's credit, by parts; exposure = ordered + owed - advance. */
export type Exposure = {
  /** Submitted or confirmed, not yet delivered. */
  ordered: Decimal
  /** Delivered, not yet paid. */
  owed: Decimal
  /** Received, not yet allocated. */
  advance: Decimal
  exposure: Decimal
}

export const exposureFrom = (ordered: Decimal, owed: Decimal, advance: Decimal): Exposure => ({
  ordered,
  owed,
  advance,
  exposure: ordered.plus(owed).minus(advance),
})

const zero = new Decimal(0)
export const noExposure: Exposure = exposureFrom(zero, zero, zero)
