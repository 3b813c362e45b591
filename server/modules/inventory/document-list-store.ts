import { keysOf } from '#kernel/paging'

export type DocumentFilter = { q?: string; state?: string; cursor?: string }

/** What the lists of documents have in common: by state, by a piece of the number, from where the last page ended. */
export function listed({ q, state, cursor }: DocumentFilter) {
  const after = keysOf(cursor, ['milliseconds', 'id'])
  const number = q?.trim()
  return {
    ...(state ? { state } : {}),
    ...(number ? { number: { contains: number, mode: 'insensitive' as const } } : {}),
    ...(after ? { OR: olderThan(new Date(after[0]), after[1]) } : {}),
  }
}

/** Documents of these warehouses; null: of all. */
export const inWarehouses = (warehouses: readonly string[] | null) =>
  warehouses ? { warehouseId: { in: [...warehouses] } } : {}

const olderThan = (createdAt: Date, id: string) => [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }]

export const newestFirst = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]
export const listKeys = ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id]

/** What was found, in the order in which it was asked for. */
export function byIds<T extends { id: string }>(found: readonly T[], ids: readonly string[]): T[] {
  const known = new Map(found.map((one) => [one.id, one]))
  return ids.flatMap((id) => known.get(id) ?? [])
}
