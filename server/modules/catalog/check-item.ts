import { Decimal, type FieldIssue, Refusal } from '#contract'
import type { Tx } from '#kernel/db'
import { checkVariant } from './family.model.ts'
import { findFamily } from './family-store.ts'
import type { ItemFields } from './item-store.ts'

const figures = ['taxRate', 'listPrice', 'floorPrice', 'reorderPoint'] as const

/** Figures of an item are never negative, and its floor lies below its price. */
export function checkPrices(fields: Pick<ItemFields, (typeof figures)[number]>): void {
  const issues: FieldIssue[] = figures
    .filter((field) => new Decimal(fields[field] ?? 0).isNegative())
    .map((field) => ({ field, message: '不能为负 / cannot be negative' }))
  if (new Decimal(fields.taxRate).gte(100))
    issues.push({ field: 'taxRate', message: '税率应小于 100% / a tax rate is below 100%' })
  if (issues.length > 0) throw new Refusal('malformed', {}, issues)
  const price = new Decimal(fields.listPrice)
  if (!price.isZero() && fields.floorPrice !== null && price.lt(fields.floorPrice))
    throw new Refusal('floor_above_price')
}

/** An item of a family stands in one cell of its grid; any other item in none. */
export async function checkFamilyPlace(
  tx: Tx,
  { familyId, variant }: Pick<ItemFields, 'familyId' | 'variant'>,
): Promise<void> {
  const family = familyId ? await findFamily(tx, familyId) : undefined
  if (familyId && !family)
    throw new Refusal('not_found', { what: { zh: '商品系列', en: 'item family' } }, [
      { field: 'familyId', message: '没有这个系列 / no such family' },
    ])
  checkVariant(family?.axes ?? [], variant)
}
