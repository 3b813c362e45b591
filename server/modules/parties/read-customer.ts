import type { Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { parties } from './contract.ts'
import { customerThere, customerViews } from './customer-view.ts'
import { customerMissing } from './policy.ts'

export type CustomerAnswer = Output<(typeof parties)['endpoints']['customer']>

export async function readCustomer(tx: Tx, caller: Caller, { id }: { id: string }): Promise<CustomerAnswer> {
  const stored = await customerThere(tx, caller, id)
  const [customer] = await customerViews(tx, caller, [stored])
  if (!customer) throw customerMissing()
  return { customer, aliases: stored.aliases }
}
