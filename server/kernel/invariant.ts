import type { Text } from '#contract'
import type { Tx } from './db.ts'

/** Where something that must always hold does not: the first document, and what is wrong with it. */
export type Broken = { document: string; id: string; number: string; detail: string }

/** What must always hold between the tables of a module; reconciliation asks each, and names the first that fails. */
export type Invariant = {
  /** As in the list of invariants: 'I1'. */
  id: string
  name: Text
  find: (tx: Tx) => Promise<Broken | null>
}
