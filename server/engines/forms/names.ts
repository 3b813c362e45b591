import type { Field } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'

/** What things of one kind are called: those among `ids` that the caller may know of. What he may not see has no name. */
export type NamesOf = (tx: Tx, caller: Caller, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
export type Linked = { kind: string; id: string }

const sources = new Map<string, NamesOf>()

/** Makes things of a kind known by name: each module does so for its own when it is loaded. */
export const registerNames = (kind: string, namesOf: NamesOf): void => void sources.set(kind, namesOf)

/** Whether things of a kind have names, so that a field may link to them. */
export const hasNames = (kind: string): boolean => sources.has(kind)

/** The kind of thing that a field links to; undefined for all other fields. */
export function linkedKind(field: Field): string | undefined {
  if (field.kind === 'person' || field.kind === 'department') return field.kind
  return field.kind === 'link' ? field.to : undefined
}

/** What things are called: one query for each kind, however many there are. */
export async function namesFor(
  tx: Tx,
  caller: Caller,
  wanted: readonly Linked[],
): Promise<(kind: string, id: string) => string | undefined> {
  const found = new Map<string, ReadonlyMap<string, string>>()
  for (const kind of new Set(wanted.map((one) => one.kind))) {
    const ids = wanted.filter((one) => one.kind === kind).map(({ id }) => id)
    found.set(kind, (await sources.get(kind)?.(tx, caller, [...new Set(ids)])) ?? new Map<string, string>())
  }
  return (kind, id) => found.get(kind)?.get(id)
}
