import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { note } from '#server/engines/audit'
import { account } from './accounts.ts'
import type { accounts } from './contract.ts'
import { isBelow, setManagerOf } from './manager-store.ts'
import { findPersonRow } from './person-store.ts'
import { administer, noColleague } from './policy.ts'

type Endpoints = (typeof accounts)['endpoints']

/** Whose task somebody's absence and departure are; nobody works below himself. */
export async function setManager(
  tx: Tx,
  caller: Caller,
  { id, managerId }: Input<Endpoints['setManager']>,
): Promise<Output<Endpoints['setManager']>> {
  allow(caller, 'org.admin', administer)
  const person = await findPersonRow(tx, id)
  const manager = managerId ? await findPersonRow(tx, managerId) : null
  if (!person || (managerId && !manager?.active)) throw noColleague()
  if (managerId === id) throw new Refusal('same_person')
  if (managerId && (await isBelow(tx, managerId, id))) throw new Refusal('manager_circle', { manager: manager?.name })
  await setManagerOf(tx, id, managerId)
  const changes = [{ field: 'managerId', before: person.managerId, after: managerId }]
  await note(tx, caller, { document: 'person', id, action: 'edit', changes })
  return account(tx, caller, { id })
}
