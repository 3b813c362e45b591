import { type Input, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { namesOf } from '#server/modules/org'
import type { inventory, WarehouseView } from './contract.ts'
import {
  findWarehouse,
  holdsStock,
  insertWarehouse,
  isCodeTaken,
  listWarehouses,
  updateWarehouse,
  type Warehouse,
} from './warehouse-store.ts'

type Endpoints = (typeof inventory)['endpoints']
const administer = { zh: '管理仓库', en: 'administer warehouses' }

/** Everyone chooses among warehouses, so everyone may list them. */
export async function warehouses(tx: Tx): Promise<{ rows: WarehouseView[] }> {
  return { rows: await views(tx, await listWarehouses(tx)) }
}

export async function createWarehouse(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['createWarehouse']>,
): Promise<WarehouseView> {
  allow(caller, 'org.admin', administer)
  await assertCodeFree(tx, input.code, input.id)
  return view(tx, await insertWarehouse(tx, input))
}

/** Changes what a warehouse is called and who keeps it; it is closed only when nothing is in it. */
export async function editWarehouse(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['editWarehouse']>,
): Promise<WarehouseView> {
  allow(caller, 'org.admin', administer)
  const { id, version, ...values } = input
  const warehouse = await findWarehouse(tx, id)
  if (values.code) await assertCodeFree(tx, values.code, id)
  if (values.active === false && (await holdsStock(tx, id)))
    throw new Refusal('warehouse_in_use', { warehouse: warehouse.name })
  if (!(await updateWarehouse(tx, id, version, values))) throw new Refusal('stale')
  return view(tx, await findWarehouse(tx, id))
}

async function assertCodeFree(tx: Tx, code: string, exceptId: string): Promise<void> {
  if (await isCodeTaken(tx, code, exceptId)) throw new Refusal('warehouse_code_taken', { code })
}

const view = async (tx: Tx, warehouse: Warehouse): Promise<WarehouseView> => (await views(tx, [warehouse]))[0]!

async function views(tx: Tx, rows: Warehouse[]): Promise<WarehouseView[]> {
  const names = await namesOf(
    tx,
    rows.flatMap(({ keeperId }) => keeperId ?? []),
  )
  return rows.map((row) => ({ ...row, keeper: row.keeperId ? (names.get(row.keeperId) ?? null) : null }))
}
