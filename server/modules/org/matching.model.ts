import type { Mark } from './contract.ts'

/** Somebody of ours who has a mark that the platform told. */
export type Known = {
  id: string
  active: boolean
  /** He already is somebody else on that platform. */
  isTaken: boolean
}
export type Found = { mark: Mark; people: readonly Known[] }

export type Match =
  | { kind: 'matched'; personId: string; by: Mark }
  | { kind: 'ambiguous'; candidates: string[] }
  | { kind: 'unmatched' }

/**
 * Whom the marks of an identity name; `found` is in the company's order of trust. It must be beyond doubt: every mark that names anybody
 * names the same one person, who works here and is nobody else on that platform. A number can be given to another person when its
 * first holder has left, and a wrong match would show one person another's customers.
 */
export function matchOf(found: readonly Found[]): Match {
  const naming = found.filter(({ people }) => people.length > 0)
  const first = naming[0]
  if (!first) return { kind: 'unmatched' }
  const named = new Map(naming.flatMap(({ people }) => people.map((person) => [person.id, person])))
  const [only, ...others] = [...named.values()]
  if (!only || others.length > 0 || !only.active || only.isTaken)
    return { kind: 'ambiguous', candidates: [...named.keys()] }
  return { kind: 'matched', personId: only.id, by: first.mark }
}
