import type { Tx } from '#kernel/db'
import { managerOf } from './person-store.ts'

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

/**
 * Who decides for somebody at a moment: the delegation begun last, when several hold. For somebody who has left it is his manager, so that
 * nothing waits for him until it has been passed on.
 */
export async function deputyOf(tx: Tx, personId: string, at: Date): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ hasLeft: boolean; deputyId: string | null }[]>`
    select not person.active as "hasLeft", deputy.id as "deputyId"
    from person
      left join lateral (
        select to_id from delegation where from_id = person.id and starts_at <= ${at} and ends_at > ${at} and ended_at is null
        order by starts_at desc limit 1) as delegated on true
      left join person as deputy on deputy.id = delegated.to_id and deputy.active
    where person.id = ${personId}::uuid`
  if (found?.deputyId) return found.deputyId
  return found?.hasLeft ? managerOf(tx, personId) : null
}

/** The delegations to or from somebody that still have effect. */
export const delegationsAround = (tx: Tx, personId: string, at: Date) =>
  tx.delegation.findMany({
    where: { endedAt: null, endsAt: { gt: at }, OR: [{ toId: personId }, { fromId: personId }] },
    orderBy: { startsAt: 'asc' },
  })

/** Gives delegations from one person's hands to another's, at both ends; one that would then be to himself ends. Answers which went. */
export async function passDelegations(
  tx: Tx,
  { fromId, toId, at, only }: { fromId: string; toId: string; at: Date; only?: readonly string[] },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update delegation set
      from_id = case when from_id = ${fromId}::uuid then ${toId}::uuid else from_id end,
      to_id = case when to_id = ${fromId}::uuid then ${toId}::uuid else to_id end,
      ended_at = case when ${toId}::uuid in (from_id, to_id) then ${at}::timestamptz end
    where ended_at is null and ends_at > ${at} and ${fromId}::uuid in (from_id, to_id)
      and (${only === undefined} or id = any(${only ?? []}::uuid[]))
    returning id`
  return rows.map((row) => row.id)
}

/** Ends what somebody has delegated. */
export async function endDelegationsFrom(tx: Tx, fromId: string, at: Date): Promise<void> {
  await tx.delegation.updateMany({ where: { fromId, endedAt: null, endsAt: { gt: at } }, data: { endedAt: at } })
}
