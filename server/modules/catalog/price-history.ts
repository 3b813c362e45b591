import type { Input, Output } from '#contract'
import { namesOf } from '#server/modules/org'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { catalog, PriceChange } from './contract.ts'
import { seesCustomerPrices } from './policy.ts'
import { findPriceChanges, type StoredPriceChange } from './price-change-store.ts'
import { itemThere } from './read-item.ts'

type PriceHistory = (typeof catalog)['endpoints']['priceHistory']

/** Who changed the prices of an item, when, from what to what and why; the latest change first. */
export async function priceHistory(tx: Tx, caller: Caller, input: Input<PriceHistory>): Promise<Output<PriceHistory>> {
  await itemThere(tx, input.id)
  const after = keysOf(input.cursor, ['instant', 'id'])
  const found = await findPriceChanges(tx, {
    itemId: input.id,
    withCustomers: seesCustomerPrices(caller),
    after,
    limit: input.limit,
  })
  const page = pageFrom(found, input.limit, ({ at, id }) => [at.toISOString(), id])
  const names = await namesOf(
    tx,
    page.rows.map(({ by }) => by),
  )
  return { rows: page.rows.map((row) => readable(caller, row, names.get(row.by) ?? '—')), cursor: page.cursor }
}

function readable(caller: Caller, row: StoredPriceChange, by: string): PriceChange {
  const { priceBefore, priceAfter, floorBefore, floorAfter, at, ...rest } = row
  return {
    ...rest,
    by,
    at: at.toISOString(),
    ...(canRead(caller, 'amount') && { priceBefore, priceAfter }),
    ...(canRead(caller, 'floor') && { floorBefore, floorAfter }),
  }
}
