import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { retireDefinition } from '#server/engines/definitions'
import { rulesAsking } from '#server/engines/rules'
import { allowDesign } from './policy.ts'

/** Takes a flow out of force, unless a rule would then ask for one that is not there. */
export async function retireFlow(tx: Tx, caller: Caller, { key }: { key: string }): Promise<{ key: string }> {
  allowDesign(caller)
  const [rule] = await rulesAsking(tx, key)
  if (rule) throw new Refusal('flow_in_use', { rule })
  await retireDefinition(tx, 'flow', key)
  return { key }
}
