import type { Document } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { present, type Row } from '#server/engines/forms'
import { insertEntry } from './audit-store.ts'
import { changesBetween } from './changes.model.ts'

type Stored = Row & { lines?: Row[] }

/**
 * Writes down who did what to a document, with old and new values, in the transaction that does it.
 * `before` is absent for a new document; both may be absent for a deed that changes no field.
 */
export async function record(
  tx: Tx,
  caller: Caller,
  document: Document,
  deed: { id: string; action: string; before?: Stored; after?: Stored },
): Promise<void> {
  // The entry holds every value; who reads it later is shown only what he may see.
  const everything = systemCaller(caller.at)
  const seen = (row: Stored | undefined) => row && present(document, everything, row, { lines: row.lines })
  await insertEntry(
    tx,
    caller,
    document.name,
    deed.id,
    deed.action,
    changesBetween(document, seen(deed.before), seen(deed.after)),
  )
}
