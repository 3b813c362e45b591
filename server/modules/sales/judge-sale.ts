import { Decimal, type Facts } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { decide, factFieldsOf, type Fired, showReasons } from '#server/engines/rules'
import { type Exposure, overdueOf } from '#server/modules/finance'
import type { CustomerFacts } from '#server/modules/parties'
import type { CreditStanding, Reason } from './contract.ts'
import { marginBands } from './margin-bands.ts'
import { type Judged, saleFacts, type Standing, usedPercent } from './order-facts.model.ts'
import type { FiredRule } from './order.model.ts'

/** The move that rules and approval flows of quotations and orders stand in front of. */
export const askedMove = 'submit'

type Sale = Omit<Judged, 'customer' | 'standing' | 'bands'>

/** Where a customer stands besides an amount that is already counted in his exposure. */
export async function standingOf(
  tx: Tx,
  { id, creditLimit }: CustomerFacts,
  day: Day,
  exposing: Exposure | Promise<Exposure>,
  counted = new Decimal(0),
): Promise<Standing> {
  const [{ ordered, owed, advance, exposure }, overdues] = await Promise.all([exposing, overdueOf(tx, [id], day)])
  const overdue = overdues.get(id)
  return {
    limit: creditLimit,
    ordered: ordered.minus(counted),
    owed,
    advance,
    exposure: exposure.minus(counted),
    overdue: { amount: overdue?.amount ?? new Decimal(0), days: overdue?.days ?? 0 },
  }
}

/** The figures that rules decide by, and the rules that fire on them. */
export async function judge(
  tx: Tx,
  document: 'sales_order' | 'quotation',
  sale: Sale,
  customer: CustomerFacts,
  standing: Standing,
): Promise<{ facts: Facts; fired: Fired[] }> {
  const facts = saleFacts({ ...sale, customer, standing, bands: await marginBands(tx) })
  return { facts, fired: await decide(tx, { document, event: askedMove, facts }) }
}

export const isBlocked = (fired: readonly FiredRule[]): boolean => fired.some((rule) => does(rule, 'block'))
export const asksApproval = (rule: FiredRule): boolean => does(rule, 'require_approval')
const does = (rule: FiredRule, effect: string): boolean => rule.actions.some((action) => action.do === effect)

/** Rules that fired as this caller may read them: what they do and say, and the figures he may see. */
export async function reasonsFor(
  tx: Tx,
  caller: Caller,
  document: string,
  fired: readonly FiredRule[],
): Promise<Reason[]> {
  if (fired.length === 0) return []
  const views = showReasons(caller, await factFieldsOf(tx, document), fired)
  return views.map((view, i) => ({
    ...view,
    effects: fired[i]!.actions.map((action) => action.do),
    words: fired[i]!.actions.flatMap((action) => action.words ?? []),
  }))
}

/** The customer's credit by its parts, before and with an amount; null for who may not see credit. */
export function creditView(caller: Caller, standing: Standing, amount: Decimal): CreditStanding | null {
  if (!canRead(caller, 'credit')) return null
  const after = standing.exposure.plus(amount)
  return {
    limit: standing.limit.toFixed(2),
    ordered: standing.ordered.toFixed(2),
    owed: standing.owed.toFixed(2),
    advance: standing.advance.toFixed(2),
    exposure: standing.exposure.toFixed(2),
    after: after.toFixed(2),
    usedPercent: usedPercent(after, standing.limit).toFixed(2),
    overdueAmount: standing.overdue.amount.toFixed(2),
    overdueDays: standing.overdue.days,
  }
}
