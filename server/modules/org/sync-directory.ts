import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import { searchColumns } from '#kernel/search'
import { type Action } from '#kernel/perform'
import { readSetting } from '#kernel/settings'
import { insertCheck, settleUnmatched } from './check-store.ts'
import type { Mark, PlatformName } from './contract.ts'
import {
  departmentsByExternalId,
  fillPerson,
  insertPerson,
  newOf,
  saveDepartments,
  setMissingManagers,
} from './directory-store.ts'
import type { DirectoryShrunk } from './facts.ts'
import { goneFrom, isSomebodyElse } from './gone.model.ts'
import {
  activeOn,
  findIdentity,
  type JoinedBy,
  knownOn,
  type PlatformPerson,
  renameIdentity,
  saveIdentity,
} from './identity-store.ts'
import { comeBack, leaveDirectory, reopenHandovers } from './leave.ts'
import { matchOf } from './matching.model.ts'
import { isAnyoneElsewhere, namesakes, peopleByMarks, tidied } from './matching-store.ts'
import { peopleRulesSetting } from './people-rules.ts'

export type DirectoryDepartment = { externalId: string; parentExternalId: string | null; name: string }
export type DirectoryPerson = PlatformPerson & {
  name: string
  enName?: string
  title?: string
  mobile?: string
  email?: string
  employeeNo?: string
  departmentExternalId?: string
  /** The stable id of his manager on the same platform. */
  managerStableId?: string
  /** Under which id he was known, where a platform has just given him another. */
  formerStableId?: string
}
export type Directory = { platform: PlatformName; departments: DirectoryDepartment[]; people: DirectoryPerson[] }

/**
 * Brings our people in line with a platform's directory, read whole: who is new is matched by the company's rule or becomes a person of his
 * own, who is missing has left. Departments are kept by their id on the platform.
 */
export const syncDirectory: Action<Directory, { known: number; added: number; left: number }> = async (
  tx,
  caller,
  directory,
) => {
  await saveDepartments(
    tx,
    directory.departments.map((department) => ({ ...department, id: newId() })),
  )
  const departments = await departmentsByExternalId(tx)
  const isKnown = await knownAsTold(tx, directory, departments)
  let added = 0
  for (const person of directory.people)
    if (!isKnown(person) && (await keepPerson(tx, caller, person, departments))) added++
  const led = directory.people.filter(isLed)
  if (led.length > 0) await setMissingManagers(tx, directory.platform, led)
  const left = await takeLeave(tx, caller, directory)
  await reopenHandovers(tx, caller)
  return { known: directory.people.length - added, added, left }
}

const isLed = (person: DirectoryPerson): person is DirectoryPerson & { managerStableId: string } =>
  person.managerStableId !== undefined && person.managerStableId !== person.stableId

/** Of most people a directory tells each night what it told before: they are found out with one look. */
async function knownAsTold(
  tx: Tx,
  { platform, people }: Directory,
  departments: Map<string, string>,
): Promise<(person: DirectoryPerson) => boolean> {
  const keyOf = ({ tenant, stableId }: { tenant: string; stableId: string }) => JSON.stringify([tenant, stableId])
  const stored = await knownOn(tx, platform, [...new Set(people.map(({ tenant }) => tenant))])
  const known = new Map(stored.map((identity) => [keyOf(identity), identity]))
  return (person) => {
    const identity = known.get(keyOf(person))
    if (!identity?.active) return false
    const told = toldOf(person, departments)
    const isSame = (['appId', 'openId', 'name', 'mobile', 'email', 'employeeNo'] as const).every(
      (key) => told[key] === undefined || told[key] === identity[key],
    )
    return isSame && Object.keys(newOf(identity.person, told)).length === 0
  }
}

/** Events can be lost: whoever the whole directory no longer names has left, as if it had been told. */
async function takeLeave(tx: Tx, caller: Caller, { platform, people }: Directory): Promise<number> {
  let left = 0
  for (const tenant of new Set(people.map((person) => person.tenant))) {
    const known = (await activeOn(tx, platform, tenant)).map(({ stableId }) => stableId)
    const named = people.filter((person) => person.tenant === tenant).map(({ stableId }) => stableId)
    const { gone, isBelievable } = goneFrom(known, named)
    if (!isBelievable) {
      const body = { platform, known: known.length, missing: gone.length }
      await publish(tx, caller, [{ name: 'org.directory-shrunk', body } satisfies DirectoryShrunk])
      continue
    }
    for (const stableId of gone) await leaveDirectory(tx, caller, { platform, tenant, stableId })
    left += gone.length
  }
  return left
}

/** One person of a directory or of its events: added or brought up to date. True when he is new. */
export async function keepPerson(
  tx: Tx,
  caller: Caller,
  person: DirectoryPerson,
  departments: Map<string, string>,
): Promise<boolean> {
  const told = toldOf(person, departments)
  if (person.formerStableId) await renameIdentity(tx, person, person.formerStableId)
  const identity = await findIdentity(tx, person)
  if (identity && !isSomebodyElse(identity, told)) {
    await saveIdentity(tx, { ...told, personId: identity.personId })
    await fillPerson(tx, identity.personId, told)
    if (!identity.active) await comeBack(tx, caller, identity.personId, person.platform)
    return false
  }
  return matchNewcomer(tx, caller, told)
}

type Told = DirectoryPerson & { departmentId?: string }

/** What is told of somebody, in our words. */
function toldOf(person: DirectoryPerson, departments: Map<string, string>): Told {
  const departmentId = person.departmentExternalId ? departments.get(person.departmentExternalId) : undefined
  return { ...person, ...tidied(person), departmentId }
}

/** An identity that we have not met, or that is somebody else's now. True when it becomes a person of its own. */
async function matchNewcomer(tx: Tx, caller: Caller, told: Told): Promise<boolean> {
  const { matching } = await readSetting(tx, peopleRulesSetting)
  const match = matchOf(await peopleByMarks(tx, told, matching, told))
  if (match.kind === 'matched') {
    await saveIdentity(tx, { ...told, personId: match.personId, joinedBy: joinedBy[match.by] })
    await fillPerson(tx, match.personId, told)
    await settleUnmatched(tx, match.personId, caller.personId, caller.at)
    return false
  }
  const personId = newId()
  const { pinyin, initials } = searchColumns(told.name)
  await insertPerson(tx, { ...told, id: personId, pinyin, initials, createdAt: caller.at })
  await saveIdentity(tx, { ...told, personId, joinedBy: 'alone' })
  const check = { personId, foundAt: caller.at }
  if (match.kind === 'ambiguous')
    await insertCheck(tx, told, { ...check, reason: 'ambiguous', candidates: match.candidates })
  else if (await isAnyoneElsewhere(tx, told))
    await insertCheck(tx, told, { ...check, reason: 'unmatched', candidates: await namesakes(tx, told.name, told) })
  return true
}

const joinedBy: Record<Mark, JoinedBy> = { mobile: 'mobile', email: 'email', employeeNo: 'employee_no' }
