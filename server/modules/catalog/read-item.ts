import { Refusal } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import type { ItemDetail, PriceTier } from './contract.ts'
import type { Variant } from './family.model.ts'
import { findItem, type StoredItem } from './item-store.ts'
import { itemRow } from './item-view.ts'
import { seesCustomerPrices } from './policy.ts'
import { findTiers } from './pricing-store.ts'
import { readFamily } from './read-family.ts'

export async function readItem(tx: Tx, caller: Caller, { id }: { id: string }): Promise<ItemDetail> {
  const item = await itemThere(tx, id)
  return {
    ...(await itemRow(tx, caller, item)),
    barcodes: item.barcodes.map(({ code, unit }) => ({ code, unit })),
    aliases: item.aliases,
    variant: variantOf(item),
    prices: await tiersOf(tx, caller, id),
    grid: item.familyId ? await readFamily(tx, caller, { id: item.familyId }) : null,
  }
}

export async function itemThere(tx: Tx, id: string): Promise<StoredItem> {
  const item = await findItem(tx, id)
  if (!item) throw new Refusal('not_found', { what: { zh: '商品', en: 'item' } })
  return item
}

export const variantOf = (item: StoredItem): Variant => item.variant as Variant // parsed by the contract when it was saved

/** Tiers in force today; what the caller may not read of them is left out. */
async function tiersOf(tx: Tx, caller: Caller, itemId: string): Promise<PriceTier[]> {
  if (!canRead(caller, 'amount')) return []
  const tiers = await findTiers(tx, itemId, dayAt(caller.at), seesCustomerPrices(caller))
  return canRead(caller, 'floor') ? tiers : tiers.map((tier) => ({ ...tier, floorPrice: undefined }))
}
