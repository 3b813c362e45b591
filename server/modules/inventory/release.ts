import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Job, publish } from '#kernel/events'
import { perform } from '#kernel/perform'
import type { HoldExpired } from './facts.ts'
import { dropExpiredHolds, dropHolds, placesExpired, placesHeldFor } from './reservation-store.ts'
import { lockBalances } from './stock-store.ts'

/** Lets go of what is still held for a document. Done twice, it happens once. */
export async function release(tx: Tx, sourceId: string): Promise<void> {
  const places = await placesHeldFor(tx, sourceId)
  if (places.length === 0) return
  await lockBalances(tx, places)
  await dropHolds(tx, sourceId)
}

/** Lets go of every hold whose time is over, and says so to those it was held for. */
export async function releaseExpired(tx: Tx, caller: Caller): Promise<void> {
  const places = await placesExpired(tx, caller.at)
  if (places.length === 0) return
  await lockBalances(tx, places)
  const expired = await dropExpiredHolds(tx, caller.at)
  const facts: HoldExpired[] = expired.map((body) => ({ name: 'inventory.hold-expired', body }))
  await publish(tx, caller, facts)
}

export const releaseExpiredJob: Job = {
  name: 'inventory.release-expired',
  cron: '* * * * *',
  run: (caller) => perform(caller, releaseExpired, undefined),
}
