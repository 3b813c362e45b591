import type { Actions } from '#kernel/perform'
import type { rules } from './contract.ts'
import { listRules } from './list-rules.ts'
import { publishRule } from './publish-rule.ts'
import { readRule } from './read-rule.ts'
import { retireRule } from './retire-rule.ts'
import { saveRule } from './save-rule.ts'

export const rulesActions: Actions<typeof rules> = {
  rules: listRules,
  rule: readRule,
  saveRule,
  publishRule,
  retireRule,
}
