import { sql, noSql, type Tx } from '#kernel/db'
import { type Day, dateOf, dayOrNull } from '#kernel/days'
import type { FollowUpKind } from './contract.ts'

export type FollowUp = {
  id: string
  customerId: string
  personId: string
  kind: FollowUpKind
  text: string
  at: Date
  nextOn: Day | null
}

/** Writes it down; false when its id was taken. */
export async function insertFollowUp(tx: Tx, { nextOn, ...followUp }: FollowUp): Promise<boolean> {
  const data = { ...followUp, nextOn: nextOn && dateOf(nextOn) }
  const { count } = await tx.followUp.createMany({ data: [data], skipDuplicates: true })
  return count === 1
}

export async function findFollowUp(tx: Tx, id: string): Promise<FollowUp | undefined> {
  const row = await tx.followUp.findFirst({ where: { id, removedAt: null } })
  return row ? followUpOf(row) : undefined
}

export const removeFollowUp = (tx: Tx, id: string, at: Date): Promise<unknown> =>
  tx.followUp.update({ where: { id }, data: { removedAt: at } })

const shownMax = 100

/** Those of a customer, newest first. */
export async function followUpsOf(tx: Tx, customerId: string, kinds: readonly FollowUpKind[]): Promise<FollowUp[]> {
  const rows = await tx.followUp.findMany({
    where: { customerId, removedAt: null, kind: { in: [...kinds] } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: shownMax,
  })
  return rows.map(followUpOf)
}

type Row = Omit<FollowUp, 'kind' | 'nextOn'> & { kind: string; nextOn: Date | null }
const followUpOf = ({ id, customerId, personId, kind, text, at, nextOn }: Row): FollowUp => ({
  id,
  customerId,
  personId,
  kind: kind as FollowUpKind, // a CHECK of the table holds it to these
  text,
  at,
  nextOn: dayOrNull(nextOn),
})

/** A customer with what was said last, and what was planned then. */
export type LastContact = {
  customerId: string
  shortName: string
  ownerId: string
  /** When he became a customer. */
  createdAt: Date
  at: Date | null
  kind: FollowUpKind | null
  text: string | null
  nextOn: Day | null
}

/** The customers of some owners (null: everybody's) that are open for business; with `planned` only those with a plan for these days. */
export function lastContacts(
  tx: Tx,
  owners: readonly string[] | null,
  planned?: { from?: Day; to: Day },
): Promise<LastContact[]> {
  return tx.$queryRaw<LastContact[]>`
    select c.id as "customerId", c.short_name as "shortName", c.owner_id as "ownerId", c.created_at as "createdAt",
      f.at, f.kind, f.text, to_char(f.next_on, 'YYYY-MM-DD') as "nextOn"
    from customer c left join lateral (
      select at, kind, text, next_on from follow_up
      where customer_id = c.id and removed_at is null order by at desc, id desc limit 1) f on true
    where c.state = 'active'
      ${owners ? sql`and c.owner_id = any(${owners}::uuid[])` : noSql}
      ${planned ? sql`and f.next_on <= ${planned.to}::date` : noSql}
      ${planned?.from ? sql`and f.next_on >= ${planned.from}::date` : noSql}
    order by f.next_on nulls last, c.pinyin, c.id`
}
