import { Condition } from '#contract'
import { z } from 'zod'
import { aboutVersion, type Definition } from '#server/engines/definitions'
import type { RuleVersion } from './contract.ts'
import { parseActions, type RuleAction } from './rule-actions.ts'

const Body = z.object({
  condition: Condition,
  actions: z.array(z.looseObject({ do: z.string() })),
  position: z.number(),
})
export type RuleBody = { condition: Condition; actions: RuleAction[]; position: number }

/** What a stored version says. It was checked when it was saved: one that no longer parses is a fault, not a rule to skip. */
export function bodyOf(definition: Definition): RuleBody {
  const { condition, actions: stored, position } = Body.parse(definition.body)
  const { actions, issues } = parseActions(stored)
  if (issues.length > 0) throw new Error(`Rule ${definition.key} version ${definition.version}: ${issues[0]?.message}`)
  return { condition, actions, position }
}

export const ruleVersion = (definition: Definition): RuleVersion => ({
  ...aboutVersion(definition),
  event: definition.event,
  ...bodyOf(definition),
})
