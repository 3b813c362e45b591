import { Decimal, type Lang } from '#contract'
import { money } from './card-pieces.ts'

/** Amounts from so much on, up to so much; either may be open. */
export type Between = { over?: string; under?: string }

/** An amount that he may not read is neither over nor under: it stays out. */
export const isBetween = (amount: Decimal.Value | null | undefined, { over, under }: Between): boolean =>
  (over === undefined && under === undefined) ||
  (amount != null &&
    (over === undefined || new Decimal(amount).gte(over)) &&
    (under === undefined || new Decimal(amount).lte(under)))

export function betweenWords({ over, under }: Between, lang: Lang): string | undefined {
  const en = lang === 'en'
  const [least, most] = [over && money(over, lang), under && money(under, lang)]
  if (least && most) return `${least} – ${most}`
  if (least) return en ? `from ${least}` : `${least} 以上`
  return most && (en ? `up to ${most}` : `${most} 以下`)
}
