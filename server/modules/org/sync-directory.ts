import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { searchColumns } from '#kernel/search'
import { type Action } from '#kernel/perform'
import { publish } from '#kernel/events'
import type { PlatformName } from './contract.ts'
import type { PersonLeft } from './facts.ts'
import {
  departmentsByExternalId,
  insertPerson,
  matchPerson,
  saveDepartments,
  setPersonPlace,
} from './directory-store.ts'
import { dropIdentity, type PlatformPerson, personByStableId, saveIdentity } from './identity-store.ts'
import { revokeAllSessions } from './session-store.ts'

export type DirectoryDepartment = { externalId: string; parentExternalId: string | null; name: string }
export type DirectoryPerson = PlatformPerson & {
  name: string
  enName?: string
  title?: string
  mobile?: string
  email?: string
  employeeNo?: string
  departmentExternalId?: string
}
export type Directory = { platform: PlatformName; departments: DirectoryDepartment[]; people: DirectoryPerson[] }

/**
 * Brings our people in line with a platform's directory. Somebody known is matched by employee number, then mobile, then e-mail;
 * nobody is ever matched by name. Departments are kept by their id on the platform.
 */
export const syncDirectory: Action<Directory, { known: number; added: number }> = async (tx, caller, directory) => {
  await saveDepartments(
    tx,
    directory.departments.map((department) => ({ ...department, id: newId() })),
  )
  const departments = await departmentsByExternalId(tx)
  let added = 0
  for (const person of directory.people) if (await keepPerson(tx, caller, person, departments)) added++
  return { known: directory.people.length - added, added }
}

/** One person of a directory event: added or brought up to date. True when he is new. */
export async function keepPerson(
  tx: Tx,
  caller: Caller,
  person: DirectoryPerson,
  departments: Map<string, string>,
): Promise<boolean> {
  const departmentId = person.departmentExternalId ? departments.get(person.departmentExternalId) : undefined
  const known =
    (await personByStableId(tx, person.platform, person.tenant, person.stableId)) ?? (await matchPerson(tx, person))
  const personId = known ?? newId()
  if (!known) {
    const { pinyin, initials } = searchColumns(person.name)
    await insertPerson(tx, { ...person, id: personId, departmentId, pinyin, initials, createdAt: caller.at })
  } else if (departmentId) await setPersonPlace(tx, personId, departmentId)
  const { platform, tenant, stableId, appId, openId } = person
  await saveIdentity(tx, { platform, tenant, stableId, appId, openId, personId })
  return !known
}

/** Somebody has left on a platform: that identity is dead and all his sessions end at once. */
export const leaveDirectory: Action<{ platform: PlatformName; tenant: string; stableId: string }, void> = async (
  tx,
  caller,
  gone,
) => {
  const personId = await dropIdentity(tx, gone.platform, gone.tenant, gone.stableId)
  if (!personId) return
  await revokeAllSessions(tx, personId, caller.at)
  const left: PersonLeft = { name: 'org.person-left', body: { personId, platform: gone.platform } }
  await publish(tx, caller, [left])
}
