import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller, has, seesWarehouse } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { limitPerson as saveLimit, namesOf, peopleLimitedTo } from '#server/modules/org'
import type { inventory, WarehouseView } from './contract.ts'
import {
  findWarehouse,
  holdsForOrders,
  holdsStock,
  insertWarehouse,
  isCodeTaken,
  listWarehouses,
  updateWarehouse,
  type Warehouse,
} from './warehouse-store.ts'

type Endpoints = (typeof inventory)['endpoints']
const administer = { zh: '管理仓库', en: 'administer warehouses' }

/** Everyone chooses among warehouses, so everyone may list them; which are his to work in stands with each. */
export async function warehouses(tx: Tx, caller: Caller): Promise<{ rows: WarehouseView[] }> {
  return { rows: await views(tx, caller, await listWarehouses(tx)) }
}

/** A warehouse, and who is limited to it. */
export async function warehouse(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['warehouse']>,
): Promise<Output<Endpoints['warehouse']>> {
  const found = await view(tx, caller, await findWarehouse(tx, id))
  const isAdministrator = has(caller, 'org.admin')
  return {
    warehouse: found,
    ...(isAdministrator ? { limited: await peopleLimitedTo(tx, id) } : {}),
    can: [
      ...(isAdministrator ? (['edit', 'limit'] as const) : []),
      ...(has(caller, 'bin.write') && found.isMine && found.active ? (['keep_bins'] as const) : []),
    ],
  }
}

/** From his next call on somebody sees and posts only these warehouses; none of them: those that his roles reach. */
export async function limitPerson(
  tx: Tx,
  caller: Caller,
  { id, warehouseIds }: Input<Endpoints['limitPerson']>,
): Promise<Output<Endpoints['limitPerson']>> {
  allow(caller, 'org.admin', administer)
  const wanted = [...new Set(warehouseIds)]
  for (const warehouseId of wanted) await findWarehouse(tx, warehouseId)
  if (!(await saveLimit(tx, id, wanted))) throw new Refusal('not_found', { what: { zh: '同事', en: 'colleague' } })
  return { id, name: (await namesOf(tx, [id])).get(id) ?? '', warehouseIds: wanted }
}

export async function createWarehouse(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['createWarehouse']>,
): Promise<WarehouseView> {
  allow(caller, 'org.admin', administer)
  await assertCodeFree(tx, input.code, input.id)
  return view(tx, caller, await insertWarehouse(tx, input))
}

/** Changes what a warehouse is called and who keeps it; it is closed only when nothing is in it, and taken out of sale only when nothing of it is promised. */
export async function editWarehouse(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['editWarehouse']>,
): Promise<WarehouseView> {
  allow(caller, 'org.admin', administer)
  const { id, version, ...values } = input
  const found = await findWarehouse(tx, id)
  if (values.code) await assertCodeFree(tx, values.code, id)
  if (values.active === false && (await holdsStock(tx, id)))
    throw new Refusal('warehouse_in_use', { warehouse: found.name })
  if (values.forSale === false && (await holdsForOrders(tx, id)))
    throw new Refusal('warehouse_promised', { warehouse: found.name })
  if (!(await updateWarehouse(tx, id, version, values))) throw new Refusal('stale')
  return view(tx, caller, await findWarehouse(tx, id))
}

async function assertCodeFree(tx: Tx, code: string, exceptId: string): Promise<void> {
  if (await isCodeTaken(tx, code, exceptId)) throw new Refusal('warehouse_code_taken', { code })
}

const view = async (tx: Tx, caller: Caller, row: Warehouse): Promise<WarehouseView> =>
  (await views(tx, caller, [row]))[0]!

async function views(tx: Tx, caller: Caller, rows: Warehouse[]): Promise<WarehouseView[]> {
  const names = await namesOf(
    tx,
    rows.flatMap(({ keeperId }) => keeperId ?? []),
  )
  return rows.map((row) => ({
    ...row,
    keeper: row.keeperId ? (names.get(row.keeperId) ?? null) : null,
    isMine: seesWarehouse(caller, row.id),
  }))
}
