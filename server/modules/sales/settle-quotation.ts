import type { ApprovalSettled } from '#facts/engines/approvals'
import type { HoldExpired } from '#facts/modules/inventory'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Fired } from '#server/engines/rules'
import type { QuotationRejected } from './facts.ts'
import { asksApproval } from './judge-sale.ts'
import { moveQuotation, quotationBody } from './move-quotation.ts'
import { findQuotation, lockQuotation } from './quotation-store.ts'
import type { Quotation } from './quotation.model.ts'
import { approvedQuotation, judgeQuotation } from './submit-quotation.ts'

/** What an approval came to becomes of its quotation; one that it no longer waits for changes nothing. */
export async function settleQuotation(tx: Tx, caller: Caller, { body }: ApprovalSettled): Promise<void> {
  const before = await lockQuotation(tx, body.documentId)
  if (before?.state !== 'submitted' || before.approvalId !== body.approvalId) return
  if (body.outcome === 'approved') return void (await approvedQuotation(tx, caller, before))
  if (body.outcome === 'rejected') {
    const fact: QuotationRejected = { name: 'sales.quotation-rejected', body: quotationBody(before) }
    return void (await moveQuotation(tx, caller, 'reject', {
      before,
      after: { ...before, state: 'rejected' },
      facts: [fact],
    }))
  }
  await backToDraft(tx, caller, before, body.outcome === 'returned' ? 'return' : 'withdraw')
}

/** A submitted quotation is a draft again. */
export const backToDraft = (
  tx: Tx,
  caller: Caller,
  before: Quotation,
  move: 'return' | 'withdraw',
): Promise<Quotation> =>
  moveQuotation(tx, caller, move, { before, after: { ...before, state: 'draft', approvalId: null } })

/** The moment until which stock was held for a quotation has come: nothing is held for it any more. */
export async function endHold(tx: Tx, caller: Caller, { body }: HoldExpired): Promise<void> {
  if (body.sourceDocument !== 'quotation') return
  const before = await lockQuotation(tx, body.sourceId)
  if (!before?.heldUntil || before.heldUntil > caller.at) return
  await moveQuotation(tx, caller, 'release', { before, after: { ...before, heldUntil: null } })
}

/** What approvals ask about a quotation: whether the rules still want it approved, and by which facts. */
export async function reassessQuotation(
  tx: Tx,
  caller: Caller,
  id: string,
): Promise<{ needed: boolean; facts: Fired[] }> {
  const quotation = await findQuotation(tx, id)
  if (quotation?.state !== 'submitted') return { needed: false, facts: [] }
  const { fired } = await judgeQuotation(tx, caller, quotation)
  return { needed: fired.some(asksApproval), facts: fired }
}
