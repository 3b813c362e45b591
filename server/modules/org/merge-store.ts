import type { Tx } from '#kernel/db'
import type { IdentityKey } from './contract.ts'

/** What went from the one person to the other, by kind of belonging, so that it can be taken back. */
export type Moved = { identities: IdentityKey[]; roles: string[]; belongings: Record<string, string[]> }
type Merge = { id: string; keptId: string; goneId: string; moved: Moved; at: Date; by: string }

export async function insertMerge(tx: Tx, merge: Merge): Promise<void> {
  await tx.personMerge.create({ data: merge })
}

export const mergesOf = (tx: Tx, personId: string) =>
  tx.personMerge.findMany({
    where: { OR: [{ keptId: personId }, { goneId: personId }] },
    orderBy: { at: 'desc' },
    take: 50,
  })

export const findMerge = (tx: Tx, id: string) => tx.personMerge.findUnique({ where: { id } })

/** False when somebody else has undone it already. */
export async function undoMergeRow(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
  const { count } = await tx.personMerge.updateMany({
    where: { id, undoneAt: null },
    data: { undoneAt: at, undoneBy: by },
  })
  return count === 1
}

/** Two people, held in the order of their ids, so that two merges never wait for each other. */
export async function lockPeople(tx: Tx, ids: readonly string[]) {
  await tx.$queryRaw`select id from person where id = any(${[...ids]}::uuid[]) order by id for update`
  const people = await tx.person.findMany({ where: { id: { in: [...ids] } }, include: { roles: true } })
  return new Map(people.map((person) => [person.id, person]))
}

export async function closePerson(tx: Tx, id: string, mergedIntoId: string): Promise<void> {
  await tx.person.update({ where: { id }, data: { active: false, mergedIntoId, version: { increment: 1 } } })
}

/** He is somebody of his own again. */
export async function openPerson(tx: Tx, id: string): Promise<void> {
  await tx.person.update({
    where: { id },
    data: { active: true, leftAt: null, mergedIntoId: null, version: { increment: 1 } },
  })
}

export async function addRoles(tx: Tx, personId: string, roles: readonly string[]): Promise<void> {
  await tx.personRole.createMany({ data: roles.map((roleKey) => ({ personId, roleKey })), skipDuplicates: true })
}

export async function dropRoles(tx: Tx, personId: string, roles: readonly string[]): Promise<void> {
  await tx.personRole.deleteMany({ where: { personId, roleKey: { in: [...roles] } } })
}
