import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import { conflictingDecisions } from '#server/engines/approvals'
import { note } from '#server/engines/audit'
import { account } from './accounts.ts'
import { settleChecksOf } from './check-store.ts'
import type { accounts } from './contract.ts'
import type { IdentitiesMoved } from './facts.ts'
import { voidHandover } from './handover-store.ts'
import { everyIdentityOf, moveIdentities, platformOf } from './identity-store.ts'
import { belongingKinds } from './left-behind.ts'
import { addRoles, closePerson, insertMerge, lockPeople } from './merge-store.ts'
import { administer, noColleague } from './policy.ts'
import { revokeAllSessions } from './session-store.ts'

type Merge = (typeof accounts)['endpoints']['mergePeople']

/**
 * Two persons turn out to be one: identities, roles and everything that belongs to the one go to the other, settled things too. What was signed
 * stays signed as it was. Refused where the two have decided against each other, because one person cannot have.
 */
export async function mergePeople(
  tx: Tx,
  caller: Caller,
  { id: keptId, goneId }: Input<Merge>,
): Promise<Output<Merge>> {
  allow(caller, 'org.admin', administer)
  if (keptId === goneId) throw new Refusal('same_person')
  const people = await lockPeople(tx, [keptId, goneId])
  const [kept, gone] = [people.get(keptId), people.get(goneId)]
  if (!kept || !gone) throw noColleague()
  for (const one of [kept, gone]) if (one.mergedIntoId) throw new Refusal('person_merged', { name: one.name })
  if (!kept.active) throw new Refusal('person_gone', { name: kept.name })
  const [conflict] = await conflictingDecisions(tx, keptId, goneId)
  if (conflict)
    throw new Refusal('decisions_conflict', { kept: kept.name, gone: gone.name, number: conflict.documentNumber })

  const theirs = (await everyIdentityOf(tx, [goneId])).map((one) => ({ ...one, platform: platformOf(one.platform) }))
  const identities = await moveIdentities(tx, theirs, goneId, keptId, 'hand')
  const has = new Set(kept.roles.map(({ roleKey }) => roleKey))
  const roles = gone.roles.map(({ roleKey }) => roleKey).filter((role) => !has.has(role))
  await addRoles(tx, keptId, roles)
  const belongings: Record<string, string[]> = {}
  for (const kind of belongingKinds())
    if ('pass' in kind)
      belongings[kind.kind] = await kind.pass(tx, caller, { fromId: goneId, toId: keptId, withSettled: true })
  await closePerson(tx, goneId, keptId)
  await revokeAllSessions(tx, goneId, caller.at)
  await voidHandover(tx, goneId)
  await settleChecksOf(tx, [keptId, goneId], caller.personId, caller.at)

  const moved = { identities, roles, belongings }
  const merge = { id: newId(), keptId, goneId, moved, at: caller.at, by: caller.personId }
  await insertMerge(tx, merge)
  const changes = [{ field: 'moved', before: goneId, after: moved }]
  await note(tx, caller, { document: 'person', id: keptId, action: 'merge', changes })
  await publish(tx, caller, [
    { name: 'org.identities-moved', body: { personIds: [keptId, goneId] } } satisfies IdentitiesMoved,
  ])
  return account(tx, caller, { id: keptId })
}
