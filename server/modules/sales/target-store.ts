import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import { type Day, dateOf } from '#kernel/days'

/** What each of some people (null: everybody) is to sell in the months from one to another, both by their first days. */
export async function targetsOf(
  tx: Tx,
  { from, to, owners }: { from: Day; to: Day; owners: readonly string[] | null },
): Promise<Map<string, Decimal>> {
  const sums = await tx.salesTarget.groupBy({
    by: ['ownerId'],
    where: {
      month: { gte: dateOf(from), lte: dateOf(to) },
      ...(owners ? { ownerId: { in: [...owners] } } : {}),
    },
    _sum: { amount: true },
  })
  return new Map(sums.map(({ ownerId, _sum }) => [ownerId, new Decimal(String(_sum.amount ?? 0))]))
}

type Target = { ownerId: string; month: Day; amount: string; by: string; at: Date }

export async function putTarget(tx: Tx, { ownerId, month, amount, by, at }: Target): Promise<void> {
  const written = { amount, updatedAt: at, updatedBy: by }
  await tx.salesTarget.upsert({
    where: { ownerId_month: { ownerId, month: dateOf(month) } },
    create: { ownerId, month: dateOf(month), ...written },
    update: written,
  })
}

export const dropTarget = (tx: Tx, ownerId: string, month: Day): Promise<unknown> =>
  tx.salesTarget.deleteMany({ where: { ownerId, month: dateOf(month) } })
