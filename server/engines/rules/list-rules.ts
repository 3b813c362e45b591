import { type Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { findDefinitions } from '#server/engines/definitions'
import type { rules, RuleVersion } from './contract.ts'
import { allowDesign } from './policy.ts'
import { ruleVersion } from './rule.ts'

export async function listRules(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof rules)['endpoints']['rules']>,
): Promise<{ rules: RuleVersion[] }> {
  allowDesign(caller)
  return { rules: (await findDefinitions(tx, 'rule', input)).map(ruleVersion) }
}
