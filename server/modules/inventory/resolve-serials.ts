import { Refusal } from '#contract'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import { serialsByCode } from './serial-store.ts'
import { findWarehouse } from './warehouse-store.ts'

/** The ids of scanned serial numbers, in their order; refused when one is not in stock in that warehouse. */
export async function resolveSerials(
  tx: Tx,
  itemId: string,
  warehouseId: string,
  codes: readonly string[],
): Promise<string[]> {
  if (codes.length === 0) return []
  const found = await serialsByCode(tx, [itemId], codes)
  const here = new Map(
    found.filter((one) => one.state === 'in_stock' && one.warehouseId === warehouseId).map((one) => [one.code, one.id]),
  )
  const missing = codes.find((code) => !here.has(code))
  if (missing === undefined) return codes.map((code) => here.get(code)!)
  const item = (await itemsByIds(tx, [itemId])).get(itemId)!.name
  throw new Refusal('serial_not_here', {
    item,
    serial: missing,
    warehouse: (await findWarehouse(tx, warehouseId)).name,
  })
}
