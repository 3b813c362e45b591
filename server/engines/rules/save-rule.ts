import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { moveIssues, saveDraft } from '#server/engines/definitions'
import { conditionIssues } from './condition-check.model.ts'
import type { RuleDraft, RuleVersion } from './contract.ts'
import { factFieldsOf } from './fact-fields.ts'
import { allowDesign } from './policy.ts'
import { ruleVersion } from './rule.ts'
import { parseActions } from './rule-actions.ts'

/** Saves a rule that is being written. It is checked now, by those who can mend it, and not when it fires. */
export async function saveRule(tx: Tx, caller: Caller, draft: RuleDraft): Promise<RuleVersion> {
  allowDesign(caller)
  const { condition, position, event, ...about } = draft
  const { actions, issues } = parseActions(draft.actions)
  const fields = await factFieldsOf(tx, draft.document)
  issues.push(
    ...(await moveIssues(tx, draft.document, event, 'event')),
    ...conditionIssues(condition, fields, 'condition'),
  )
  if (issues.length > 0) throw new Refusal('definition_unfit', {}, issues)
  return ruleVersion(await saveDraft(tx, caller, 'rule', { ...about, event, body: { condition, actions, position } }))
}
