import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { SerialState } from './posting.model.ts'

export type Serial = { id: string; itemId: string; code: string; state: SerialState; warehouseId: string | null }

export async function serialsByCode(tx: Tx, itemIds: readonly string[], codes: readonly string[]): Promise<Serial[]> {
  return tx.$queryRaw<Serial[]>`
    select id, item_id as "itemId", code, state, warehouse_id as "warehouseId" from serial
    where item_id = any(${[...itemIds]}::uuid[]) and code = any(${[...codes]}::text[])`
}

export async function serialsById(tx: Tx, ids: readonly string[]): Promise<Map<string, Serial>> {
  const rows = await tx.$queryRaw<Serial[]>`
    select id, item_id as "itemId", code, state, warehouse_id as "warehouseId" from serial where id = any(${[...ids]}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}

/** Makes serial numbers known that are not yet; they are in no warehouse until a move brings them in. */
export async function knowSerials(tx: Tx, serials: readonly { itemId: string; code: string }[]): Promise<void> {
  if (serials.length === 0) return
  const rows = JSON.stringify(serials.map((serial) => ({ ...serial, id: newId() })))
  await tx.$executeRaw`
    insert into serial (id, item_id, code, state)
    select id, "itemId", code, 'gone' from jsonb_to_recordset(${rows}::jsonb) as s(id uuid, "itemId" uuid, code text)
    on conflict (item_id, code) do nothing`
}
