import type { Department, Person } from '../people.ts'
import { Unable } from '../platform.ts'
import { departmentId, numbered } from './contacts.ts'
import { tellOfDepartment, tellOfPerson } from './events.ts'
import { userIdOf } from './state.ts'
import type { Wecom } from './state.ts'

/** Somebody is hired, or comes back. */
export function join(wecom: Wecom, person: Person): void {
  wecom.left.delete(person.key)
  wecom.people.set(person.key, person)
  tellOfPerson(wecom, 'create_user', person)
  wecom.publish({ kind: 'people', platform: 'wecom' })
}

/** Somebody's entry in the directory changes. Apps hear of it only when it is his department. */
export function change(wecom: Wecom, key: string, changes: Partial<Person>): void {
  const person = present(wecom, key)
  const changed = { ...person, ...changes, key }
  wecom.people.set(key, changed)
  if (changed.department !== person.department) tellOfPerson(wecom, 'update_user', changed)
  wecom.publish({ kind: 'people', platform: 'wecom' })
}

/** An administrator gives somebody another userid. */
export function rename(wecom: Wecom, key: string, newUserId: string): void {
  const person = present(wecom, key)
  const userId = userIdOf(wecom, key)
  wecom.renamed.set(key, newUserId)
  tellOfPerson(wecom, 'update_user', person, { userId, newUserId })
}

/** Somebody leaves the company: only his userid is told. */
export function leave(wecom: Wecom, key: string): void {
  const person = present(wecom, key)
  wecom.left.add(key)
  tellOfPerson(wecom, 'delete_user', person)
  wecom.publish({ kind: 'people', platform: 'wecom' })
}

export function setDepartment(wecom: Wecom, department: Department): void {
  const isKnown = wecom.departments.has(department.key)
  wecom.departments.set(department.key, department)
  numbered(wecom, department.key)
  const id = departmentId(wecom, department.key)
  tellOfDepartment(wecom, isKnown ? 'update_party' : 'create_party', id, department)
}

export function removeDepartment(wecom: Wecom, key: string): void {
  const department = wecom.departments.get(key)
  if (!department) throw new Unable(404, `there is no department ${key}`)
  const id = departmentId(wecom, key)
  wecom.departments.delete(key)
  tellOfDepartment(wecom, 'delete_party', id, department)
}

function present(wecom: Wecom, key: string): Person {
  const person = wecom.people.get(key)
  if (!person || wecom.left.has(key)) throw new Unable(404, `there is no person ${key}`)
  return person
}
