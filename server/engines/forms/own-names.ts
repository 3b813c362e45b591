import type { Document, Fields } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { linkedKind, type Linked, namesFor } from './names.ts'

type Row = { names: Record<string, string>; custom: Record<string, unknown> }
type Seen = Row & { lines: Row[] }
type OwnLink = { key: string; kind: string }

/** Views with the names of what the company's own fields link to. The names of what built-in fields link to are there already. */
export async function withOwnNames<V extends Seen>(
  tx: Tx,
  caller: Caller,
  document: Document,
  views: readonly V[],
): Promise<V[]> {
  const [links, lineLinks] = [ownLinks(document.fields), ownLinks(document.lines?.fields ?? {})]
  if (links.length + lineLinks.length === 0) return [...views]
  const nameOf = await namesFor(
    tx,
    caller,
    views.flatMap((view) => [...linkedBy(view, links), ...view.lines.flatMap((line) => linkedBy(line, lineLinks))]),
  )
  const named = <R extends Row>(row: R, own: OwnLink[]): R => {
    const names = linkedBy(row, own).flatMap(({ key, kind, id }) => {
      const name = nameOf(kind, id)
      return name === undefined ? [] : [[key, name] as const]
    })
    return { ...row, names: { ...row.names, ...Object.fromEntries(names) } }
  }
  return views.map((view) => ({ ...named(view, links), lines: view.lines.map((line) => named(line, lineLinks)) }))
}

/** The fields of the company's own that link to something. */
export const ownLinks = (fields: Fields): OwnLink[] =>
  Object.entries(fields).flatMap(([key, field]) => {
    const kind = field.stored === 'custom' ? linkedKind(field) : undefined
    return kind ? [{ key, kind }] : []
  })

/** What a row links to by these fields. */
export const linkedBy = (row: { custom?: Record<string, unknown> }, links: OwnLink[]): (Linked & { key: string })[] =>
  links.flatMap(({ key, kind }) => {
    const id = row.custom?.[key]
    return typeof id === 'string' ? [{ key, kind, id }] : []
  })
