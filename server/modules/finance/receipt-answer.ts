import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readTimeline } from '#server/engines/audit'
import { documentFor, present, withOwnNames } from '#server/engines/forms'
import { namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { allocationsOfReceipt } from './allocation-store.ts'
import { receiptDocument, type ReceiptAnswer, type ReceiptView } from './contract.ts'
import { canDoWith, mayReadReceivables, seenCustomer } from './policy.ts'
import { effectiveDayOf, findReceipt, type ReceiptRow } from './receipt-store.ts'
import { shownAllocations } from './shown-allocations.ts'

/** A receipt, what it settles, and what happened to it. */
export async function receipt(tx: Tx, caller: Caller, { id }: { id: string }): Promise<ReceiptAnswer> {
  mayReadReceivables(caller)
  return receiptAnswer(tx, caller, await receiptSeenBy(tx, caller, id))
}

/** A receipt of somebody else's customer answers exactly as one that is not there. */
export async function receiptSeenBy(tx: Tx, caller: Caller, id: string): Promise<ReceiptRow> {
  const row = await findReceipt(tx, id)
  const isSeen = row && (await seenCustomer(tx, caller, row.customerId))
  if (!isSeen) throw new Refusal('not_found', { what: receiptDocument.label })
  return row
}

export async function receiptAnswer(tx: Tx, caller: Caller, row: ReceiptRow): Promise<ReceiptAnswer> {
  const [view] = await receiptViews(tx, caller, [row])
  return {
    receipt: view!,
    effectiveOn: await effectiveDayOf(tx, row.id),
    allocations: shownAllocations(caller, await allocationsOfReceipt(tx, row.id)),
    timeline: await readTimeline(tx, caller, await documentFor(tx, 'receipt'), row.id),
  }
}

/** Receipts as the caller may see them, with the names of whom they link to. */
export async function receiptViews(tx: Tx, caller: Caller, rows: readonly ReceiptRow[]): Promise<ReceiptView[]> {
  const document = await documentFor(tx, 'receipt')
  const customers = await customersByIds(
    tx,
    rows.map((row) => row.customerId),
  )
  const people = await namesOf(
    tx,
    rows.map((row) => row.createdBy),
  )
  const views = rows.map((row) => {
    const names = {
      customerId: customers.get(row.customerId)?.shortName ?? '',
      createdBy: people.get(row.createdBy) ?? '',
    }
    return present(document, caller, row, { can: canDoWith(caller, row), names })
  })
  return withOwnNames(tx, caller, document, views)
}
