import { Refusal } from '#contract'
import { type Caller, seesWarehouse } from '#kernel/caller'
import { asSetUp, lookAgain } from '#kernel/as-set-up'
import { noSql, type Sql, sql, type Tx } from '#kernel/db'

export type Warehouse = Awaited<ReturnType<typeof listWarehouses>>[number]

export const listWarehouses = (tx: Tx) =>
  tx.warehouse.findMany({ orderBy: [{ active: 'desc' }, { position: 'asc' }, { code: 'asc' }] })

export const warehouseNames = (tx: Tx): Promise<ReadonlyMap<string, string>> =>
  asSetUp(tx, 'names of warehouses', async () => {
    const rows = await tx.$queryRaw<{ id: string; name: string }[]>`select id, name from warehouse`
    return new Map(rows.map(({ id, name }) => [id, name]))
  })

/** The warehouses whose goods may be promised. */
export async function warehousesForSale(tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`select id from warehouse where for_sale`
  return new Set(rows.map(({ id }) => id))
}

export async function findWarehouse(tx: Tx, id: string): Promise<Warehouse> {
  const warehouse = await tx.warehouse.findUnique({ where: { id } })
  if (!warehouse) throw new Refusal('not_found', { what: { zh: '仓库', en: 'warehouse' } })
  return warehouse
}

/** A condition that holds in these warehouses; null: in all. It follows another condition. */
export const within = (warehouses: readonly string[] | null, column: Sql): Sql =>
  warehouses ? sql`and ${column} = any(${[...warehouses]}::uuid[])` : noSql

/** Refuses a warehouse in which the caller does not work. */
export async function assertMine(tx: Tx, caller: Caller, id: string): Promise<void> {
  if (seesWarehouse(caller, id)) return
  throw new Refusal('warehouse_not_yours', { warehouse: (await findWarehouse(tx, id)).name })
}

/** A warehouse, refused when it is closed: nothing new goes there. */
export async function findOpenWarehouse(tx: Tx, id: string): Promise<Warehouse> {
  const warehouse = await findWarehouse(tx, id)
  if (!warehouse.active) throw new Refusal('warehouse_closed', { warehouse: warehouse.name })
  return warehouse
}

/** The same, refused too when the caller does not work there. */
export async function findOwnWarehouse(tx: Tx, caller: Caller, id: string): Promise<Warehouse> {
  await assertMine(tx, caller, id)
  return findOpenWarehouse(tx, id)
}

export const isCodeTaken = async (tx: Tx, code: string, exceptId: string): Promise<boolean> =>
  (await tx.warehouse.count({ where: { code, id: { not: exceptId } } })) > 0

export const holdsStock = async (tx: Tx, warehouseId: string): Promise<boolean> =>
  (await tx.stockBalance.count({ where: { warehouseId, OR: [{ onHand: { not: 0 } }, { reserved: { not: 0 } }] } })) > 0

/** Whether anything in it is held for somebody. */
export const holdsForOrders = async (tx: Tx, warehouseId: string): Promise<boolean> =>
  (await tx.stockBalance.count({ where: { warehouseId, reserved: { not: 0 } } })) > 0

type Values = {
  code?: string
  name?: string
  keeperId?: string | null
  active?: boolean
  forSale?: boolean
  position?: number
}

export async function insertWarehouse(tx: Tx, warehouse: Values & { id: string; code: string; name: string }) {
  const inserted = await tx.warehouse.create({ data: warehouse })
  lookAgain(tx)
  return inserted
}

/** False when somebody else has changed it since that version. */
export async function updateWarehouse(tx: Tx, id: string, version: number, values: Values): Promise<boolean> {
  const { count } = await tx.warehouse.updateMany({
    where: { id, version },
    data: { ...values, version: { increment: 1 } },
  })
  lookAgain(tx)
  return count === 1
}
