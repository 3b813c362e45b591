import type { Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { findDefinitions } from '#server/engines/definitions'
import type { approvals, FlowVersion } from './contract.ts'
import { flowVersion } from './flow.ts'
import { allowDesign } from './policy.ts'

export async function listFlows(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof approvals)['endpoints']['flows']>,
): Promise<{ flows: FlowVersion[] }> {
  allowDesign(caller)
  return { flows: (await findDefinitions(tx, 'flow', input)).map(flowVersion) }
}
