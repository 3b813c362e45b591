import { type Caller, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { customersByIds } from './customer-facts-store.ts'

/** What the customers among these are called that the caller may see. */
export async function namesOfSeen(tx: Tx, caller: Caller, ids: readonly string[]): Promise<Map<string, string>> {
  const customers = await customersByIds(tx, ids)
  const seen = [...customers.values()].filter(({ ownerId }) => seesOwner(caller, 'customer', ownerId))
  return new Map(seen.map(({ id, shortName }) => [id, shortName]))
}
