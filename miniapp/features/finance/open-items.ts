import { financeApi } from './api.ts'
import type { OpenItem } from './allocation.ts'

/** As many as one answer may hold; whoever owes more documents than that settles the oldest first. */
export const openItemsMax = 100

/** What a customer owes, earliest due first. */
export async function openItemsOf(customerId: string, signal: AbortSignal): Promise<OpenItem[]> {
  const { rows } = await financeApi.receivables({ customerId, limit: openItemsMax }, { signal })
  return rows.map(({ id, sourceNumber, dueOn, open, overdueDays }) => ({
    id,
    number: sourceNumber ?? '',
    dueOn: dueOn ?? '',
    open: open ?? '0.00',
    overdueDays: overdueDays ?? 0,
  }))
}
