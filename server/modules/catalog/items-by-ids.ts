import { Refusal } from '#contract'
import type { Tx } from '#kernel/db'
import { findItemFacts, type ItemFacts } from './item-facts-store.ts'

export type { ItemFacts } from './item-facts-store.ts'

/** What documents need to know of items. An id that is none is refused; `field` names where it stood in the input. */
export async function itemsByIds(
  tx: Tx,
  ids: readonly string[],
  field: (position: number) => string = (position) => `lines.${position}.itemId`,
): Promise<Map<string, ItemFacts>> {
  const facts = await findItemFacts(tx, ids)
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
