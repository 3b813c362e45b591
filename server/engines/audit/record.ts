import type { Document } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { wireValue } from '#server/engines/forms'
import { insertEntry } from './audit-store.ts'
import { changesBetween, type Stored } from './changes.model.ts'

/**
 * Writes down who did what to a document, with old and new values, in the transaction that does it. The entry holds every value; who reads it
 * later is shown only what he may see.
 * `before` is absent for a new document; both may be absent for a deed that changes no field.
 */
export function record(
  tx: Tx,
  caller: Caller,
  document: Document,
  deed: { id: string; action: string; before?: Stored; after?: Stored },
): Promise<void> {
  const changes = changesBetween(document, deed.before, deed.after, wireValue)
  return insertEntry(tx, caller, document.name, deed.id, deed.action, changes)
}
