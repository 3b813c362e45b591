import { Decimal, Refusal } from '#contract'
import type { ReceivableView } from '#contract/modules/finance'

/** Where on the form a refusal belongs: the day whose books are closed, or the item that is open by less than was written. */
export type Place = { field: 'receivedOn' } | { field: 'allocations'; itemId?: string }

const ofDay = ['closed_period', 'day_ahead']
const ofAllocation = ['over_allocated', 'receipt_exhausted']

export function placeOf(error: unknown, items: readonly ReceivableView[]): Place | undefined {
  if (!(error instanceof Refusal)) return undefined
  if (ofDay.includes(error.code)) return { field: 'receivedOn' }
  if (!ofAllocation.includes(error.code)) return undefined
  const { number, open } = error.facts
  // Instalments of one order bear one number; the one with less open than was written is meant.
  const named = items.filter((item) => item.sourceNumber === number)
  const item = named.find((one) => one.open && new Decimal(one.open).eq(String(open))) ?? named[0]
  return { field: 'allocations', itemId: item?.id }
}
