import { Decimal, type Decided } from '#contract'
import type { Reason } from '#contract/engines/rules'

/** Whether facts have changed so that an approver must look again: another rule fires, or a figure is worse than he saw. */
export const isDecisive = (seen: readonly Reason[], now: readonly Reason[]): boolean =>
  now.some((reason) => {
    const before = seen.find((one) => one.rule === reason.rule)
    return !before || reason.because.some((clause) => isWorse(before.because, clause))
  })

function isWorse(seen: readonly Decided[], now: Decided): boolean {
  const before = seen.find((clause) => clause.field === now.field && clause.is === now.is)
  if (!before) return true
  const step = gap(now)?.minus(gap(before) ?? 0)
  if (!step || gap(before) === null) return !sameFigures(before, now)
  // How far beyond the limit: more of it is worse above an upper limit, less of it below a lower one.
  if (now.is === 'gt' || now.is === 'gte') return step.gt(0)
  if (now.is === 'lt' || now.is === 'lte') return step.lt(0)
  return !step.isZero()
}

/** How far the figure lies beyond its limit; null when one of them is no number. */
function gap({ actual, limit }: Decided): Decimal | null {
  if (![actual, limit].every((value) => /^-?\d+(\.\d+)?$/.test(String(value)))) return null
  return new Decimal(String(actual)).minus(String(limit))
}

/** The rules that stand otherwise than they were shown, those that fire now first. */
export function changedRules(
  seen: readonly Reason[],
  now: readonly Reason[],
): { before: Reason | null; now: Reason | null }[] {
  const pair = (rule: string) => ({
    before: seen.find((one) => one.rule === rule) ?? null,
    now: now.find((one) => one.rule === rule) ?? null,
  })
  const keys = [...new Set([...now, ...seen].map((reason) => reason.rule))]
  return keys
    .map(pair)
    .filter(({ before, now: after }) => !before || !after || !sameClauses(before.because, after.because))
}

// Field by field: what comes back from the database has its keys in another order.
const sameClauses = (a: readonly Decided[], b: readonly Decided[]): boolean =>
  a.length === b.length &&
  a.every((clause, i) => {
    const other = b[i]
    return (
      clause.field === other?.field &&
      clause.is === other.is &&
      clause.held === other.held &&
      sameFigures(clause, other)
    )
  })

const sameFigures = (a: Decided, b: Decided): boolean =>
  JSON.stringify([a.actual, a.limit]) === JSON.stringify([b.actual, b.limit])
