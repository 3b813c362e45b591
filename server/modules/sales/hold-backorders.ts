import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { reserve } from '#server/modules/inventory'
import { plannedOf } from './delivery-store.ts'
import type { BackorderHeld } from './facts.ts'
import { findOrders, lockShortOrders, saveProgress } from './order-store.ts'
import { auditedOrder } from './order-view.ts'
import { type Order, shortOf } from './order.model.ts'
import { factBody, planDeliveries } from './plan-delivery.ts'

/** Goods have become free: orders that wait for them get them, the oldest first. */
export async function holdBackorders(tx: Tx, caller: Caller, itemIds: readonly string[]): Promise<void> {
  for (const order of await findOrders(tx, await lockShortOrders(tx, itemIds)))
    await holdMore(tx, caller, order, itemIds)
}

async function holdMore(tx: Tx, caller: Caller, before: Order, itemIds: readonly string[]): Promise<void> {
  const short = before.lines.filter((line) => itemIds.includes(line.itemId) && shortOf(line).gt(0))
  const wanted = short.map((line) => ({
    lineId: line.id,
    itemId: line.itemId,
    warehouseId: line.warehouseId,
    quantity: shortOf(line),
  }))
  const source = { document: 'sales_order', id: before.id, number: before.number ?? '' }
  const held = (await reserve(tx, caller, { source, lines: wanted, partial: true })).filter((line) =>
    line.reserved.gt(0),
  )
  if (held.length === 0) return

  const lines = before.lines.map((line) => {
    const more = held.find((one) => one.lineId === line.id)
    if (!more) return line
    return {
      ...line,
      reserved: line.reserved.plus(more.reserved),
      promisedOn: more.short.gt(0) ? line.promisedOn : null,
    }
  })
  const after = { ...before, lines }
  await saveProgress(tx, lines)
  const deed = { id: after.id, action: 'reserve', before: auditedOrder(before), after: auditedOrder(after) }
  await record(tx, caller, await documentFor(tx, 'sales_order'), deed)
  const fact: BackorderHeld = {
    name: 'sales.backorder-held',
    body: {
      ...factBody(after),
      lines: held.map(({ lineId, reserved }) => ({
        lineId,
        itemId: lines.find((line) => line.id === lineId)!.itemId,
        quantity: reserved.toFixed(),
      })),
    },
  }
  await publish(tx, caller, [fact])
  if (after.state !== 'submitted') await planDeliveries(tx, caller, after, await plannedOf(tx, after.id))
}
