import { toQuantity } from '#contract'
import type { Tx } from '#kernel/db'

export type Alert = {
  id: string
  personId: string
  event: string
  subjectId: string | null
  below: string | null
  hour: number | null
  createdAt: Date
}

type Row = Omit<Alert, 'below'> & { below: { toString: () => string } | null }
const alertOf = ({ id, personId, event, subjectId, below, hour, createdAt }: Row): Alert => ({
  id,
  personId,
  event,
  subjectId,
  below: below && toQuantity(below.toString()),
  hour,
  createdAt,
})

export const insertAlert = (tx: Tx, alert: Alert): Promise<unknown> =>
  tx.alert.createMany({ data: [alert], skipDuplicates: true })

/** Those of somebody that still hold, oldest first. */
export async function alertsOf(tx: Tx, personId: string): Promise<Alert[]> {
  const rows = await tx.alert.findMany({ where: { personId, endedAt: null }, orderBy: { id: 'asc' } })
  return rows.map(alertOf)
}

/** Everybody's on an event, about any of these things, or whatever they are about. */
export async function alertsOn(tx: Tx, event: string, subjectIds?: readonly string[]): Promise<Alert[]> {
  const about = subjectIds ? { subjectId: { in: [...subjectIds] } } : {}
  const rows = await tx.alert.findMany({ where: { event, endedAt: null, ...about }, orderBy: { id: 'asc' } })
  return rows.map(alertOf)
}

/** Ends those among these that are his; answers how many there were. */
export async function endAlerts(tx: Tx, personId: string, ids: readonly string[], at: Date): Promise<number> {
  const { count } = await tx.alert.updateMany({
    where: { id: { in: [...ids] }, personId, endedAt: null },
    data: { endedAt: at },
  })
  return count
}

export const resumeAlerts = (tx: Tx, personId: string, ids: readonly string[]): Promise<unknown> =>
  tx.alert.updateMany({ where: { id: { in: [...ids] }, personId }, data: { endedAt: null } })

/** Writes down of alerts whether what they wait for is the case now; answers those for which it has just become so. */
export async function nowTrue(tx: Tx, checked: readonly { id: string; isTrue: boolean }[]): Promise<string[]> {
  const of = (isTrue: boolean): string[] => checked.filter((one) => one.isTrue === isTrue).map(({ id }) => id)
  await turn(tx, of(false), false)
  return turn(tx, of(true), true)
}

async function turn(tx: Tx, ids: readonly string[], isTrue: boolean): Promise<string[]> {
  if (ids.length === 0) return []
  const turned = await tx.$queryRaw<{ id: string }[]>`
    update alert set is_true = ${isTrue} where id = any(${[...ids]}::uuid[]) and is_true <> ${isTrue} returning id`
  return turned.map(({ id }) => id)
}
