import type { Text } from '#contract'
import { sql, type Tx } from './db.ts'

/** Where something that must always hold does not: the first document, and what is wrong with it. */
export type Broken = { document: string; id: string; number: string; detail: string }

/** What must always hold between the tables of a module; reconciliation asks each, and names the first that fails. */
export type Invariant = {
  /** As in the list of invariants: 'I1'. */
  id: string
  name: Text
  find: (tx: Tx) => Promise<Broken | null>
}

/**
 * The first row that a search for what is broken finds. Books are mostly right, so that all of them are gone through: planned as a search for
 * the first row, which is hoped to come soon, it could go through a whole ledger for each document.
 */
export const firstFound =
  <T>(tx: Tx) =>
  async (search: TemplateStringsArray, ...values: unknown[]): Promise<T | null> => {
    const rows = await tx.$queryRaw<
      T[]
    >`with found as materialized (${sql(search, ...values)}) select * from found limit 1`
    return rows[0] ?? null
  }
