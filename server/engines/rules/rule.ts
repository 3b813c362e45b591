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

/** What versions say that were read before: as long as nothing that is set up changes, they are the same ones. */
const bodies = new WeakMap<Definition, RuleBody>()

/** What a stored version says. It was checked when it was saved: one that no longer parses is a fault, not a rule to skip. */
export function bodyOf(definition: Definition): RuleBody {
  const known = bodies.get(definition)
  if (known) return known
  const { condition, actions: stored, position } = Body.parse(definition.body)
  const { actions, issues } = parseActions(stored)
  if (issues.length > 0) throw new Error(`Rule ${definition.key} version ${definition.version}: ${issues[0]?.message}`)
  const body = { condition, actions, position }
  bodies.set(definition, body)
  return body
}

export const ruleVersion = (definition: Definition): RuleVersion => ({
  ...aboutVersion(definition),
  event: definition.event,
  ...bodyOf(definition),
})
