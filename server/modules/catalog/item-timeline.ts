import type { TimelineEntry } from '#contract'
import { readTimeline } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { itemThere } from './read-item.ts'

export async function itemTimeline(
  tx: Tx,
  caller: Caller,
  { id }: { id: string },
): Promise<{ entries: TimelineEntry[] }> {
  await itemThere(tx, id)
  return { entries: await readTimeline(tx, caller, await documentFor(tx, 'item'), id) }
}
