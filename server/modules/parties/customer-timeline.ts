import type { TimelineEntry } from '#contract'
import { readTimeline } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { namesOf } from '#server/modules/org'
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
  const entries = await readTimeline(tx, caller, await documentFor(tx, 'customer'), id, (personId) => personId)
  const owners = entries.flatMap(({ changes }) =>
    changes.filter(({ field }) => field === 'ownerId').flatMap(({ before, after }) => [before, after]),
  )
  const names = await namesOf(tx, [...entries.map(({ by }) => by), ...owners])
  const nameOf = (personId: string): string => names.get(personId) ?? '—'
  return {
    entries: entries.map((entry) => ({
      ...entry,
      by: nameOf(entry.by),
      words: entry.action === 'reassign' ? reassigned : entry.words,
      changes: entry.changes.map((change) =>
        change.field === 'ownerId' ? { ...change, before: nameOf(change.before), after: nameOf(change.after) } : change,
      ),
    })),
  }
}
