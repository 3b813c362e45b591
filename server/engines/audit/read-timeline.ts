import { type Document, type Field, type Lang, say, showValue, type Text, type TimelineEntry } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { entriesOf } from './audit-store.ts'
import type { Change } from './changes.model.ts'

const commonWords: Record<string, Text> = {
  create: { zh: '新建', en: 'created' },
  edit: { zh: '修改', en: 'changed' },
}

/** What happened to a document, oldest first; values of fields the caller may not read are left out. `nameOf` names people. */
export async function readTimeline(
  tx: Tx,
  caller: Caller,
  document: Document,
  id: string,
  nameOf: (personId: string) => string,
): Promise<TimelineEntry[]> {
  const entries = await entriesOf(tx, document.name, id)
  return entries.map((entry) => ({
    id: entry.id,
    at: entry.at.toISOString(),
    by: nameOf(entry.by),
    via: entry.via,
    action: entry.action,
    words: document.moves?.[entry.action]?.label ?? commonWords[entry.action] ?? { zh: entry.action, en: entry.action },
    // Written by `record` below this folder: a list of changes.
    changes:
      entry.action === 'create'
        ? []
        : (entry.changes as unknown as Change[]).flatMap((change) => readable(caller, document, change)),
  }))
}

function readable(caller: Caller, document: Document, change: Change): TimelineEntry['changes'] {
  const [place, position, lineKey] = change.field.split('.')
  const field = place === 'lines' ? document.lines?.fields[lineKey ?? ''] : document.fields[change.field]
  if (!field || !canRead(caller, field.group)) return []
  const where =
    place === 'lines' ? `${caller.lang === 'en' ? 'Line' : '第'} ${position}${caller.lang === 'en' ? '' : ' 行'} ` : ''
  const shown = (value: unknown): string =>
    change.field === 'state' ? stateWord(document, value, caller.lang) : shownChange(field, value, caller.lang)
  return [
    {
      field: change.field,
      label: { zh: where + say(field.label, caller.lang) },
      before: shown(change.before),
      after: shown(change.after),
    },
  ]
}

const stateWord = (document: Document, value: unknown, lang: Lang): string => {
  const state = document.states?.[String(value)]
  return state ? say(state.label, lang) : '—'
}

const shownChange = (field: Field, value: unknown, lang: Lang): string => showValue(field, value, lang)
