import { type Input, Refusal } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { nextNumber } from '#kernel/numbers'
import { flowsFor, openApproval, tellFired } from '#server/engines/approvals'
import type { Fired } from '#server/engines/rules'
import { exposureOf } from '#server/modules/finance'
import { activeCustomerFor, type CustomerFacts, customersByIds } from '#server/modules/parties'
import { refuseBlocked } from './blocked.ts'
import type { QuotationAnswer, sales } from './contract.ts'
import type { QuotationApproved, QuotationSubmitted } from './facts.ts'
import { askedMove, isBlocked, judge, standingOf } from './judge-sale.ts'
import { moveQuotation, quotationBody } from './move-quotation.ts'
import { sameLine } from './order-draft.ts'
import { quotationDeeds } from './policy.ts'
import { totalsOf } from './pricing.model.ts'
import { quotedLines, quotedWith } from './quotation-draft.ts'
import { saveQuotation, saveQuotationMove } from './quotation-store.ts'
import { quotationAnswer, quotationView } from './quotation-view.ts'
import type { Quotation } from './quotation.model.ts'
import { holdQuotationFor } from './see-quotation.ts'

type SubmitQuotation = Input<(typeof sales)['endpoints']['submitQuotation']>

/** Submits a quotation: within the seller's limits it may go to the customer at once, beyond them somebody must agree. */
export async function submitQuotation(tx: Tx, caller: Caller, input: SubmitQuotation): Promise<QuotationAnswer> {
  const before = await holdQuotationFor(tx, caller, input, quotationDeeds.submit)
  const customer = await activeCustomerFor(tx, caller, before.customerId)
  const lines = await quotedLines(tx, caller, customer, before.lines.map(sameLine))
  const repriced: Quotation = quotedWith(before, lines)
  await saveQuotation(tx, 'draft', repriced)
  const saved = { ...repriced, version: before.version + 1 }
  return quotationAnswer(tx, caller, await submittedQuotation(tx, caller, saved, customer))
}

/** The rest, for a draft whose prices are those of this moment. */
export async function submittedQuotation(
  tx: Tx,
  caller: Caller,
  draft: Quotation,
  customer: CustomerFacts,
): Promise<Quotation> {
  if (draft.validUntil < dayAt(caller.at)) throw new Refusal('quotation_expired', { day: draft.validUntil })
  const { standing, fired } = await judgeQuotation(tx, caller, draft, customer)
  if (isBlocked(fired)) await refuseBlocked(tx, caller, 'quotation', fired, standing, draft.lines)

  const number = draft.number ?? (await nextNumber('QT', caller.at))
  const flows = await flowsFor(tx, { document: 'quotation', move: askedMove, fired })
  const after: Quotation = { ...draft, number, state: 'submitted', reasons: fired }
  const body = { ...quotationBody(after), needsApproval: flows.length > 0 }
  const fact: QuotationSubmitted = { name: 'sales.quotation-submitted', body }
  const submitted = await moveQuotation(tx, caller, 'submit', { before: draft, after, facts: [fact] })
  const { id, ownerId } = submitted
  await tellFired(tx, caller, { document: 'quotation', documentId: id, documentNumber: number, ownerId, fired })
  return flows.length === 0 ? approvedQuotation(tx, caller, submitted) : waiting(tx, caller, submitted, fired, flows)
}

async function waiting(
  tx: Tx,
  caller: Caller,
  quotation: Quotation,
  fired: Fired[],
  flows: string[],
): Promise<Quotation> {
  const { id } = await openApproval(tx, caller, {
    document: 'quotation',
    documentId: quotation.id,
    documentNumber: quotation.number ?? '',
    move: askedMove,
    flows,
    ownerId: quotation.ownerId,
    facts: fired,
    summary: await quotationView(tx, systemCaller(caller.at), quotation),
  })
  const asked = { ...quotation, approvalId: id }
  await saveQuotationMove(tx, 'submitted', asked)
  return { ...asked, version: quotation.version + 1 }
}

/** The quotation may go to the customer. */
export async function approvedQuotation(tx: Tx, caller: Caller, quotation: Quotation): Promise<Quotation> {
  const fact: QuotationApproved = { name: 'sales.quotation-approved', body: quotationBody(quotation) }
  const after: Quotation = { ...quotation, state: 'approved' }
  return moveQuotation(tx, caller, 'approve', { before: quotation, after, facts: [fact] })
}

/** The figures and rules of this moment; a quotation counts in nobody's exposure. */
export async function judgeQuotation(tx: Tx, caller: Caller, quotation: Quotation, known?: CustomerFacts) {
  const customer = known ?? (await customersByIds(tx, [quotation.customerId])).get(quotation.customerId)!
  const exposure = (await exposureOf(tx, [customer.id])).get(customer.id)!
  const standing = await standingOf(tx, customer, dayAt(caller.at), exposure)
  const sale = {
    totals: totalsOf(quotation.lines),
    lines: quotation.lines,
    isShort: false,
    isAgreed: false,
    custom: quotation.custom,
  }
  return { standing, ...(await judge(tx, 'quotation', sale, customer, standing)) }
}
