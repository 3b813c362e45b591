import { Refusal } from '#contract'
import { type Caller, systemCaller, type Via } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { callerOf } from '#server/modules/org'

/** A person as a reader of cards; nobody when he has left meanwhile. */
export const reader = (personId: string, via: Via = 'job'): Promise<Caller | undefined> => {
  const at = new Date()
  return unlessRefused(ask(systemCaller(at), (tx) => callerOf(tx, personId, { via, at }), undefined))
}

/** What somebody may not see is nothing to show him. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
