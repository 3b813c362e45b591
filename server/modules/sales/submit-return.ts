import { Decimal, type Facts, type Input } from '#contract'
import type { ApprovalSettled } from '#facts/engines/approvals'
import { type Caller, systemCaller } from '#kernel/caller'
import { dayAt, daysBetween } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { closeApprovals, flowsFor, openApproval, tellFired } from '#server/engines/approvals'
import { decide, type Fired } from '#server/engines/rules'
import { customersByIds } from '#server/modules/parties'
import { refuseBlocked } from './blocked.ts'
import type { ReturnDetail, sales } from './contract.ts'
import { deliveriesOf } from './delivery-store.ts'
import type { ReturnApproved, ReturnRejected, ReturnSubmitted } from './facts.ts'
import { askedMove, asksApproval, isBlocked } from './judge-sale.ts'
import { moveReturn, returnBody } from './move-return.ts'
import { lockOrder } from './order-store.ts'
import { returnDeeds } from './policy.ts'
import { findReturn } from './sales-return-store.ts'
import type { SalesReturn } from './sales-return.model.ts'
import { returnDetail, returnView } from './sales-return-view.ts'
import { holdReturn, type Left, leftFor } from './see-return.ts'

type Endpoints = (typeof sales)['endpoints']

/** Asks for a return: what no rule asks about may be received at once. */
export async function submitReturn(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['submitReturn']>,
): Promise<ReturnDetail> {
  const { found, ...left } = await holdReturn(tx, caller, input, returnDeeds.submit)
  return returnDetail(tx, caller, await submittedReturn(tx, caller, found, left))
}

/** The rest, for a draft whose order is held. */
export async function submittedReturn(
  tx: Tx,
  caller: Caller,
  draft: SalesReturn,
  left: Pick<Left, 'lines' | 'notes'>,
): Promise<SalesReturn> {
  const { fired } = await judgeReturn(tx, caller, draft, left)
  if (isBlocked(fired)) await refuseBlocked(tx, caller, 'sales_return', fired)
  const flows = await flowsFor(tx, { document: 'sales_return', move: askedMove, fired })
  const fact: ReturnSubmitted = {
    name: 'sales.return-submitted',
    body: { ...returnBody(draft), needsApproval: flows.length > 0 },
  }
  const after: SalesReturn = { ...draft, state: 'submitted', reasons: fired }
  const submitted = await moveReturn(tx, caller, 'submit', { before: draft, after, facts: [fact] })
  const { id, number, ownerId } = submitted
  await tellFired(tx, caller, { document: 'sales_return', documentId: id, documentNumber: number, ownerId, fired })
  if (flows.length === 0) return approvedReturn(tx, caller, submitted)
  const approval = await openApproval(tx, caller, {
    document: 'sales_return',
    documentId: id,
    documentNumber: number,
    move: askedMove,
    flows,
    ownerId,
    facts: fired,
    summary: await returnView(tx, systemCaller(caller.at), submitted),
  })
  return moveReturn(tx, caller, 'ask', { before: submitted, after: { ...submitted, approvalId: approval.id } })
}

/** The goods may come: the warehouse is told. */
function approvedReturn(tx: Tx, caller: Caller, before: SalesReturn): Promise<SalesReturn> {
  const fact: ReturnApproved = { name: 'sales.return-approved', body: returnBody(before) }
  return moveReturn(tx, caller, 'approve', { before, after: { ...before, state: 'approved' }, facts: [fact] })
}

/** What an approval came to becomes of its return; one that it no longer waits for changes nothing. */
export async function settleReturn(tx: Tx, caller: Caller, { body }: ApprovalSettled): Promise<void> {
  const known = await findReturn(tx, body.documentId)
  if (!known) return
  await lockOrder(tx, known.orderId)
  const before = (await findReturn(tx, body.documentId))!
  if (before.state !== 'submitted' || before.approvalId !== body.approvalId) return
  if (body.outcome === 'approved') return void (await approvedReturn(tx, caller, before))
  if (body.outcome === 'rejected') {
    const fact: ReturnRejected = { name: 'sales.return-rejected', body: returnBody(before) }
    const after: SalesReturn = { ...before, state: 'rejected' }
    return void (await moveReturn(tx, caller, 'reject', { before, after, facts: [fact] }))
  }
  await backToDraft(tx, caller, before, body.outcome === 'returned' ? 'return' : 'withdraw')
}

const backToDraft = (tx: Tx, caller: Caller, before: SalesReturn, move: 'return' | 'withdraw'): Promise<SalesReturn> =>
  moveReturn(tx, caller, move, { before, after: { ...before, state: 'draft', approvalId: null } })

/** The seller takes a return back while it waits for approval. */
export async function withdrawReturn(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['withdrawReturn']>,
): Promise<ReturnDetail> {
  const { found } = await holdReturn(tx, caller, input, returnDeeds.withdraw)
  await closeApprovals(tx, caller, { document: 'sales_return', documentId: found.id })
  return returnDetail(tx, caller, await backToDraft(tx, caller, found, 'withdraw'))
}

/** The figures that rules decide by, and the rules that fire on them. */
async function judgeReturn(
  tx: Tx,
  caller: Caller,
  found: SalesReturn,
  left: Pick<Left, 'lines' | 'notes'>,
): Promise<{ facts: Facts; fired: Fired[] }> {
  const customer = (await customersByIds(tx, [found.customerId])).get(found.customerId)
  const delivered = Decimal.sum(0, ...[...left.lines.values()].map((line) => line.gross))
  const first = found.lines.flatMap((line) => left.notes.get(line.deliveryLineId)?.shippedOn ?? []).sort()[0]
  const facts: Facts = {
    'return.gross': found.grossTotal,
    'return.percent': delivered.isZero() ? new Decimal(0) : found.grossTotal.times(100).div(delivered),
    'return.days': first ? daysBetween(first, dayAt(caller.at)) : 0,
    'return.reason': found.reason,
    'return.lines': found.lines.length,
    'customer.level': customer?.level ?? '',
    custom: found.custom,
  }
  return { facts, fired: await decide(tx, { document: 'sales_return', event: askedMove, facts }) }
}

/** What approvals ask about a return: whether the rules still want it approved, and by which facts. */
export async function reassessReturn(tx: Tx, caller: Caller, id: string): Promise<{ needed: boolean; facts: Fired[] }> {
  const found = await findReturn(tx, id)
  if (found?.state !== 'submitted') return { needed: false, facts: [] }
  const { fired } = await judgeReturn(tx, caller, found, leftFor(await deliveriesOf(tx, found.orderId)))
  return { needed: fired.some(asksApproval), facts: fired }
}

export async function returnFacts(tx: Tx, id: string): Promise<Facts> {
  const found = await findReturn(tx, id)
  if (!found) return {}
  const left = leftFor(await deliveriesOf(tx, found.orderId))
  return (await judgeReturn(tx, systemCaller(new Date()), found, left)).facts
}
