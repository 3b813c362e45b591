import { feishuDepartmentId } from '../people.ts'
import type { Department, Person } from '../people.ts'
import { Unable } from '../platform.ts'
import type { Fields } from '../request-body.ts'
import { userObject } from './contacts.ts'
import { tellOfDepartment, tellOfPerson } from './events.ts'
import type { Feishu } from './state.ts'

/** Somebody is hired, or comes back. */
export function join(feishu: Feishu, person: Person): void {
  feishu.left.delete(person.key)
  feishu.people.set(person.key, person)
  tellOfPerson(feishu, 'created', person, () => ({}))
  feishu.publish({ kind: 'people', platform: 'feishu' })
}

/** Somebody's entry in the directory changes; the event's old_object holds only what was different. */
export function change(feishu: Feishu, key: string, changes: Partial<Person>): void {
  const person = present(feishu, key)
  const changed = { ...person, ...changes, key }
  const before = new Map(feishu.apps.map((app) => [app.appId, userObject(feishu, app.appId, person)]))
  feishu.people.set(key, changed)
  tellOfPerson(feishu, 'updated', changed, (app) => {
    const now = userObject(feishu, app.appId, changed)
    return differing(before.get(app.appId) ?? {}, now)
  })
  feishu.publish({ kind: 'people', platform: 'feishu' })
}

function differing(before: Fields, now: Fields): Fields {
  return Object.fromEntries(
    Object.entries(before).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name])),
  )
}

/** Somebody leaves the company: his departments are only in old_object, and the bot reaches him no more. */
export function leave(feishu: Feishu, key: string): void {
  const person = present(feishu, key)
  feishu.left.add(key)
  for (const [token, user] of feishu.userTokens) if (user.person.key === key) feishu.userTokens.delete(token)
  const department = feishu.departments.has(person.department)
    ? feishuDepartmentId(person.department, feishu.tenantKey)
    : '0'
  tellOfPerson(feishu, 'deleted', person, () => ({ department_ids: [department] }))
  feishu.publish({ kind: 'people', platform: 'feishu' })
}

export function setDepartment(feishu: Feishu, department: Department): void {
  const isKnown = feishu.departments.has(department.key)
  feishu.departments.set(department.key, department)
  tellOfDepartment(feishu, isKnown ? 'updated' : 'created', department)
}

export function removeDepartment(feishu: Feishu, key: string): void {
  const department = feishu.departments.get(key)
  if (!department) throw new Unable(404, `there is no department ${key}`)
  feishu.departments.delete(key)
  tellOfDepartment(feishu, 'deleted', department)
}

function present(feishu: Feishu, key: string): Person {
  const person = feishu.people.get(key)
  if (!person || feishu.left.has(key)) throw new Unable(404, `there is no person ${key}`)
  return person
}
