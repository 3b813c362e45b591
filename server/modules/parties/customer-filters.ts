import type { Output } from '#contract'
import { namesOf } from '#server/modules/org'
import { type Caller, visibleOwners } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { parties } from './contract.ts'
import { findFilters } from './customer-list-store.ts'

type Filters = Output<(typeof parties)['endpoints']['customerFilters']>

/** What a list of customers can be narrowed by: only what occurs among those the caller sees. */
export async function customerFilters(tx: Tx, caller: Caller): Promise<Filters> {
  const { regions, owners } = await findFilters(tx, visibleOwners(caller, 'customer'))
  const names = await namesOf(tx, owners)
  return { regions, owners: owners.map((id) => ({ id, name: names.get(id) ?? '—' })) }
}
