import { Refusal } from '#contract'
import { type Caller, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { SoldLine } from './order.model.ts'
import { allowDeed, type Deed } from './policy.ts'
import { findQuotation, lockQuotation } from './quotation-store.ts'
import { quotation as document, type QuotationState } from './quotation.document.ts'
import { isAsQuoted, type Quotation } from './quotation.model.ts'

/** A quotation the caller may see; somebody else's answers exactly as one that is not there. */
export const seeQuotation = async (tx: Tx, caller: Caller, id: string): Promise<Quotation> =>
  seen(caller, await findQuotation(tx, id))

/** A quotation the caller may do something with, held until he has done it. */
export async function holdQuotationFor(
  tx: Tx,
  caller: Caller,
  { id, version }: { id: string; version: number },
  deed: Deed<QuotationState>,
): Promise<Quotation> {
  const found = seen(caller, await lockQuotation(tx, id))
  allowDeed(caller, document, deed, found.state)
  if (found.version !== version) throw new Refusal('stale')
  return found
}

function seen(caller: Caller, found: Quotation | undefined): Quotation {
  if (!found || !seesOwner(caller, 'quotation', found.ownerId)) throw new Refusal('not_found', { what: document.label })
  return found
}

/** Whether lines are those of the quotation that was agreed. */
export async function isAsQuotedBefore(tx: Tx, quotationId: string, lines: readonly SoldLine[]): Promise<boolean> {
  const quoted = await findQuotation(tx, quotationId)
  return quoted !== undefined && isAsQuoted(lines, quoted.lines)
}
