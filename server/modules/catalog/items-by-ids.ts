import { Decimal, Refusal, type UnitRatio } from '#contract'
import type { Tx } from '#kernel/db'
import { findItems, type StoredItem } from './item-store.ts'
import { unitsOf } from './item-view.ts'

export type ItemFacts = {
  id: string
  code: string
  name: string
  spec: string
  category: string
  baseUnit: string
  /** The base unit first. */
  units: UnitRatio[]
  tracking: 'none' | 'lot' | 'serial'
  taxRate: Decimal
  /** 0: not priced yet. */
  listPrice: Decimal
  floorPrice: Decimal | null
  allowNegative: boolean
  active: boolean
}

/** What documents need to know of items. An id that is none is refused; `field` names where it stood in the input. */
export async function itemsByIds(
  tx: Tx,
  ids: readonly string[],
  field: (position: number) => string = (position) => `lines.${position}.itemId`,
): Promise<Map<string, ItemFacts>> {
  const items = await findItems(tx, { id: { in: [...new Set(ids)] } })
  const facts = new Map(items.map((item) => [item.id, factsOf(item)]))
  refuseUnknown(ids, facts, field)
  return facts
}

export function refuseUnknown(
  ids: readonly string[],
  known: ReadonlyMap<string, unknown>,
  field: (position: number) => string,
): void {
  const issues = ids
    .map((id, position) => ({ id, field: field(position), message: '没有这个商品 / no such item' }))
    .filter(({ id }) => !known.has(id))
  if (issues.length > 0)
    throw new Refusal(
      'unknown_item',
      {},
      issues.map(({ field, message }) => ({ field, message })),
    )
}

const factsOf = (item: StoredItem): ItemFacts => ({
  id: item.id,
  code: item.code,
  name: item.name,
  spec: item.spec,
  category: item.category,
  baseUnit: item.baseUnit,
  units: unitsOf(item),
  tracking: item.tracking as ItemFacts['tracking'], // a CHECK of the table holds it to these
  taxRate: new Decimal(item.taxRate.toString()),
  listPrice: new Decimal(item.listPrice.toString()),
  floorPrice: item.floorPrice && new Decimal(item.floorPrice.toString()),
  allowNegative: item.allowNegative,
  active: item.active,
})
