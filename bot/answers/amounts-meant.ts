import { Decimal, toMoney } from '#contract'
import type { Asked } from './asked.ts'

export const moneyOf = (said: string): string => toMoney(new Decimal(said))

/** From so much on, below so much, or between the two. */
export function amountsOf({ slots: { amounts } }: Asked): { over?: string; under?: string } {
  const { threshold, isBelow, most } = amounts
  const [over, under] = isBelow ? [undefined, threshold] : [threshold, most]
  return { over: over && moneyOf(over), under: under && moneyOf(under) }
}
