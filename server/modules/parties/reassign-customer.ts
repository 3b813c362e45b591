import { type Input, type Output, Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { person } from '#server/modules/org'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import type { parties } from './contract.ts'
import { moveCustomer } from './customer-store.ts'
import { customerThere, rowOf } from './customer-view.ts'
import type { CustomerReassigned } from './facts.ts'
import { allowReassigning } from './policy.ts'

type Reassign = (typeof parties)['endpoints']['reassignCustomer']

/** Gives a customer to another owner. Whoever gave it away may not see it any more, so the answer is not the customer. */
export async function reassignCustomer(
  tx: Tx,
  caller: Caller,
  { id, version, ownerId }: Input<Reassign>,
): Promise<Output<Reassign>> {
  const before = await customerThere(tx, caller, id)
  allowReassigning(caller)
  if (before.version !== version) throw new Refusal('stale')
  const owner = await person(tx, ownerId)
  if (!owner?.active)
    throw new Refusal('unknown_owner', {}, [{ field: 'ownerId', message: '不在通讯录里 / not in the directory' }])
  if (before.ownerId === ownerId) throw new Refusal('same_owner', { owner: owner.name })

  await moveCustomer(tx, before, { ownerId })
  const document = await documentFor(tx, 'customer')
  await record(tx, caller, document, {
    id,
    action: 'reassign',
    before: rowOf(before),
    after: rowOf({ ...before, ownerId }),
  })
  const body = { customerId: id, fromId: before.ownerId, toId: ownerId }
  await publish(tx, caller, [{ name: 'parties.customer-reassigned', body } satisfies CustomerReassigned])
  return { customerId: id, ownerId, version: version + 1 }
}
