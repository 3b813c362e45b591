import { type Document, Refusal, type Text } from '#contract'
import { documentFor } from '#server/engines/forms'
import { type Caller, canWrite, has } from '#kernel/caller'
import type { Sql, Tx } from '#kernel/db'
import type { RowValues } from './read-row.model.ts'
import type { ImportColumn } from './sheet.model.ts'
import type { Holder, RowKey } from './verdict.model.ts'

/** A row as the ordinary creation takes it. */
export type Draft<I = unknown> = { title: string; keys: RowKey[]; input: I }

/** What rows are read with: the people, terms and records that there are, looked at once. */
export type RowReader<I = unknown> = {
  /** The input of the ordinary creation, checked as it checks it: its refusals are the row's. */
  draft: (values: RowValues, id: string) => Promise<Draft<I>>
  /** The records that have one of the drafts' keys. */
  known: (drafts: readonly Draft<I>[]) => Promise<Holder[]>
}

/** What can be imported; the module whose records they are says so when it is loaded. */
export type Importable<I = unknown> = {
  document: string
  /** The right that creating one needs. */
  right: string
  columns: readonly ImportColumn[]
  reader: (tx: Tx, caller: Caller) => Promise<RowReader<I>>
  /** Before new ones are compared with what is there: from here on nobody else makes one. Unique keys of the table need no such care. */
  hold?: (tx: Tx) => Promise<void>
  /** Writes them as the ordinary creation would, set-based. */
  save: (tx: Tx, caller: Caller, inputs: readonly I[]) => Promise<void>
  /** Takes away what `save` wrote, and leaves the tables as they were before. */
  remove: (tx: Tx, ids: readonly string[]) => Promise<void>
}

const importables = new Map<string, Importable>()

export const registerImport = <I>(importable: Importable<I>): void =>
  void importables.set(importable.document, importable as unknown as Importable) // given back only what its own reader made

/** A kind of row that uses records: `ids` selects theirs as `id`. */
export type Use = { of: string; what: Text; ids: Sql }
const registeredUses: Use[] = []

/** A module whose rows use another's records says so when it is loaded: what is used is not taken away. */
export const registerUse = (use: Use): void => void registeredUses.push(use)
export const usesOf = (document: string): Use[] => registeredUses.filter(({ of }) => of === document)

/** What this caller may import, by document. */
export const importablesFor = (caller: Caller): Importable[] =>
  [...importables.values()].filter(({ right }) => has(caller, right))

export type Opened = { importable: Importable; document: Document; columns: ImportColumn[] }

/** What is imported, with the columns that the caller may fill. */
export async function openImportable(tx: Tx, caller: Caller, name: string): Promise<Opened> {
  const importable = importables.get(name)
  if (!importable) throw new Refusal('not_importable', { document: name })
  const document = await documentFor(tx, name)
  if (!has(caller, importable.right))
    throw new Refusal('forbidden', {
      doing: { zh: `导入${document.label.zh}`, en: `import this: ${document.label.en ?? document.label.zh}` },
    })
  const columns = [...importable.columns, ...ownColumns(document)]
  return { importable, document, columns: columns.filter((column) => mayFill(caller, column)) }
}

const mayFill = (caller: Caller, { field, right }: ImportColumn): boolean =>
  canWrite(caller, field.group) && (right === undefined || has(caller, right))

/** The fields that the company has added, but for those that hold the id of something else. */
const ownColumns = ({ fields }: Document): ImportColumn[] =>
  Object.entries(fields).flatMap(([key, field]) =>
    field.stored === 'custom' && !['person', 'department', 'link'].includes(field.kind)
      ? [{ key: `custom.${key}`, field, required: field.required }]
      : [],
  )

/** The columns of a mapping, by their place. A column that is none, or not his to fill, or given twice is refused. */
export function mappedColumns(
  columns: readonly ImportColumn[],
  mapping: readonly string[],
): (ImportColumn | undefined)[] {
  return mapping.map((key, i) => {
    if (key === '') return undefined
    const column = columns.find((one) => one.key === key)
    if (!column) throw new Refusal('malformed', {}, [{ field: `mapping.${i}`, message: '没有这一列 / no such column' }])
    if (mapping.indexOf(key) !== i) throw new Refusal('column_twice', { column: column.field.label })
    return column
  })
}
