import type { Text } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'

/** One thing that belongs to somebody; `amount` as it crosses the wire. */
export type Belonging = { id: string; title: string; path: string | null; amount: string | null }

/** From whom to whom; `only` names the things, when it is not all of them. */
export type Passing = {
  fromId: string
  toId: string
  only?: readonly string[]
  /** Settled things go too: when two persons turn out to be one, not when one of two follows the other. */
  withSettled?: boolean
}

/**
 * A kind of thing that belongs to people: a module registers its own, so that nothing stays behind when somebody leaves, whatever modules there are.
 * Each module passes its rows by its own action, with its own audit and facts.
 */
export type BelongingKind = {
  kind: string
  label: Text
  /** Where it stands on the page of a handover. */
  position: number
  /** The document on which an heir needs a scope, where rows have owners. */
  scope?: string
  /** Everything of it that somebody still has to deal with, the weightiest first. */
  find: (tx: Tx, caller: Caller, personId: string) => Promise<Belonging[]>
} & (
  | { pass: (tx: Tx, caller: Caller, passing: Passing) => Promise<string[]> }
  /** It goes where another kind goes. */
  | { follows: string }
)

const kinds: BelongingKind[] = []

/** Called once for each kind, by the module whose rows they are. */
export function registerBelonging(kind: BelongingKind): void {
  kinds.push(kind)
  kinds.sort((a, b) => a.position - b.position)
}

export const belongingKinds = (): readonly BelongingKind[] => kinds

/** Whether anything is there that another would have to take over. */
export async function hasBelongings(tx: Tx, caller: Caller, personId: string): Promise<boolean> {
  for (const kind of kinds) if ((await kind.find(tx, caller, personId)).length > 0) return true
  return false
}
