import type { Input, Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { aboutVersion, readVersion, versionsOf } from '#server/engines/definitions'
import type { approvals } from './contract.ts'
import { flowVersion } from './flow.ts'
import { allowDesign } from './policy.ts'

type Endpoint = (typeof approvals)['endpoints']['flow']

export async function readFlow(tx: Tx, caller: Caller, { key, version }: Input<Endpoint>): Promise<Output<Endpoint>> {
  allowDesign(caller)
  const versions = await versionsOf(tx, 'flow', key)
  return { ...flowVersion(await readVersion(tx, 'flow', key, version)), versions: versions.map(aboutVersion) }
}
