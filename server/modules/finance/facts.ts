import type { Fact } from '#kernel/events'
import type { FinanceSettings } from './contract.ts'

/** Something is owed from now on: instalments of a delivery, or an opening balance. */
export type ReceivableRaised = Fact<
  'finance.receivable-raised',
  {
    customerId: string
    source: { document: string; id: string; number: string }
    orderId: string | null
    amount: string
    receivableIds: string[]
  }
>

export type ReceiptPosted = Fact<
  'finance.receipt-posted',
  { receiptId: string; number: string; customerId: string; amount: string; unallocated: string }
>

export type ReceiptAllocated = Fact<
  'finance.receipt-allocated',
  { receiptId: string; number: string; customerId: string; amount: string; unallocated: string }
>

/** What it had settled is owed again. */
export type ReceiptReversed = Fact<
  'finance.receipt-reversed',
  { receiptId: string; number: string; customerId: string; amount: string }
>

/** The books are closed until `until`; null: nothing is closed. */
export type PeriodClosed = Fact<'finance.period-closed', { before: string | null; until: string }>
export type PeriodOpened = Fact<'finance.period-opened', { before: string; until: string | null }>

export type SettingsChanged = Fact<'finance.settings-changed', { before: FinanceSettings; after: FinanceSettings }>

type Reminder = {
  customerId: string
  /** The seller whose customer it is. */
  ownerId: string
  /** 'before-7', 'overdue-15', … */
  stage: string
  /** To whom the stage goes: the owner, his manager, or the director of finance. */
  audience: 'owner' | 'manager' | 'director'
  receivableIds: string[]
  amount: string
  oldestDueOn: string
}
export type PaymentDue = Fact<'finance.payment-due', Reminder>
export type PaymentOverdue = Fact<'finance.payment-overdue', Reminder>
