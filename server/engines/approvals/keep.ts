import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Fact, publish } from '#kernel/events'
import { announce } from './announce.ts'
import type { Approval } from './approval.model.ts'
import { saveApproval } from './approval-store.ts'

/** Saves what an approval has become and tells of it; one that has not changed is left alone. `also` is told with it. */
export async function keep(
  tx: Tx,
  caller: Caller,
  before: Approval,
  after: Approval,
  also: Fact[] = [],
): Promise<Approval> {
  if (after === before) return before
  const saved = await saveApproval(tx, after, caller.at.toISOString())
  await publish(tx, caller, [...announce(before, saved), ...also])
  return saved
}
