import type { Tx } from '#kernel/db'
import type { ApproverSpec } from '#server/engines/rules'
import { directory } from './directory.ts'

/** Whose document it is, and who asks. */
export type Asking = { ownerId: string; openedBy: string }

const managersMax = 20

/**
 * The people that specs stand for now, each once, in their order. The opener is never his own approver, and who has left
 * cannot be one: in both cases it goes to the manager.
 */
export async function approversOf(tx: Tx, specs: readonly ApproverSpec[], asking: Asking): Promise<string[]> {
  const approvers = new Set<string>()
  for (const spec of specs)
    for (const person of await meantBy(tx, spec, asking)) {
      const approver = await orManager(tx, person, asking.openedBy)
      if (approver) approvers.add(approver)
    }
  return [...approvers]
}

/** The people that specs stand for, whoever asks: for copies and notices, which the opener may get as well. */
export async function peopleOf(tx: Tx, specs: readonly ApproverSpec[], asking: Asking): Promise<string[]> {
  const people = new Set<string>()
  for (const spec of specs)
    for (const person of await meantBy(tx, spec, asking))
      if ((await directory().person(tx, person))?.active) people.add(person)
  return [...people]
}

async function meantBy(tx: Tx, spec: ApproverSpec, { ownerId, openedBy }: Asking): Promise<string[]> {
  if ('person' in spec) return [spec.person]
  if ('role' in spec) return directory().holdersOf(tx, spec.role)
  const highest = await managerAbove(tx, spec.managerOf === 'owner' ? ownerId : openedBy, spec.levels)
  return highest ? [highest] : []
}

/** The manager so many levels up; where there are fewer, the highest there is. */
async function managerAbove(tx: Tx, personId: string, levels: number): Promise<string | null> {
  let highest: string | null = null
  for (let level = 0; level < levels; level++) {
    const next: string | null = await directory().managerOf(tx, highest ?? personId)
    if (!next) break
    highest = next
  }
  return highest
}

async function orManager(tx: Tx, personId: string, openedBy: string): Promise<string | null> {
  let person: string | null = personId
  // A bound, because an organisation chart can be entered as a circle.
  for (let level = 0; person && level < managersMax; level++) {
    if (person !== openedBy && (await directory().person(tx, person))?.active) return person
    person = await directory().managerOf(tx, person)
  }
  return null
}

/** Who gets a seat that is passed on: the heir, or somebody above him where the heir asked himself. */
export const heirFor = (tx: Tx, heirId: string, openedBy: string): Promise<string | null> =>
  orManager(tx, heirId, openedBy)

/** The managers of people, as approvers. */
export async function managersOf(tx: Tx, personIds: readonly string[], openedBy: string): Promise<string[]> {
  const managers = new Set<string>()
  for (const personId of personIds) {
    const manager = await directory().managerOf(tx, personId)
    const approver = manager && (await orManager(tx, manager, openedBy))
    if (approver) managers.add(approver)
  }
  return [...managers]
}

/** Who stands in for each of these people at a moment. */
export async function deputiesOf(tx: Tx, personIds: Iterable<string>, at: Date): Promise<Map<string, string | null>> {
  const deputies = new Map<string, string | null>()
  for (const personId of personIds) deputies.set(personId, await directory().deputyOf(tx, personId, at))
  return deputies
}
