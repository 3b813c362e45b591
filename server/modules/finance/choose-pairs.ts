import type { Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { asTold, oldestFirst, type OpenReceipt, type Pair } from './allocation.model.ts'
import type { Allocate } from './contract.ts'
import { openItems } from './receivable-store.ts'

/** What a receipt is to settle, as somebody chose. The caller holds the customer's exposure, so nothing moves meanwhile. */
export async function choosePairs(
  tx: Tx,
  customerId: string,
  receipt: OpenReceipt,
  allocate: Allocate,
  from: Day,
): Promise<Pair[]> {
  if (allocate === 'none') return []
  if (allocate === 'oldest') return oldestFirst([receipt], await openItems(tx, customerId), from)
  const named = await openItems(
    tx,
    customerId,
    allocate.map(({ receivableId }) => receivableId),
  )
  return asTold(receipt, allocate, named, from)
}
