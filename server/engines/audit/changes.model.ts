import type { Document, Field, Fields } from '#contract'

/** One field that changed. A field of a line is 'lines.<position>.<field>', one of the company's own 'custom.<field>'. */
export type Change = { field: string; before: unknown; after: unknown }

/** A document as it is stored: columns by field name, the company's own values under `custom`. */
export type Stored = Values & { lines?: readonly Values[] }
type Values = { custom?: unknown } & Record<string, unknown>

/** Writes a stored value as it stands in an entry. */
type Write = (field: Field, value: unknown) => unknown

/** The fields in which two states of a document differ. */
export function changesBetween(
  document: Document,
  before: Stored | undefined,
  after: Stored | undefined,
  write: Write,
): Change[] {
  if (!after) return []
  const [was, is] = [before?.lines ?? [], after.lines ?? []]
  const lineFields = document.lines?.fields ?? {}
  return [
    ...changedFields(document.fields, before, after, '', write),
    ...Array.from({ length: Math.max(was.length, is.length) }, (_, i) =>
      changedFields(lineFields, was[i], is[i], `lines.${i + 1}.`, write),
    ).flat(),
  ]
}

function changedFields(
  fields: Fields,
  before: Values | undefined,
  after: Values | undefined,
  path: string,
  write: Write,
): Change[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const [was, is] = [storedValue(before, key, field), storedValue(after, key, field)]
    // Most values of most deeds are the very same: those need not be written to be compared.
    if (was === is) return []
    const change = { field: path + key, before: write(field, was), after: write(field, is) }
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change]
  })
}

function storedValue(row: Values | undefined, key: string, { stored }: Field): unknown {
  if (stored !== 'custom') return row?.[key]
  const custom = row?.custom as Record<string, unknown> | null | undefined // a jsonb object, or nothing yet
  return custom?.[key]
}
