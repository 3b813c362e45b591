import { noSql, sql, type Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { Prisma } from '#kernel/prisma/client'

export type PriceListFields = {
  name: string
  level: string | null
  customerId: string | null
  startsOn: Date | null
  endsOn: Date | null
  priority: number
  active: boolean
  custom: Record<string, never>
}
export type NewPriceList = PriceListFields & { id: string }
export type StoredPriceList = Prisma.PriceListGetPayload<{ include: { _count: { select: { rules: true } } } }>

const counted = { _count: { select: { rules: true } } } as const

export const findPriceList = (tx: Tx, id: string): Promise<StoredPriceList | null> =>
  tx.priceList.findUnique({ where: { id }, include: counted })

export async function findPriceLists(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredPriceList>> {
  const lists = await tx.priceList.findMany({ where: { id: { in: [...ids] } }, include: counted })
  return new Map(lists.map((list) => [list.id, list]))
}

/** Answers how many were new; a taken id is passed over. */
export async function insertPriceLists(tx: Tx, lists: readonly NewPriceList[]): Promise<number> {
  const { count } = await tx.priceList.createMany({ data: [...lists], skipDuplicates: true })
  return count
}

/** Saves the list that was read at `version`. Whoever changes its rules also does so, and thereby goes one at a time. */
export async function updatePriceList(
  tx: Tx,
  id: string,
  version: number,
  fields: Partial<PriceListFields>,
): Promise<void> {
  const { count } = await tx.priceList.updateMany({
    where: { id, version },
    data: { ...fields, version: { increment: 1 } },
  })
  if (count === 0) throw new ChangedMeanwhile()
}

type ListFilter = {
  level?: string
  active?: boolean
  withCustomers: boolean
  after?: readonly (string | number)[]
  limit: number
}

export async function findPriceListPage(tx: Tx, filter: ListFilter): Promise<{ id: string; name: string }[]> {
  return tx.$queryRaw`
    select id, name from price_list
    where true
    ${filter.withCustomers ? noSql : sql`and customer_id is null`}
    ${filter.level === undefined ? noSql : sql`and level = ${filter.level}`}
    ${filter.active === undefined ? noSql : sql`and active = ${filter.active}`}
    ${filter.after ? sql`and (name, id) > (${filter.after[0]}, ${filter.after[1]}::uuid)` : noSql}
    order by name, id limit ${filter.limit + 1}`
}
