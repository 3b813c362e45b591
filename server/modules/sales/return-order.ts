import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { OrderReturned } from './facts.ts'
import { givenBack } from './give-back.ts'
import { moveOrder } from './move-order.ts'
import type { Order } from './order.model.ts'
import { factBody } from './plan-delivery.ts'

/** A submitted order is a draft again: withdrawn, returned by an approver, or no longer allowed by a rule. */
export async function returnToDraft(
  tx: Tx,
  caller: Caller,
  order: Order,
  why: OrderReturned['body']['why'],
): Promise<Order> {
  const returned = { ...(await givenBack(tx, order)), state: 'draft' as const, approvalId: null }
  const fact: OrderReturned = { name: 'sales.order-returned', body: { ...factBody(order), why } }
  return moveOrder(tx, caller, why === 'withdrawn' ? 'withdraw' : 'return', {
    before: order,
    after: returned,
    facts: [fact],
  })
}
