import type { Text } from '#contract'
import type { Tx } from '#kernel/db'
import { findDefinitions } from '#server/engines/definitions'
import { bodyOf } from './rule.ts'

/** The rules in force that ask for an approval flow. */
export async function rulesAsking(tx: Tx, flow: string): Promise<Text[]> {
  const inForce = await findDefinitions(tx, 'rule', { state: 'published' })
  return inForce
    .filter((rule) => bodyOf(rule).actions.some((action) => action.do === 'require_approval' && action.flow === flow))
    .map(({ name }) => name)
}
