import { Refusal } from '#contract'
import type { Caller, Via } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { callerOf } from '#server/modules/org'

/** A person as a reader of cards; nobody when he has left meanwhile. */
export const reader = (tx: Tx, personId: string, at: Date, via: Via = 'job'): Promise<Caller | undefined> =>
  unlessRefused(callerOf(tx, personId, { via, at }))

/** What somebody may not see is nothing to show him. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
