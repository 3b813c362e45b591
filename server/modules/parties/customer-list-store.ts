import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import { phoneKey } from './alike.model.ts'
import { foundBy, rankFor } from './search-store.ts'

export type CustomerFilter = {
  q?: string
  level?: string
  ownerId?: string
  state?: string
  region?: string
  /** The owners whose customers the caller sees; null: everybody's. */
  owners: readonly string[] | null
  /** Whether the caller may find customers by their phone numbers. */
  byPhone: boolean
}
export type Found = { id: string; pinyin: string; rank: number }

/** The next customers of a list: best hits first, then by the pinyin of their short names. */
export async function findCustomerPage(
  tx: Tx,
  filter: CustomerFilter,
  after: readonly (string | number)[] | undefined,
  limit: number,
): Promise<Found[]> {
  const conditions = [
    ownedBy(filter.owners),
    filter.q?.trim() ? matching(filter.q, filter.byPhone) : undefined,
    filter.level === undefined ? undefined : sql`level = ${filter.level}`,
    filter.ownerId === undefined ? undefined : sql`owner_id = ${filter.ownerId}::uuid`,
    filter.state === undefined ? undefined : sql`state = ${filter.state}`,
    filter.region === undefined ? undefined : sql`region = ${filter.region}`,
  ].filter((condition) => condition !== undefined)
  return tx.$queryRaw<Found[]>`
    select id, pinyin, rank
    from (select id, pinyin, ${rankFor(filter.q ?? '')} as rank from customer where ${joinSql(conditions, ' and ')}) as found
    ${after ? sql`where (rank, pinyin, id) > (${after[0]}::int, ${after[1]}, ${after[2]}::uuid)` : noSql}
    order by rank, pinyin, id limit ${limit}`
}

function matching(q: string, byPhone: boolean): Sql {
  const phone = byPhone ? phoneKey(q) : null
  return phone ? sql`(${foundBy(q)} or alike_keys @> array[${phone}])` : foundBy(q)
}

const ownedBy = (owners: readonly string[] | null): Sql =>
  owners === null ? sql`true` : sql`owner_id = any(${owners}::uuid[])`

/** The regions and owners that occur among the customers one may see. */
export async function findFilters(
  tx: Tx,
  owners: readonly string[] | null,
): Promise<{ regions: string[]; owners: string[] }> {
  const [found] = await tx.$queryRaw<{ regions: string[]; owners: string[] }[]>`
    select coalesce(array_agg(distinct region) filter (where region <> ''), '{}') as regions,
      coalesce(array_agg(distinct owner_id::text), '{}') as owners
    from customer where ${ownedBy(owners)}`
  return found ?? { regions: [], owners: [] }
}
