import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { draftOf, publishDraft } from '#server/engines/definitions'
import { conditionIssues } from './condition-check.model.ts'
import type { rules, RuleVersion } from './contract.ts'
import { factFieldsOf } from './fact-fields.ts'
import { allowDesign } from './policy.ts'
import { bodyOf, ruleVersion } from './rule.ts'
import { actionsReadyIssues } from './rule-actions.ts'

/** Puts a rule into force. Checked again: a field or a flow may have gone since the draft was saved. */
export async function publishRule(
  tx: Tx,
  caller: Caller,
  { key, revision }: Input<(typeof rules)['endpoints']['publishRule']>,
): Promise<RuleVersion> {
  allowDesign(caller)
  const draft = await draftOf(tx, 'rule', key, revision)
  const { condition, actions } = bodyOf(draft)
  const issues = [
    ...conditionIssues(condition, await factFieldsOf(tx, draft.document), 'condition'),
    ...(await actionsReadyIssues(tx, { ...draft, actions })),
  ]
  if (issues.length > 0) throw new Refusal('definition_unfit', {}, issues)
  return ruleVersion(await publishDraft(tx, caller, 'rule', key, revision))
}
