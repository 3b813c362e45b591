import { noSql, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'

type Prices = { listPrice: { toString(): string }; floorPrice: { toString(): string } | null }
type Deed = { itemId: string; by: string; at: Date; reason: string; before?: Prices; after: Prices }

/** Writes down that the prices of the item itself have changed, if they have. */
export async function insertItemPriceChange(tx: Tx, { itemId, by, at, reason, before, after }: Deed): Promise<void> {
  await tx.$executeRaw`
    insert into price_change (id, item_id, price_before, price_after, floor_before, floor_after, reason, by, at)
    select ${newId()}::uuid, ${itemId}::uuid, price_before, price_after, floor_before, floor_after, ${reason}, ${by}::uuid, ${at}
    from (select ${text(before?.listPrice)}::numeric as price_before, ${text(after.listPrice)}::numeric as price_after,
      ${text(before?.floorPrice)}::numeric as floor_before, ${text(after.floorPrice)}::numeric as floor_after) as prices
    where (price_before, floor_before) is distinct from (price_after, floor_after)`
}

type Priced = { id: string; listPrice: string; floorPrice: string | null }

/** Writes down the first prices of items that are new; one that is not priced yet has none. */
export async function insertFirstPrices(tx: Tx, items: readonly Priced[], by: string, at: Date): Promise<void> {
  const rows = items.map(({ id, listPrice, floorPrice }) => ({ id: newId(), itemId: id, listPrice, floorPrice }))
  await tx.$executeRaw`
    insert into price_change (id, item_id, price_after, floor_after, by, at)
    select id, "itemId", "listPrice", "floorPrice", ${by}::uuid, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as priced(id uuid, "itemId" uuid, "listPrice" numeric, "floorPrice" numeric)
    where "listPrice" <> 0`
}

const text = (value: { toString(): string } | null | undefined): string | null => value?.toString() ?? null

export type StoredPriceChange = {
  id: string
  at: Date
  by: string
  priceListId: string | null
  list: string | null
  minQuantity: string
  reason: string
  priceBefore: string | null
  priceAfter: string | null
  floorBefore: string | null
  floorAfter: string | null
}
type ChangeFilter = { itemId: string; withCustomers: boolean; after?: readonly (string | number)[]; limit: number }

/** The changes of an item's prices, the latest first. */
export async function findPriceChanges(tx: Tx, filter: ChangeFilter): Promise<StoredPriceChange[]> {
  return tx.$queryRaw`
    select change.id, change.at, change.by, change.price_list_id as "priceListId", list.name as list, change.reason,
      trim_scale(change.min_quantity)::text as "minQuantity",
      trim_scale(change.price_before)::text as "priceBefore", trim_scale(change.price_after)::text as "priceAfter",
      trim_scale(change.floor_before)::text as "floorBefore", trim_scale(change.floor_after)::text as "floorAfter"
    from price_change as change left join price_list as list on list.id = change.price_list_id
    where change.item_id = ${filter.itemId}::uuid
    ${filter.withCustomers ? noSql : sql`and list.customer_id is null`}
    ${filter.after ? sql`and (change.at, change.id) < (${filter.after[0]}::timestamptz, ${filter.after[1]}::uuid)` : noSql}
    order by change.at desc, change.id desc limit ${filter.limit + 1}`
}
