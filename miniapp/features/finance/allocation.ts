import { Decimal } from '#contract'
import type { Allocate } from '#contract/modules/finance'

/** A receivable that money can be set against. */
export type OpenItem = { id: string; number: string; dueOn: string; open: string; overdueDays: number }
/** What is typed against each receivable, by its id. */
export type Shares = Record<string, string>

const zero = new Decimal(0)
const isAmount = (text: string): boolean => /^\d+(\.\d{1,2})?$/.test(text.trim())
/** What is typed as an amount; nothing, while it is none. */
export const amountOf = (text: string | undefined): Decimal => (text && isAmount(text) ? new Decimal(text.trim()) : zero)

const byDueDay = (a: OpenItem, b: OpenItem): number => (a.dueOn + a.id < b.dueOn + b.id ? -1 : 1)

/** Sets an amount against what is due first, as the server would by itself. */
export function oldestFirst(items: readonly OpenItem[], amount: string): Shares {
  let left = amountOf(amount)
  const shares: Shares = {}
  for (const { id, open } of [...items].sort(byDueDay)) {
    const share = Decimal.min(left, open)
    if (share.gt(0)) shares[id] = share.toFixed(2)
    left = left.minus(Decimal.max(share, 0))
  }
  return shares
}

export const totalOf = (shares: Shares): Decimal => Decimal.sum(0, ...Object.values(shares).map(amountOf))

/** What of an amount is not set against anything: kept as an advance, or too little when it is below zero. */
export const leftOf = (amount: string, shares: Shares): string => amountOf(amount).minus(totalOf(shares)).toFixed(2)

/** The share a receivable gets when it is ticked: what is open of it, as far as the money goes. */
export function shareFor(item: OpenItem, amount: string, shares: Shares): string {
  const left = amountOf(amount).minus(totalOf({ ...shares, [item.id]: '' }))
  return Decimal.max(0, Decimal.min(left, item.open)).toFixed(2)
}

export type AllocationIssue = 'notAnAmount' | 'moreThanOpen' | 'moreThanReceived'

/** What stands in the way of one share; of all of them that there is more than was received. */
export function issueOf(item: OpenItem, shares: Shares): AllocationIssue | undefined {
  const typed = shares[item.id]
  if (!typed) return undefined
  if (!isAmount(typed)) return 'notAnAmount'
  return amountOf(typed).gt(item.open) ? 'moreThanOpen' : undefined
}
export function issueOfAll(items: readonly OpenItem[], amount: string, shares: Shares): AllocationIssue | undefined {
  const ofOne = items.map((item) => issueOf(item, shares)).find(Boolean)
  return ofOne ?? (totalOf(shares).gt(amountOf(amount)) ? 'moreThanReceived' : undefined)
}

const same = (a: Shares, b: Shares): boolean =>
  [...Object.keys(a), ...Object.keys(b)].every((id) => amountOf(a[id]).eq(amountOf(b[id])))

/** As it is sent: the usual order where nobody has changed it, so that what fell due meanwhile counts too. */
export function asTold(items: readonly OpenItem[], amount: string, shares: Shares): Allocate {
  if (totalOf(shares).isZero()) return 'none'
  if (same(shares, oldestFirst(items, amount))) return 'oldest'
  return Object.entries(shares).flatMap(([receivableId, typed]) => {
    const share = amountOf(typed)
    return share.gt(0) ? [{ receivableId, amount: share.toFixed(2) }] : []
  })
}
