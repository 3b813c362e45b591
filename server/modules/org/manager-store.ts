import type { Tx } from '#kernel/db'

export const reportsOf = (tx: Tx, personId: string) =>
  tx.person.findMany({
    where: { managerId: personId, active: true },
    select: { id: true, name: true, title: true },
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
  })

/** Whether one works anywhere below the other. */
export async function isBelow(tx: Tx, personId: string, managerId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with recursive below as (
      select id from person where manager_id = ${managerId}::uuid
      union
      select p.id from person p join below b on p.manager_id = b.id)
    select id from below where id = ${personId}::uuid`
  return rows.length > 0
}

export async function setManagerOf(tx: Tx, id: string, managerId: string | null): Promise<void> {
  await tx.person.update({ where: { id }, data: { managerId, version: { increment: 1 } } })
}

/** Gives somebody's reports, and the departments that he leads, to another; answers which people went. */
export async function passReports(
  tx: Tx,
  { fromId, toId, only }: { fromId: string; toId: string; only?: readonly string[] },
): Promise<string[]> {
  // Whoever takes his place from below takes it in the chart too, or it would become a circle.
  if (await isBelow(tx, toId, fromId)) {
    const from = await tx.person.findUniqueOrThrow({ where: { id: fromId }, select: { managerId: true } })
    await setManagerOf(tx, toId, from.managerId)
  }
  if (!only) await tx.department.updateMany({ where: { leaderId: fromId }, data: { leaderId: toId } })
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update person set manager_id = ${toId}::uuid, version = version + 1
    where manager_id = ${fromId}::uuid and id <> ${toId}::uuid and (${only === undefined} or id = any(${only ?? []}::uuid[]))
    returning id`
  return rows.map((row) => row.id)
}
