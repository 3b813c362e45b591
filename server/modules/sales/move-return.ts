import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Fact, publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { saveReturn } from './sales-return-store.ts'
import type { SalesReturn } from './sales-return.model.ts'

/** Saves what a deed made of a return, writes it down, and tells of it. */
export async function moveReturn(
  tx: Tx,
  caller: Caller,
  action: string,
  { before, after, facts = [] }: { before: SalesReturn; after: SalesReturn; facts?: Fact[] },
): Promise<SalesReturn> {
  await saveReturn(tx, before.state, after)
  const saved = { ...after, version: before.version + 1 }
  await record(tx, caller, await documentFor(tx, 'sales_return'), { id: saved.id, action, before, after: saved })
  await publish(tx, caller, facts)
  return saved
}

/** What every fact about a return tells. */
export const returnBody = ({ id, number, orderId, customerId, ownerId, warehouseId }: SalesReturn) => ({
  returnId: id,
  number,
  orderId,
  customerId,
  ownerId,
  warehouseId,
})
