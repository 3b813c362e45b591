import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { Keys } from '#kernel/paging'
import type { PersonView } from './contract.ts'
import { namedLike, personColumns } from './person-store.ts'

export type AccountRow = PersonView & {
  pinyin: string
  managerName: string | null
  mergedIntoId: string | null
  mergedIntoName: string | null
  leftAt: Date | null
  checks: number
}

const select = sql`
  select ${personColumns}, p.pinyin, m.name as "managerName", p.merged_into_id as "mergedIntoId", k.name as "mergedIntoName",
    p.left_at as "leftAt",
    (select count(*)::int from identity_check c where c.person_id = p.id and c.settled_at is null) as checks
  from person p
  left join department d on d.id = p.department_id
  left join person m on m.id = p.manager_id
  left join person k on k.id = p.merged_into_id`

export const findAccounts = (tx: Tx, ids: readonly string[]): Promise<AccountRow[]> =>
  tx.$queryRaw<AccountRow[]>`${select} where p.id = any(${[...ids]}::uuid[]) order by p.pinyin, p.id`

/** One more than asked for tells that there is more. */
export async function pageOfAccounts(
  tx: Tx,
  { q, left, after, limit }: { q?: string; left: boolean; after?: Keys; limit: number },
): Promise<AccountRow[]> {
  const conditions: Sql[] = [
    left ? sql`not p.active` : sql`p.active`,
    ...namedLike(q ?? ''),
    after ? sql`(p.pinyin, p.id) > (${after[0]}, ${after[1]}::uuid)` : noSql,
  ].filter((condition) => condition !== noSql)
  return tx.$queryRaw<
    AccountRow[]
  >`${select} where ${joinSql(conditions, ' and ')} order by p.pinyin, p.id limit ${limit + 1}`
}
