import type { Tx } from '#kernel/db'

export type LimitedPerson = { id: string; name: string; warehouseIds: string[] }

/** The people who are limited to warehouses, this one among them. */
export const peopleLimitedTo = (tx: Tx, warehouseId: string): Promise<LimitedPerson[]> =>
  tx.person.findMany({
    where: { warehouseIds: { has: warehouseId }, active: true },
    select: { id: true, name: true, warehouseIds: true },
    orderBy: { pinyin: 'asc' },
  })

/** Limits somebody to these warehouses, or to none when there are none; false when there is nobody of this id. */
export async function limitPerson(tx: Tx, personId: string, warehouseIds: readonly string[]): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id: personId },
    data: { warehouseIds: [...warehouseIds], version: { increment: 1 } },
  })
  return count === 1
}
