import type { Text } from '#contract'
import type { Invariant } from '#kernel/invariant'
import { type Followed, trailOffState } from './invariant-store.ts'

/** What must hold of the audit trail of some kinds of documents: whoever changes a state writes it down. */
export const followedStates = (id: string, name: Text, kinds: readonly Followed[]): Invariant => ({
  id,
  name,
  find: async (tx) => {
    for (const kind of kinds) {
      const broken = await trailOffState(tx, kind)
      if (broken) return broken
    }
    return null
  },
})
