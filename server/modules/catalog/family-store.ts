import { noSql, sql, type Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { Prisma } from '#kernel/prisma/client'
import { searchWords } from '#kernel/search'
import type { Axis } from './contract.ts'
import { lostRaceIfTaken } from './item-store.ts'
import { searchColumns } from './search-store.ts'

export type FamilyFields = { code: string; name: string; category: string; axes: Axis[]; custom: Record<string, never> }
export type NewFamily = FamilyFields & { id: string }
export type StoredFamily = NewFamily & { version: number }

export async function findFamily(tx: Tx, id: string): Promise<StoredFamily | undefined> {
  const family = await tx.itemFamily.findUnique({ where: { id } })
  return family ? stored(family) : undefined
}

export async function findFamilies(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredFamily>> {
  const families = await tx.itemFamily.findMany({ where: { id: { in: [...ids] } } })
  return new Map(families.map((family) => [family.id, stored(family)]))
}

/** Answers how many were new; a taken id or code is passed over. */
export async function insertFamilies(tx: Tx, families: readonly NewFamily[]): Promise<number> {
  const { count } = await tx.itemFamily.createMany({ data: families.map(columns), skipDuplicates: true })
  return count
}

export async function updateFamily(tx: Tx, id: string, version: number, fields: FamilyFields): Promise<void> {
  const data = { ...columns(fields), version: { increment: 1 } }
  const { count } = await tx.itemFamily.updateMany({ where: { id, version }, data }).catch(lostRaceIfTaken)
  if (count === 0) throw new ChangedMeanwhile()
}

export async function isFamilyCodeTaken(tx: Tx, id: string, code: string): Promise<boolean> {
  return (await tx.itemFamily.findFirst({ where: { code, NOT: { id } }, select: { id: true } })) !== null
}

export async function findFamilyPage(
  tx: Tx,
  filter: { q?: string; category?: string; after?: readonly (string | number)[]; limit: number },
): Promise<{ id: string; code: string; items: number }[]> {
  const words = searchWords(filter.q ?? '')
  return tx.$queryRaw`
    select id, code, (select count(*)::int from item where item.family_id = item_family.id) as items
    from item_family
    where not exists (select from unnest(${words}::text[]) as word where position(word in search_text) = 0)
    ${filter.category ? sql`and category = ${filter.category}` : noSql}
    ${filter.after ? sql`and code > ${filter.after[0]}` : noSql}
    order by code limit ${filter.limit + 1}`
}

function columns<F extends FamilyFields>(family: F) {
  const { searchText } = searchColumns(family)
  return { ...family, axes: family.axes satisfies Prisma.InputJsonValue, searchText }
}

const stored = (family: Prisma.ItemFamilyGetPayload<object>): StoredFamily => ({
  ...family,
  axes: family.axes as Axis[], // parsed by the contract when it was saved
  custom: family.custom as Record<string, never>,
})
