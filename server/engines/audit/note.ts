import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { insertEntry } from './audit-store.ts'
import type { Change } from './changes.model.ts'

/** Writes down a deed on something that is no document: a person, a setting. What is secret is not in `changes`. */
export const note = (
  tx: Tx,
  caller: Caller,
  deed: { document: string; id: string; action: string; changes?: Change[] },
): Promise<void> => insertEntry(tx, caller, deed.document, deed.id, deed.action, deed.changes ?? [])
