import type { Input, Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { aboutVersion, readVersion, versionsOf } from '#server/engines/definitions'
import type { rules } from './contract.ts'
import { allowDesign } from './policy.ts'
import { ruleVersion } from './rule.ts'

type Endpoint = (typeof rules)['endpoints']['rule']

export async function readRule(tx: Tx, caller: Caller, { key, version }: Input<Endpoint>): Promise<Output<Endpoint>> {
  allowDesign(caller)
  const versions = await versionsOf(tx, 'rule', key)
  return { ...ruleVersion(await readVersion(tx, 'rule', key, version)), versions: versions.map(aboutVersion) }
}
