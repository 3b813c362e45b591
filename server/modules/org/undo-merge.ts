import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { note } from '#server/engines/audit'
import { account } from './accounts.ts'
import type { accounts } from './contract.ts'
import type { IdentitiesMoved } from './facts.ts'
import { moveIdentities } from './identity-store.ts'
import { belongingKinds } from './left-behind.ts'
import { addRoles, dropRoles, findMerge, lockPeople, type Moved, openPerson, undoMergeRow } from './merge-store.ts'
import { administer } from './policy.ts'
import { revokeAllSessions } from './session-store.ts'

type Undo = (typeof accounts)['endpoints']['undoMerge']

/** Two persons again. What the merge moved goes back, as far as it still is where it went; what came about since stays with the one kept. */
export async function undoMerge(tx: Tx, caller: Caller, { id }: Input<Undo>): Promise<Output<Undo>> {
  allow(caller, 'org.admin', administer)
  const merge = await findMerge(tx, id)
  if (!merge) throw new Refusal('not_found', { what: { zh: '合并', en: 'merge' } })
  const { keptId, goneId } = merge
  const people = await lockPeople(tx, [keptId, goneId])
  if (!(await undoMergeRow(tx, id, caller.personId, caller.at))) throw new Refusal('merge_undone')
  const kept = people.get(keptId)
  if (kept?.mergedIntoId) throw new Refusal('person_merged', { name: kept.name })

  const moved = merge.moved as Moved // written by mergePeople
  await openPerson(tx, goneId)
  await moveIdentities(tx, moved.identities, keptId, goneId)
  // What he had before that the one kept did not: the roles that both had were never moved.
  await dropRoles(tx, keptId, moved.roles)
  await addRoles(tx, goneId, moved.roles)
  for (const kind of belongingKinds()) {
    const only = moved.belongings[kind.kind]
    if ('pass' in kind && only && only.length > 0)
      await kind.pass(tx, caller, { fromId: keptId, toId: goneId, only, withSettled: true })
  }
  // Whoever is signed in by an identity that went back signs in again, as himself.
  await revokeAllSessions(tx, keptId, caller.at)
  await note(tx, caller, { document: 'person', id: keptId, action: 'undo_merge', changes: [] })
  await publish(tx, caller, [
    { name: 'org.identities-moved', body: { personIds: [keptId, goneId] } } satisfies IdentitiesMoved,
  ])
  return account(tx, caller, { id: keptId })
}
