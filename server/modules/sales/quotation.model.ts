import type { Decimal } from '#contract'
import type { FiredRule, SoldLine } from './order.model.ts'
import type { QuotationState } from './quotation.document.ts'

export type Quotation = {
  id: string
  number: string | null
  customerId: string
  ownerId: string
  warehouseId: string
  state: QuotationState
  revision: number
  validUntil: string
  heldUntil: Date | null
  netTotal: Decimal
  taxTotal: Decimal
  grossTotal: Decimal
  costTotal: Decimal
  reasons: FiredRule[]
  approvalId: string | null
  note: string
  orderId: string | null
  custom: Record<string, unknown>
  version: number
  createdAt: Date
  createdBy: string
  lines: SoldLine[]
}

type Agreed = Pick<SoldLine, 'itemId' | 'quantity' | 'price'>

/** Whether an order takes what was quoted, and nothing else: the same goods, no more of them, no cheaper. */
export function isAsQuoted(ordered: readonly Agreed[], quoted: readonly Agreed[]): boolean {
  const left = [...quoted]
  return ordered.every((line) => {
    const i = left.findIndex(
      (one) => one.itemId === line.itemId && line.quantity.eq(one.quantity) && line.price.gte(one.price),
    )
    if (i >= 0) left.splice(i, 1)
    return i >= 0
  })
}
