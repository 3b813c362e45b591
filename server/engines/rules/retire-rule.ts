import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { retireDefinition } from '#server/engines/definitions'
import { allowDesign } from './policy.ts'

export async function retireRule(tx: Tx, caller: Caller, { key }: { key: string }): Promise<{ key: string }> {
  allowDesign(caller)
  await retireDefinition(tx, 'rule', key)
  return { key }
}
