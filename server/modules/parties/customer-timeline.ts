import type { TimelineEntry } from '#contract'
import { readTimeline } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { customerThere } from './customer-view.ts'

const reassigned = { zh: '转交', en: 'reassigned' }

/** What happened to a customer, oldest first, people by their names. */
export async function customerTimeline(
  tx: Tx,
  caller: Caller,
  { id }: { id: string },
): Promise<{ entries: TimelineEntry[] }> {
  await customerThere(tx, caller, id)
  const entries = await readTimeline(tx, caller, await documentFor(tx, 'customer'), id)
  return {
    entries: entries.map((entry) => ({ ...entry, words: entry.action === 'reassign' ? reassigned : entry.words })),
  }
}
