import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { account } from './accounts.ts'
import type { accounts } from './contract.ts'
import { comeBack, endAccessOf } from './leave.ts'
import { findPersonRow } from './person-store.ts'
import { administer, noColleague } from './policy.ts'

type Endpoints = (typeof accounts)['endpoints']

/** For those whom no platform tells of, or not soon enough. */
export async function endAccess(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['endAccess']>,
): Promise<Output<Endpoints['endAccess']>> {
  allow(caller, 'org.admin', administer)
  if (id === caller.personId) throw new Refusal('same_person')
  if (!(await findPersonRow(tx, id))) throw noColleague()
  await endAccessOf(tx, caller, id, 'h5')
  return account(tx, caller, { id })
}

export async function giveAccess(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['giveAccess']>,
): Promise<Output<Endpoints['giveAccess']>> {
  allow(caller, 'org.admin', administer)
  const person = await findPersonRow(tx, id)
  if (!person) throw noColleague()
  if (person.mergedIntoId) throw new Refusal('person_merged', { name: person.name })
  await comeBack(tx, caller, id, 'h5')
  return account(tx, caller, { id })
}
