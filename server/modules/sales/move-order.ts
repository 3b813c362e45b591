import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Fact, publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { saveMove } from './order-store.ts'
import { auditedOrder } from './order-view.ts'
import type { Order } from './order.model.ts'
import type { orderMoves } from './sales-order.document.ts'

/** Saves what a move made of an order, writes it down, and tells of it. */
export async function moveOrder(
  tx: Tx,
  caller: Caller,
  move: keyof typeof orderMoves,
  { before, after, facts }: { before: Order; after: Order; facts: Fact[] },
): Promise<Order> {
  await saveMove(tx, before.state, after)
  const saved = { ...after, version: before.version + 1 }
  const deed = { id: saved.id, action: move, before: auditedOrder(before), after: auditedOrder(saved) }
  await record(tx, caller, await documentFor(tx, 'sales_order'), deed)
  await publish(tx, caller, facts)
  return saved
}
