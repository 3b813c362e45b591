import { type Decided, type Facts, type Fields, holds } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { factFieldsOf, flatFacts, kept, type Reason, showReasons } from '#server/engines/rules'
import type { Approval } from './approval.model.ts'
import type { FactChange } from './contract.ts'
import { changedRules } from './facts-change.model.ts'
import { subjectOf } from './subjects.ts'

/** What has changed between the facts that were shown and those of now, in words, for one viewer. */
export async function factChanges(
  tx: Tx,
  caller: Caller,
  approval: Approval,
  seen: readonly Reason[],
  now: readonly Reason[],
): Promise<FactChange[]> {
  const changed = changedRules(seen, now)
  if (changed.length === 0) return []
  const fields = await factFieldsOf(tx, approval.document)
  const facts = flatFacts(await subjectOf(approval.document).conditionFacts(tx, approval.documentId))
  const said = (reason: Reason | null) =>
    reason && (showReasons(caller, fields, [reason])[0]?.clauses.map((clause) => clause.words) ?? [])
  return changed.flatMap(({ before, now: after }) => {
    const rule = after ?? before
    if (!rule) return []
    const stands =
      after ?? (before && { ...before, because: before.because.map((clause) => decidedNow(clause, facts, fields)) })
    return [{ rule: rule.rule, name: rule.name, before: said(before), now: said(stands), fires: after !== null }]
  })
}

/** A clause that decided then, with the figure of now: it shows why its rule no longer fires. */
function decidedNow(clause: Decided, facts: Facts, fields: Fields): Decided {
  // The limit was kept with the clause: text, number, truth or a list of them.
  const value = clause.limit as string
  const held = holds({ field: clause.field, is: clause.is, value }, facts).holds
  return kept(fields, { ...clause, actual: facts[clause.field], held })
}
