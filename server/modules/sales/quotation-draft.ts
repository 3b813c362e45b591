import { Decimal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { mergedCustom } from '#server/engines/forms'
import type { CustomerFacts } from '#server/modules/parties'
import type { QuotationLineInput } from './contract.ts'
import type { SoldLine } from './order.model.ts'
import { allowLines, kept, priceGoods, type WantedLine } from './price-goods.ts'
import { totalsOf } from './pricing.model.ts'
import type { Quotation } from './quotation.model.ts'

export const quotedLine = (line: QuotationLineInput): WantedLine => ({
  itemId: line.itemId,
  entered: line.entered,
  price: line.price == null ? null : new Decimal(line.price),
  priceNote: line.priceNote ?? '',
  custom: mergedCustom({}, line.custom),
})

/** Prices lines for a customer on the day of the call; what may not be sold is refused. */
export async function quotedLines(
  tx: Tx,
  caller: Caller,
  customer: CustomerFacts,
  wanted: readonly WantedLine[],
): Promise<SoldLine[]> {
  const lines = await priceGoods(tx, customer, dayAt(caller.at), wanted)
  allowLines(caller, lines)
  return lines.map(kept)
}

/** A quotation with these lines and what they add up to. */
export function quotedWith<T extends object>(quotation: T, lines: SoldLine[]) {
  const { net, tax, gross, cost } = totalsOf(lines)
  return { ...quotation, lines, netTotal: net, taxTotal: tax, grossTotal: gross, costTotal: cost }
}

type Start = Pick<Quotation, 'id' | 'warehouseId' | 'validUntil' | 'note' | 'custom'>

/** A new quotation. It belongs to whoever the customer belongs to. */
export const newQuotation = (caller: Caller, customer: CustomerFacts, start: Start, lines: SoldLine[]): Quotation =>
  quotedWith(
    {
      ...start,
      number: null,
      customerId: customer.id,
      ownerId: customer.ownerId,
      state: 'draft' as const,
      revision: 1,
      heldUntil: null,
      reasons: [],
      approvalId: null,
      orderId: null,
      version: 1,
      createdAt: caller.at,
      createdBy: caller.personId,
    },
    lines,
  )
