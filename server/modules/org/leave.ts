import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import type { Action } from '#kernel/perform'
import { readSetting } from '#kernel/settings'
import { note } from '#server/engines/audit'
import type { IdentityKey } from './contract.ts'
import type { PersonLeft, PersonReturned } from './facts.ts'
import { finishHandover, insertHandover, leaversWithoutHandover, voidHandover } from './handover-store.ts'
import { dropIdentity, identitiesOf } from './identity-store.ts'
import { hasBelongings } from './left-behind.ts'
import { peopleRulesSetting } from './people-rules.ts'
import { endPerson, holdersOf, managerOf, reopenPerson } from './person-store.ts'
import { revokeAllSessions } from './session-store.ts'

/** Somebody has left on a platform: that identity is dead and, unless the company's rule waits for the last one, his access ends at once. */
export const leaveDirectory: Action<IdentityKey, void> = async (tx, caller, gone) => {
  const personId = await dropIdentity(tx, gone, caller.at)
  if (!personId) return
  const { leaving } = await readSetting(tx, peopleRulesSetting)
  if (leaving === 'last' && (await identitiesOf(tx, [personId])).length > 0) return
  await endAccessOf(tx, caller, personId, gone.platform)
}

/** No session, card or chat of his counts any more; what he leaves behind is his manager's task. */
export async function endAccessOf(tx: Tx, caller: Caller, personId: string, platform: string): Promise<void> {
  if (!(await endPerson(tx, personId, caller.at))) return
  await revokeAllSessions(tx, personId, caller.at)
  await note(tx, caller, { document: 'person', id: personId, action: 'leave' })
  await openHandover(tx, caller, personId, platform)
}

/** Somebody who left has something again: a deed that was under way when it was passed on gave it to him. It becomes a task anew. */
export async function reopenHandovers(tx: Tx, caller: Caller): Promise<void> {
  for (const { id, platform } of await leaversWithoutHandover(tx))
    if (await hasBelongings(tx, caller, id)) await openHandover(tx, caller, id, platform)
}

/** Where there is nothing to pass on it is done at once, and nobody's task. */
async function openHandover(tx: Tx, caller: Caller, personId: string, platform: string): Promise<void> {
  const id = newId()
  const holderId = await whoseTask(tx, personId)
  await insertHandover(tx, { id, personId, holderId, platform, openedAt: caller.at })
  if (!(await hasBelongings(tx, caller, personId)))
    await finishHandover(tx, id, { passed: [], by: caller.personId, at: caller.at })
  const body = { personId, platform, handoverId: id, holderId }
  await publish(tx, caller, [{ name: 'org.person-left', body } satisfies PersonLeft])
}

/** The manager's; where there is none, the owner's, then the administrator's. */
async function whoseTask(tx: Tx, personId: string): Promise<string | null> {
  const others = async (role: string) => (await holdersOf(tx, role)).find((id) => id !== personId)
  return (await managerOf(tx, personId)) ?? (await others('owner')) ?? (await others('admin')) ?? null
}

/** A platform has him again: he works here as before, and what has not been passed on stays his. */
export async function comeBack(tx: Tx, caller: Caller, personId: string, platform: string): Promise<void> {
  if (!(await reopenPerson(tx, personId))) return
  const handoverId = await voidHandover(tx, personId)
  await note(tx, caller, { document: 'person', id: personId, action: 'return' })
  const body = { personId, platform, handoverId }
  await publish(tx, caller, [{ name: 'org.person-returned', body } satisfies PersonReturned])
}
