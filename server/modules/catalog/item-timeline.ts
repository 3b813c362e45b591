import type { TimelineEntry } from '#contract'
import { readTimeline } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { namesOf } from '#server/modules/org'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { itemThere } from './read-item.ts'

export async function itemTimeline(
  tx: Tx,
  caller: Caller,
  { id }: { id: string },
): Promise<{ entries: TimelineEntry[] }> {
  await itemThere(tx, id)
  const entries = await readTimeline(tx, caller, await documentFor(tx, 'item'), id, (personId) => personId)
  const names = await namesOf(
    tx,
    entries.map(({ by }) => by),
  )
  return { entries: entries.map((entry) => ({ ...entry, by: names.get(entry.by) ?? '—' })) }
}
