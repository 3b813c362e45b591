import { type Field, type Fields, type Lang, say } from '#contract'
import { shownValue } from '#server/engines/forms'
import { type Caller, canRead } from '#kernel/caller'
import type { Cell, Heading } from '#kernel/workbooks'
import { formatOf, numberOf, widthOf } from './cell.model.ts'
import type { Shape } from './registry.ts'

/** A row by the keys of its fields, as a document's view is. */
export type Seen = { names: Record<string, string>; custom: Record<string, unknown> } & Record<string, unknown>
/** With the lines of a document. */
export type Whole = Seen & { lines?: Seen[] }
export type Column = { key: string; field: Field }

/** A column for each field that the caller may read and the rows have: `like` is one of them. Of rows that are not there all may have it. */
export const columnsOf = (caller: Caller, fields: Fields, like: Seen | undefined): Column[] =>
  Object.entries(fields)
    .filter(([key, field]) => canRead(caller, field.group) && (!like || field.stored === 'custom' || key in like))
    .map(([key, field]) => ({ key, field }))

export function headingOf({ field }: Column, lang: Lang): Heading {
  const words = say(field.label, lang)
  return { words, width: widthOf(field, words), format: formatOf(field) }
}

/** A row's cells: figures and days as numbers, states and choices in the reader's words, what is linked to by name. */
export const cellsOf = (shape: Pick<Shape, 'states'>, columns: readonly Column[], row: Seen, lang: Lang): Cell[] =>
  columns.map(({ key, field }) => {
    const value = field.stored === 'custom' ? row.custom[key] : row[key]
    if (value === null || value === undefined || value === '') return null
    return numberOf(field, value) ?? shownText(shape, key, field, row, lang)
  })

function shownText({ states }: Pick<Shape, 'states'>, key: string, field: Field, row: Seen, lang: Lang): Cell {
  const shown = shownValue({ states }, row, key, field, lang)
  return shown === '—' || shown === '' ? null : shown
}
