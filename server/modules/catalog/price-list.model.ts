import { Decimal, type FieldIssue, Refusal } from '#contract'

type Terms = { level: string | null; customerId: string | null; startsOn: string | null; endsOn: string | null }

/** A list is for everybody, for a level or for a customer; it starts before it ends. */
export function checkPriceList({ level, customerId, startsOn, endsOn }: Terms): void {
  const refuse = (field: string, zh: string, en: string) =>
    new Refusal('bad_price_list', { reason: { zh, en } }, [{ field, message: zh }])
  if (level && customerId)
    throw refuse('level', '客户等级和专属客户只能选一个', 'choose a level or a customer, not both')
  if (startsOn && endsOn && endsOn < startsOn)
    throw refuse('endsOn', '截止日期不能早于生效日期', 'it cannot end before it starts')
}

type Rule = { itemId: string; minQuantity: string; price?: string; floorPrice?: string | null }

/** Prices are above zero, tiers and floors are not negative, and no tier is given twice. */
export function checkRules(rules: readonly Rule[]): void {
  const seen = new Set<string>()
  const issues: FieldIssue[] = []
  rules.forEach(({ itemId, minQuantity, price, floorPrice }, i) => {
    const tier = `${itemId} ${new Decimal(minQuantity).toString()}`
    if (seen.has(tier)) issues.push({ field: `rules.${i}`, message: '同一档价格重复 / this tier is given twice' })
    seen.add(tier)
    if (new Decimal(minQuantity).isNegative())
      issues.push({ field: `rules.${i}.minQuantity`, message: '不能为负 / cannot be negative' })
    if (price && new Decimal(price).lte(0))
      issues.push({ field: `rules.${i}.price`, message: '价格要大于 0 / a price is above 0' })
    if (floorPrice && new Decimal(floorPrice).isNegative())
      issues.push({ field: `rules.${i}.floorPrice`, message: '不能为负 / cannot be negative' })
  })
  if (issues.length > 0) throw new Refusal('malformed', {}, issues)
}
