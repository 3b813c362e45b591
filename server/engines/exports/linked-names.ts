import type { Field, Fields } from '#contract'
import { linkedKind, namesFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Seen, Whole } from './columns.ts'
import type { Shape } from './registry.ts'

type CodesOf = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
const codesOf = new Map<string, CodesOf>()

/** Things of this kind are looked up by a code: in a workbook it has a column before their name. */
export const registerCodes = (kind: string, of: CodesOf): void => void codesOf.set(kind, of)

const codeKey = (key: string): string => `${key}:code`
const hasCode = (field: Field): boolean => codesOf.has(linkedKind(field) ?? '')

/** A shape with a field for the code of whatever has one among what rows and lines link to. */
export const withCodes = (shape: Shape): Shape => ({
  ...shape,
  fields: coded(shape.fields),
  lines: shape.lines && { ...shape.lines, fields: coded(shape.lines.fields) },
})

const coded = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, field]): [string, Field][] =>
      hasCode(field)
        ? [
            [codeKey(key), codeField(field)],
            [key, field],
          ]
        : [[key, field]],
    ),
  )

const codeField = ({ label, group }: Field): Field => {
  const words = { zh: `${label.zh}编码`, en: `${label.en ?? label.zh} code` }
  return { kind: 'text', label: words, stored: 'computed', group }
}

/** Where an id stands in a row or a line. */
type Place = { row: Seen; key: string; kind: string; id: string }

/** Writes into rows and lines what they link to is called, where their list leaves it out, and its code: one query for each kind of thing. */
export async function nameLinks(tx: Tx, caller: Caller, shape: Shape, rows: readonly Whole[]): Promise<void> {
  const places = rows.flatMap((row) => [
    ...placesIn(row, shape.fields),
    ...(row.lines ?? []).flatMap((line) => placesIn(line, shape.lines?.fields ?? {})),
  ])
  const unnamed = places.filter(({ row, key }) => !Object.hasOwn(row.names, key))
  const nameOf = await namesFor(tx, caller, unnamed)
  for (const { row, key, kind, id } of unnamed) row.names[key] = nameOf(kind, id) ?? ''

  for (const [kind, of] of codesOf) {
    const there = places.filter((place) => place.kind === kind)
    const codes = there.length > 0 ? await of(tx, [...new Set(there.map(({ id }) => id))]) : new Map()
    for (const { row, key, id } of there) row[codeKey(key)] = codes.get(id) ?? null
  }
}

const placesIn = (row: Seen, fields: Fields): Place[] =>
  Object.entries(fields).flatMap(([key, field]) => {
    const kind = linkedKind(field)
    const id = field.stored === 'custom' ? row.custom[key] : row[key]
    return kind !== undefined && typeof id === 'string' ? [{ row, key, kind, id }] : []
  })
