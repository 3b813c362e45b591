import { type Decided, type Facts, type Fields, holds } from '#contract'
import type { Tx } from '#kernel/db'
import { publishedFor } from '#server/engines/definitions'
import type { Reason } from './contract.ts'
import { factFieldsOf, flatFacts, keptFigure, keptLimit } from './fact-fields.ts'
import { bodyOf } from './rule.ts'
import type { RuleAction } from './rule-actions.ts'

/** A rule that fired: the clauses that decided, with their figures, and what it wants done. */
export type Fired = Reason & { actions: RuleAction[] }

/** Asks the rules in force in front of a move of a document; what fired, in the order of their positions. */
export async function decide(tx: Tx, asked: { document: string; event: string; facts: Facts }): Promise<Fired[]> {
  const definitions = await publishedFor(tx, 'rule', asked.document, asked.event)
  if (definitions.length === 0) return []
  const fields = await factFieldsOf(tx, asked.document)
  const facts = flatFacts(asked.facts)
  const rules = definitions
    .map((definition) => ({ definition, ...bodyOf(definition) }))
    .sort((a, b) => a.position - b.position)
  return rules.flatMap(({ definition: { key, version, name }, condition, actions }) => {
    const verdict = holds(condition, facts)
    if (!verdict.holds) return []
    return [{ rule: key, version, name, because: verdict.because.map((clause) => kept(fields, clause)), actions }]
  })
}

/** A decided clause as it is frozen: plain values, which read the same when they come back from the database. */
export const kept = (fields: Fields, clause: Decided): Decided => ({
  ...clause,
  actual: keptFigure(fields, clause.field, clause.actual),
  limit: keptLimit(fields, clause.field, clause.limit),
})
