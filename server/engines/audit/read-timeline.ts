import { type Document, type Field, type Lang, say, showValue, type Text, type TimelineEntry } from '#contract'
import { type Caller, canRead, systemId } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { linkedKind, namesFor } from '#server/engines/forms'
import { entriesOf } from './audit-store.ts'
import type { Change } from './changes.model.ts'

const commonWords: Record<string, Text> = {
  create: { zh: '新建', en: 'Created' },
  edit: { zh: '修改', en: 'Changed' },
  reassign: { zh: '换负责人', en: 'Given to somebody else' },
  share: { zh: '生成分享链接', en: 'Link made for the customer' },
  revoke_link: { zh: '收回分享链接', en: 'Link withdrawn' },
  open_link: { zh: '客户打开了分享链接', en: 'Link opened by the customer' },
}
const system: Text = { zh: '系统', en: 'System' }

/** What happened to a document, oldest first, by name; values of fields the caller may not read are left out. */
export async function readTimeline(tx: Tx, caller: Caller, document: Document, id: string): Promise<TimelineEntry[]> {
  const entries = (await entriesOf(tx, document.name, id)).map((entry) => ({
    ...entry,
    // Written by `record` below this folder: a list of changes.
    changes: entry.action === 'create' ? [] : readable(caller, document, entry.changes as unknown as Change[]),
  }))
  const nameOf = await namesFor(
    tx,
    caller,
    entries.flatMap((entry) => [{ kind: 'person', id: entry.by }, ...entry.changes.flatMap(linkedTo)]),
  )
  return entries.map(({ id, at, by, via, action, changes }) => ({
    id,
    at: at.toISOString(),
    by: by === systemId ? say(system, caller.lang) : (nameOf('person', by) ?? '—'),
    via,
    action,
    words: doneWords(document, action),
    changes: changes.map((change) => shownChange(document, change, caller.lang, nameOf)),
  }))
}

function doneWords({ moves }: Document, action: string): Text {
  const move = moves?.[action]
  return move ? { zh: move.label.zh, en: move.done } : (commonWords[action] ?? { zh: action, en: action })
}

type Seen = Change & { of: Field; line: string | undefined }
type NameOf = Awaited<ReturnType<typeof namesFor>>

/** The changes of fields that the caller may read, each with its field. */
const readable = (caller: Caller, document: Document, changes: Change[]): Seen[] =>
  changes.flatMap((change) => {
    const [place, position, lineKey] = change.field.split('.')
    const of = place === 'lines' ? document.lines?.fields[lineKey ?? ''] : document.fields[change.field]
    return of && canRead(caller, of.group) ? [{ ...change, of, line: place === 'lines' ? position : undefined }] : []
  })

function linkedTo({ of, before, after }: Seen): { kind: string; id: string }[] {
  const kind = linkedKind(of)
  return kind ? [before, after].flatMap((id) => (typeof id === 'string' ? [{ kind, id }] : [])) : []
}

function shownChange(
  document: Document,
  { field, of, line, before, after }: Seen,
  lang: Lang,
  nameOf: NameOf,
): TimelineEntry['changes'][number] {
  const where = line === undefined ? '' : lang === 'en' ? `Line ${line} ` : `第 ${line} 行 `
  const kind = linkedKind(of)
  const shown = (value: unknown): string => {
    if (field === 'state') return stateWord(document, value, lang)
    return showValue(of, kind ? nameOf(kind, String(value)) : value, lang)
  }
  return { field, label: { zh: where + say(of.label, lang) }, before: shown(before), after: shown(after) }
}

const stateWord = (document: Document, value: unknown, lang: Lang): string => {
  const state = document.states?.[String(value)]
  return state ? say(state.label, lang) : '—'
}
