import type { Tx } from '#kernel/db'
import type { Passing } from '#server/modules/org'

export const warehousesKeptBy = (tx: Tx, keeperId: string) =>
  tx.warehouse.findMany({
    where: { keeperId, active: true },
    select: { id: true, name: true },
    orderBy: { position: 'asc' },
  })

/** Gives the warehouses that somebody keeps to another keeper; answers which went. */
export async function giveWarehouses(tx: Tx, { fromId, toId, only }: Passing): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update warehouse set keeper_id = ${toId}::uuid, version = version + 1
    where keeper_id = ${fromId}::uuid and (${only === undefined} or id = any(${only ?? []}::uuid[])) returning id`
  return rows.map((row) => row.id)
}
