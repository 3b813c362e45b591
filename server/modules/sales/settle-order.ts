import type { ApprovalSettled } from '#facts/engines/approvals'
import { type Caller, systemCaller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { approvalsActions, flowsFor } from '#server/engines/approvals'
import type { Fired } from '#server/engines/rules'
import { exposureOf, lockExposure } from '#server/modules/finance'
import { type CustomerFacts, customersByIds } from '#server/modules/parties'
import { confirmed } from './confirm-order.ts'
import type { OrderRejected } from './facts.ts'
import { givenBack } from './give-back.ts'
import { askedMove, asksApproval, isBlocked, judge, standingOf } from './judge-sale.ts'
import { moveOrder } from './move-order.ts'
import { findOrder, lockOrder } from './order-store.ts'
import type { Standing } from './order-facts.model.ts'
import type { Order } from './order.model.ts'
import { factBody } from './plan-delivery.ts'
import { returnToDraft } from './return-order.ts'
import { saleOf, waiting } from './submit-order.ts'

/** What an approval came to becomes of its order; one that the order no longer waits for changes nothing. */
export async function settleOrder(tx: Tx, caller: Caller, { body }: ApprovalSettled): Promise<void> {
  const order = await lockOrder(tx, body.documentId)
  if (order?.state !== 'submitted' || order.approvalId !== body.approvalId) return
  switch (body.outcome) {
    case 'approved':
      return confirmUnlessWorse(tx, caller, order, body)
    case 'rejected':
      return rejected(tx, caller, order)
    case 'returned':
      return void (await returnToDraft(tx, caller, order, 'returned'))
    case 'withdrawn':
      return void (await returnToDraft(tx, caller, order, 'withdrawn'))
  }
}

/**
 * Between the decision and this moment something else may have used the credit: what now fires and the approvers have not
 * seen is asked anew, or sends the order back.
 */
async function confirmUnlessWorse(
  tx: Tx,
  caller: Caller,
  order: Order,
  approval: ApprovalSettled['body'],
): Promise<void> {
  await lockExposure(tx, order.customerId)
  const { fired } = await judgeOrder(tx, caller, order)
  if (isBlocked(fired)) return void (await returnToDraft(tx, caller, order, 'blocked'))
  const { reasons } = await approvalsActions.approval(tx, caller, { id: approval.approvalId })
  const unseen = fired.filter((rule) => asksApproval(rule) && !reasons.some((seen) => seen.rule === rule.rule))
  if (unseen.length === 0) return void (await confirmed(tx, caller, order))
  const flows = await flowsFor(tx, { document: 'sales_order', move: askedMove, fired: unseen })
  await waiting(tx, systemCaller(caller.at, approval.openedBy), order, fired, flows)
}

async function rejected(tx: Tx, caller: Caller, order: Order): Promise<void> {
  const after: Order = { ...(await givenBack(tx, order)), state: 'rejected' }
  const fact: OrderRejected = { name: 'sales.order-rejected', body: factBody(order) }
  await moveOrder(tx, caller, 'reject', { before: order, after, facts: [fact] })
}

/** Where the customer of an order stands besides the order itself. */
export async function standingOfOrder(
  tx: Tx,
  caller: Caller,
  order: Order,
): Promise<{ customer: CustomerFacts; standing: Standing }> {
  const [customers, exposures] = await Promise.all([
    customersByIds(tx, [order.customerId]),
    exposureOf(tx, [order.customerId]),
  ])
  const customer = customers.get(order.customerId)!
  const exposure = exposures.get(order.customerId)!
  return { customer, standing: await standingOf(tx, customer, dayAt(caller.at), exposure, order.exposed) }
}

/** The figures and rules of this moment for an order that is there already. */
export async function judgeOrder(tx: Tx, caller: Caller, order: Order) {
  const { customer, standing } = await standingOfOrder(tx, caller, order)
  return judge(tx, 'sales_order', await saleOf(tx, order), customer, standing)
}

/** What approvals ask about an order: whether the rules still want it approved, and by which facts. */
export async function reassessOrder(
  tx: Tx,
  caller: Caller,
  orderId: string,
): Promise<{ needed: boolean; facts: Fired[] }> {
  const order = await findOrder(tx, orderId)
  if (order?.state !== 'submitted') return { needed: false, facts: [] }
  const { fired } = await judgeOrder(tx, caller, order)
  return { needed: fired.some(asksApproval), facts: fired }
}
