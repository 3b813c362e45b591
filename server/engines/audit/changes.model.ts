import type { Document, View } from '#contract'

/** One field that changed. A field of a line is 'lines.<position>.<field>', one of the company's own 'custom.<field>'. */
export type Change = { field: string; before: unknown; after: unknown }

/** The fields in which two states of a document differ. */
export function changesBetween(
  document: Document,
  before: View<Document> | undefined,
  after: View<Document> | undefined,
): Change[] {
  if (!after) return []
  return [
    ...changedFields(Object.keys(document.fields), before, after, ''),
    ...Array.from({ length: Math.max(before?.lines.length ?? 0, after.lines.length) }, (_, i) =>
      changedFields(Object.keys(document.lines?.fields ?? {}), before?.lines[i], after.lines[i], `lines.${i + 1}.`),
    ).flat(),
  ]
}

type Values = { custom: Record<string, unknown> } & Record<string, unknown>

function changedFields(keys: string[], before: object | undefined, after: object | undefined, path: string): Change[] {
  const value = (values: object | undefined, key: string): unknown => {
    const view = values as Values | undefined // a view, or one of its lines: both carry `custom`
    return view?.[key] ?? view?.custom[key] ?? null
  }
  return keys
    .map((key) => ({ field: path + key, before: value(before, key), after: value(after, key) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
}
