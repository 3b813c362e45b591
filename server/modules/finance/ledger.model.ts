import type { Decimal } from '#contract'

/** The document that a ledger line comes from. */
export type Source = { document: string; id: string; number: string }

/** How a debt began: by a balance from before, by a delivery, or, where the company says so, by a confirmed order. */
export type RaisedKind = 'opening' | 'delivery' | 'order'

/** A line of the receivables ledger; a positive amount means that the customer owes more. */
export type Entry = {
  kind: RaisedKind | 'receipt' | 'allocation' | 'release' | 'reversal' | 'return' | 'return_reversal'
  receivableId: string | null
  receiptId: string | null
  amount: Decimal
  source: Source
  /** The day it takes effect. */
  on: string
  /** The day of its document, where that lies in a closed period. */
  documentOn?: string | null
}

export const raisedKind = ({ document }: Source): RaisedKind =>
  document === 'opening' ? 'opening' : document === 'delivery' ? 'delivery' : 'order'
