import { Decimal, Money, toMoney } from '#contract'
import type { Allocate } from '#contract/modules/finance'

/** How money is set against what is open: oldest first, as somebody wrote item by item, or not at all. */
export type AllocationMode = 'oldest' | 'told' | 'none'
export type AllocationPlan = {
  mode: AllocationMode
  /** What was written for an item, as it was typed. */
  told: Record<string, string>
}
export type OpenItem = { id: string; open: string }
export type ItemIssue = 'notMoney' | 'tooMuch'

const zero = new Decimal(0)
export const newPlan = (): AllocationPlan => ({ mode: 'oldest', told: {} })

/** An amount as it is being typed; undefined while it is not one. Nothing typed is nothing. */
export function amountOf(typed: string | null | undefined): Decimal | undefined {
  if (!typed?.trim()) return zero
  const amount = Money.safeParse(typed)
  return amount.success && !amount.data.startsWith('-') ? new Decimal(amount.data) : undefined
}

/** What each item gets when what is due first is settled first; `items` come in that order. */
export function oldestFirst(amount: Decimal, items: readonly OpenItem[]): Record<string, string> {
  let left = amount
  const given: Record<string, string> = {}
  for (const { id, open } of items) {
    const part = Decimal.min(left, open)
    if (part.lte(0)) continue
    given[id] = toMoney(part)
    left = left.minus(part)
  }
  return given
}

/** What stands beside each item: proposed, or as it was typed. */
export function shownAllocations(plan: AllocationPlan, amount: Decimal, items: readonly OpenItem[]) {
  if (plan.mode === 'none') return {}
  return plan.mode === 'told' ? plan.told : oldestFirst(amount, items)
}

export function itemIssue(typed: string | undefined, open: string): ItemIssue | undefined {
  const amount = amountOf(typed)
  if (!amount) return 'notMoney'
  return amount.gt(open) ? 'tooMuch' : undefined
}

/** Writing at one item keeps what is proposed for the others. */
export function withTyped(
  plan: AllocationPlan,
  amount: Decimal,
  items: readonly OpenItem[],
  id: string,
  typed: string,
): AllocationPlan {
  return { mode: 'told', told: { ...shownAllocations(plan, amount, items), [id]: typed } }
}

/** What is left for one item when the others keep theirs. */
export function restFor(plan: AllocationPlan, amount: Decimal, items: readonly OpenItem[], item: OpenItem): string {
  const shown = shownAllocations(plan, amount, items)
  const others = items.filter(({ id }) => id !== item.id).map(({ id }) => amountOf(shown[id]) ?? zero)
  const left = amount.minus(Decimal.sum(0, ...others))
  return toMoney(Decimal.max(0, Decimal.min(left, item.open)))
}

export type Sums = { settled: Decimal; advance: Decimal; beyond: Decimal }

/** What is settled, what stays as an advance, and how much more than there is was written. */
export function sumsOf(plan: AllocationPlan, amount: Decimal, items: readonly OpenItem[]): Sums {
  const shown = shownAllocations(plan, amount, items)
  const settled = Decimal.sum(0, ...items.map(({ id }) => amountOf(shown[id]) ?? zero))
  const left = amount.minus(settled)
  return { settled, advance: Decimal.max(0, left), beyond: Decimal.max(0, left.neg()) }
}

/** Whether the plan can be sent as it stands. */
export const isSound = (plan: AllocationPlan, amount: Decimal, items: readonly OpenItem[]): boolean =>
  plan.mode !== 'told' ||
  (sumsOf(plan, amount, items).beyond.isZero() && items.every(({ id, open }) => !itemIssue(plan.told[id], open)))

/** As it is sent: only items that get something. Nothing at all is an advance. */
export function sentAllocations({ mode, told }: AllocationPlan, items: readonly OpenItem[]): Allocate {
  if (mode !== 'told') return mode
  const given = items.flatMap(({ id }) => {
    const amount = amountOf(told[id])
    return amount?.gt(0) ? [{ receivableId: id, amount: toMoney(amount) }] : []
  })
  return given.length > 0 ? given : 'none'
}
