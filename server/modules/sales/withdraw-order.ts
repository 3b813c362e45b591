import type { Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { closeApprovals } from '#server/engines/approvals'
import type { OrderAnswer, sales } from './contract.ts'
import { returnToDraft } from './return-order.ts'
import { orderAnswer } from './order-view.ts'
import { orderDeeds } from './policy.ts'
import { holdOrder } from './see-order.ts'

/** The seller takes an order back while it waits for approval: nobody is asked any more, and nothing is held. */
export async function withdrawOrder(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof sales)['endpoints']['withdrawOrder']>,
): Promise<OrderAnswer> {
  const order = await holdOrder(tx, caller, input, orderDeeds.withdraw)
  await closeApprovals(tx, caller, { document: 'sales_order', documentId: order.id })
  return orderAnswer(tx, caller, await returnToDraft(tx, caller, order, 'withdrawn'))
}
