import { joinSql, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { within } from './warehouse-store.ts'

export type Bin = { id: string; warehouseId: string; code: string; name: string; active: boolean; version: number }
export type Place = { id: string; code: string; name: string }

/** Bins of a warehouse in the order of their codes, with how many items lie in each; one more than asked for tells that there is more. */
export function listBins(
  tx: Tx,
  warehouseId: string,
  { q, after, limit }: { q?: string; after?: string; limit: number },
): Promise<(Bin & { items: number })[]> {
  const word = `%${(q ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    sql`b.warehouse_id = ${warehouseId}::uuid`,
    q?.trim() ? sql`(b.code ilike ${word} or b.name ilike ${word})` : sql`true`,
    after === undefined ? sql`true` : sql`b.code collate "C" > ${after}`,
  ]
  return tx.$queryRaw<(Bin & { items: number })[]>`
    select b.id, b.warehouse_id as "warehouseId", b.code, b.name, b.active, b.version,
      (select count(*)::int from item_bin i where i.bin_id = b.id) as items
    from bin b where ${joinSql(conditions, ' and ')} order by b.code collate "C" limit ${limit + 1}`
}

/** Makes the bins that are not there yet; answers how many those were. */
export async function insertBins(tx: Tx, warehouseId: string, codes: readonly string[]): Promise<number> {
  const { count } = await tx.bin.createMany({
    data: codes.map((code) => ({ id: newId(), warehouseId, code })),
    skipDuplicates: true,
  })
  return count
}

export const findBin = (tx: Tx, id: string): Promise<Bin | null> => tx.bin.findUnique({ where: { id } })

export const binOfCode = (tx: Tx, warehouseId: string, code: string): Promise<Bin | null> =>
  tx.bin.findUnique({ where: { warehouseId_code: { warehouseId, code } } })

/** False when somebody else has changed it since that version. */
export async function updateBin(
  tx: Tx,
  { id, version }: { id: string; version: number },
  values: { code?: string; name?: string; active?: boolean },
): Promise<boolean> {
  const { count } = await tx.bin.updateMany({
    where: { id, version },
    data: { ...values, version: { increment: 1 } },
  })
  return count === 1
}

/** How many of these are bins of that warehouse that are in use. */
export const countOpenBins = (tx: Tx, warehouseId: string, ids: readonly string[]): Promise<number> =>
  tx.bin.count({ where: { id: { in: [...ids] }, warehouseId, active: true } })

/** Says where an item lies in a warehouse, the first place first; it lies nowhere else there. */
export async function placeItem(
  tx: Tx,
  { itemId, warehouseId }: { itemId: string; warehouseId: string },
  binIds: readonly string[],
): Promise<void> {
  // Two who place the same item wait for each other.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${itemId} ${warehouseId}`}, 0))`
  await tx.itemBin.deleteMany({ where: { itemId, warehouseId } })
  await tx.itemBin.createMany({ data: binIds.map((binId, position) => ({ itemId, warehouseId, binId, position })) })
}

/** Where items lie in these warehouses (null: in all), the first place first. Bins that are switched off are not told. */
export async function placesOf(
  tx: Tx,
  itemIds: readonly string[],
  warehouses: readonly string[] | null,
): Promise<(itemId: string, warehouseId: string) => Place[]> {
  const rows = await tx.$queryRaw<(Place & { itemId: string; warehouseId: string })[]>`
    select i.item_id as "itemId", i.warehouse_id as "warehouseId", b.id, b.code, b.name
    from item_bin i join bin b on b.id = i.bin_id
    where i.item_id = any(${[...itemIds]}::uuid[]) and b.active ${within(warehouses, sql`i.warehouse_id`)}
    order by i.item_id, i.warehouse_id, i.position`
  const found = new Map<string, Place[]>()
  for (const { itemId, warehouseId, ...place } of rows) {
    const key = `${itemId} ${warehouseId}`
    found.set(key, [...(found.get(key) ?? []), place])
  }
  return (itemId, warehouseId) => found.get(`${itemId} ${warehouseId}`) ?? []
}
