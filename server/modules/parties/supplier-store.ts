import { noSql, sql, type Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { Prisma } from '#kernel/prisma/client'
import { takeNumbers } from './number-store.ts'
import { foundBy, rankFor, searchColumns } from './search-store.ts'

export type SupplierFields = {
  name: string
  shortName: string
  contactName: string
  phone: string | null
  address: string
  taxNumber: string
  note: string
  active: boolean
  custom: Record<string, never>
}
export type NewSupplier = SupplierFields & { id: string; createdAt: Date }
export type StoredSupplier = Prisma.SupplierGetPayload<object>

const prefix = 'S'

export const findSupplier = (tx: Tx, id: string): Promise<StoredSupplier | null> =>
  tx.supplier.findUnique({ where: { id } })

export async function suppliersByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredSupplier>> {
  if (ids.length === 0) return new Map()
  const suppliers = await tx.supplier.findMany({ where: { id: { in: [...new Set(ids)] } } })
  return new Map(suppliers.map((supplier) => [supplier.id, supplier]))
}

export async function supplierNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const suppliers = await suppliersByIds(tx, ids)
  return new Map([...suppliers.values()].map(({ id, shortName }) => [id, shortName]))
}

/** Inserts suppliers, set-based, in the order given; answers how many were new. Taken ids are passed over. */
export async function insertSuppliers(tx: Tx, suppliers: readonly NewSupplier[]): Promise<number> {
  const numbers = await takeNumbers(tx, prefix, suppliers.length)
  const rows = suppliers.map((supplier, i) => {
    const number = numbers[i] ?? ''
    return { ...supplier, number, ...searchColumns({ ...supplier, number }) }
  })
  const { count } = await tx.supplier.createMany({ data: rows, skipDuplicates: true })
  return count
}

/** Saves the fields of the supplier that was read at `version`. */
export async function updateSupplier(
  tx: Tx,
  { id, version, number }: StoredSupplier,
  fields: SupplierFields,
): Promise<void> {
  const data = { ...fields, ...searchColumns({ ...fields, number }), version: { increment: 1 } }
  const { count } = await tx.supplier.updateMany({ where: { id, version }, data })
  if (count === 0) throw new ChangedMeanwhile()
}

type SupplierFilter = { q?: string; active?: boolean; after?: readonly (string | number)[]; limit: number }

/** The next suppliers of a list: best hits first, then by the pinyin of their short names. */
export async function findSupplierPage(
  tx: Tx,
  filter: SupplierFilter,
): Promise<{ id: string; pinyin: string; rank: number }[]> {
  return tx.$queryRaw`
    select id, pinyin, rank from (
      select id, pinyin, ${rankFor(filter.q ?? '')} as rank from supplier
      where ${filter.q?.trim() ? foundBy(filter.q) : sql`true`}
      ${filter.active === undefined ? noSql : sql`and active = ${filter.active}`}) as found
    ${filter.after ? sql`where (rank, pinyin, id) > (${filter.after[0]}::int, ${filter.after[1]}, ${filter.after[2]}::uuid)` : noSql}
    order by rank, pinyin, id limit ${filter.limit + 1}`
}
