import type { Tx } from '#kernel/db'

export const listDelegations = (tx: Tx, personId: string, at: Date) =>
  tx.delegation.findMany({
    where: { OR: [{ fromId: personId }, { toId: personId }], endedAt: null, endsAt: { gt: at } },
    orderBy: { startsAt: 'asc' },
  })

export const insertDelegation = (
  tx: Tx,
  delegation: { id: string; fromId: string; toId: string; startsAt: Date; endsAt: Date },
) => tx.delegation.create({ data: delegation })

export async function endDelegationRow(tx: Tx, id: string, fromId: string, at: Date): Promise<boolean> {
  const { count } = await tx.delegation.updateMany({ where: { id, fromId, endedAt: null }, data: { endedAt: at } })
  return count === 1
}

/** Who decides for somebody at a moment: the delegation begun last, when several hold. */
export async function deputyOf(tx: Tx, personId: string, at: Date): Promise<string | null> {
  const delegation = await tx.delegation.findFirst({
    where: { fromId: personId, startsAt: { lte: at }, endsAt: { gt: at }, endedAt: null },
    orderBy: { startsAt: 'desc' },
  })
  if (!delegation) return null
  const deputy = await tx.person.findUnique({ where: { id: delegation.toId }, select: { active: true } })
  return deputy?.active ? delegation.toId : null
}
