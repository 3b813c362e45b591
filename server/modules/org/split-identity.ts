import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { searchColumns } from '#kernel/search'
import { note } from '#server/engines/audit'
import { account } from './accounts.ts'
import type { accounts } from './contract.ts'
import { insertPerson } from './directory-store.ts'
import type { IdentitiesMoved } from './facts.ts'
import { everyIdentityOf, findIdentity, moveIdentities } from './identity-store.ts'
import { findPersonRow } from './person-store.ts'
import { administer, noColleague } from './policy.ts'
import { revokeAllSessions } from './session-store.ts'

type Split = (typeof accounts)['endpoints']['splitIdentity']

/** An identity was given to the wrong person: it becomes a person of its own, without roles. What the other has stays his. */
export async function splitIdentity(
  tx: Tx,
  caller: Caller,
  { id, newId, identity }: Input<Split>,
): Promise<Output<Split>> {
  allow(caller, 'org.admin', administer)
  const person = await findPersonRow(tx, id)
  const held = await findIdentity(tx, identity)
  if (!person || held?.personId !== id) throw noColleague()
  if ((await everyIdentityOf(tx, [id])).length < 2) throw new Refusal('only_identity')

  const name = held.name || person.name
  const { pinyin, initials } = searchColumns(name)
  await insertPerson(tx, { id: newId, name, pinyin, initials, createdAt: caller.at })
  await moveIdentities(tx, [identity], id, newId, 'hand')
  // Whoever is signed in by it must not go on as the other.
  await revokeAllSessions(tx, id, caller.at)
  for (const document of [id, newId])
    await note(tx, caller, {
      document: 'person',
      id: document,
      action: 'split',
      changes: [{ field: 'identity', before: id, after: newId }],
    })
  await publish(tx, caller, [
    { name: 'org.identities-moved', body: { personIds: [id, newId] } } satisfies IdentitiesMoved,
  ])
  return account(tx, caller, { id: newId })
}
