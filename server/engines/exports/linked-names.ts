import type { Fields } from '#contract'
import { linkedKind, namesFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Seen, Whole } from './columns.ts'
import type { Shape } from './registry.ts'

type Link = { key: string; kind: string }
type Unnamed = Link & { id: string }

/** Rows with the names of what they link to, where their list leaves these out: one query for each kind of thing, however many rows. */
export async function withLinkedNames(tx: Tx, caller: Caller, shape: Shape, rows: readonly Whole[]): Promise<Whole[]> {
  const [links, lineLinks] = [linksOf(shape.fields), linksOf(shape.lines?.fields ?? {})]
  const unnamed = rows.flatMap((row) => [
    ...unnamedOf(row, links),
    ...(row.lines ?? []).flatMap((line) => unnamedOf(line, lineLinks)),
  ])
  if (unnamed.length === 0) return [...rows]
  const nameOf = await namesFor(tx, caller, unnamed)
  const named = <R extends Seen>(row: R, of: readonly Link[]): R => {
    const found = unnamedOf(row, of).map(({ key, kind, id }) => [key, nameOf(kind, id) ?? ''] as const)
    return { ...row, names: { ...row.names, ...Object.fromEntries(found) } }
  }
  return rows.map((row) => {
    const { lines } = row
    return { ...named(row, links), ...(lines && { lines: lines.map((line) => named(line, lineLinks)) }) }
  })
}

const linksOf = (fields: Fields): Link[] =>
  Object.entries(fields).flatMap(([key, field]) => {
    const kind = linkedKind(field)
    return kind === undefined ? [] : [{ key, kind }]
  })

const unnamedOf = (row: Seen, links: readonly Link[]): Unnamed[] =>
  links.flatMap((link) => {
    const id = row[link.key] ?? row.custom[link.key]
    return typeof id === 'string' && !Object.hasOwn(row.names, link.key) ? [{ ...link, id }] : []
  })
