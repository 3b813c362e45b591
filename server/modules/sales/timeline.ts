import type { Text, TimelineEntry } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readTimeline } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { namesOf } from '#server/modules/org'

/** What is done to documents without a change of state. */
const words: Record<string, Text> = {
  hold: { zh: '留货', en: 'Stock held' },
  release: { zh: '留货结束', en: 'Stock given back' },
  scan: { zh: '扫码拣货', en: 'Picked by scan' },
  clear: { zh: '清除拣货', en: 'Picking taken back' },
  sign: { zh: '客户签收', en: 'Signed for' },
  reserve: { zh: '到货补占', en: 'Goods came in and are held' },
}

/** What happened to a document, oldest first, with the names of who did it. */
export async function timelineOf(tx: Tx, caller: Caller, document: string, id: string): Promise<TimelineEntry[]> {
  const entries = await readTimeline(tx, caller, await documentFor(tx, document), id, (personId) => personId)
  const people = await namesOf(tx, [...new Set(entries.map((entry) => entry.by))])
  return entries.map((entry) => ({
    ...entry,
    words: words[entry.action] ?? entry.words,
    by: people.get(entry.by) ?? '系统',
  }))
}
