import type { Tx } from '#kernel/db'
import type { IdentityKey, Mark } from './contract.ts'
import type { Found } from './matching.model.ts'

export type Marks = { mobile?: string; email?: string; employeeNo?: string }

/** As marks are stored: one way to write each. */
export const tidied = ({ mobile, email, employeeNo }: Marks): Marks => ({
  mobile: mobile?.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '') || undefined,
  email: email?.trim().toLowerCase() || undefined,
  employeeNo: employeeNo?.trim() || undefined,
})

/** Who has each of these marks, in the order given. Whoever was merged into another no longer counts. */
export async function peopleByMarks(
  tx: Tx,
  marks: Marks,
  order: readonly Mark[],
  { platform, tenant }: Omit<IdentityKey, 'stableId'>,
): Promise<Found[]> {
  const found: Found[] = []
  for (const mark of order) {
    const value = marks[mark]
    if (!value) continue
    const people = await tx.person.findMany({
      where: { [mark]: value, mergedIntoId: null },
      select: { id: true, active: true, identities: { where: { platform, tenant, active: true }, take: 1 } },
      orderBy: { id: 'asc' },
      take: 10,
    })
    found.push({
      mark,
      people: people.map(({ id, active, identities }) => ({ id, active, isTaken: identities.length > 0 })),
    })
  }
  return found
}

/** Whether the company has people on other platforms, so that somebody who is only on this one is worth a look. */
export const isAnyoneElsewhere = async (
  tx: Tx,
  { platform, tenant }: Omit<IdentityKey, 'stableId'>,
): Promise<boolean> => (await tx.identity.findFirst({ where: { active: true, NOT: { platform, tenant } } })) !== null

/** People of the same name who are not on this platform: nobody is matched by his name, but the administrator may recognise him. */
export async function namesakes(
  tx: Tx,
  name: string,
  { platform, tenant }: Omit<IdentityKey, 'stableId'>,
): Promise<string[]> {
  const people = await tx.person.findMany({
    where: { name, active: true, identities: { none: { platform, tenant, active: true } } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 5,
  })
  return people.map(({ id }) => id)
}
