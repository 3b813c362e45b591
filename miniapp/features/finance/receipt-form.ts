import { Money, type Output } from '#contract'
import { type finance, paymentMethods } from '#contract/modules/finance'
import { type AllocationPlan, newPlan, type OpenItem, sentAllocations } from './allocation-editor.ts'
import type { financeApi } from './api.ts'

/** A receipt being written, as it is kept on the device until the server has it. */
export type ReceiptForm = {
  customerId: string | null
  customerName: string
  amount: string | null
  method: string | null
  receivedOn: string | null
  reference: string | null
  note: string | null
  custom: Record<string, unknown>
  plan: AllocationPlan
  /** Its day lies in a closed period, and it is to take effect in the next. */
  intoNextPeriod?: boolean
}
export type Posted = Output<(typeof finance)['endpoints']['postReceipt']>
type PostReceipt = Parameters<typeof financeApi.postReceipt>[0]

export const newReceipt = (day: string): ReceiptForm => ({
  customerId: null,
  customerName: '',
  amount: null,
  method: 'bank',
  receivedOn: day,
  reference: null,
  note: null,
  custom: {},
  plan: newPlan(),
})

export type Missing = 'customerNeeded' | 'amountNeeded' | 'notMoney' | 'amountPositive' | 'methodNeeded' | 'dayNeeded'

/** What is still to be filled in, by field. */
export function missingIn({ customerId, amount, method, receivedOn }: ReceiptForm): Record<string, Missing> {
  return {
    ...(customerId ? {} : { customerId: 'customerNeeded' as const }),
    ...amountMissing(amount),
    ...(method ? {} : { method: 'methodNeeded' as const }),
    ...(receivedOn ? {} : { receivedOn: 'dayNeeded' as const }),
  }
}

function amountMissing(typed: string | null): Record<string, Missing> {
  if (!typed?.trim()) return { amount: 'amountNeeded' }
  const amount = Money.safeParse(typed)
  if (!amount.success) return { amount: 'notMoney' }
  return /[1-9]/.test(amount.data) && !amount.data.startsWith('-') ? {} : { amount: 'amountPositive' }
}

const methodOf = (value: string | null) => paymentMethods.find((option) => option.value === value)?.value

/** As the contract wants it; what is missing was marked before. */
export function sentReceipt(form: ReceiptForm, id: string, items: readonly OpenItem[]): PostReceipt {
  return {
    id,
    customerId: form.customerId ?? '',
    amount: form.amount ?? '',
    method: methodOf(form.method) ?? 'bank',
    receivedOn: form.receivedOn ?? '',
    ...(form.reference ? { reference: form.reference } : {}),
    ...(form.note ? { note: form.note } : {}),
    ...(Object.keys(form.custom).length > 0 ? { custom: form.custom } : {}),
    allocations: sentAllocations(form.plan, items),
    ...(form.intoNextPeriod ? { intoNextPeriod: true } : {}),
  }
}
