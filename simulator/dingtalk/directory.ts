import type { Department, Person } from '../people.ts'
import { Unable } from '../platform.ts'
import type { Fields } from '../request-body.ts'
import { deliverEvent } from './delivery.ts'
import { dingtalkDepartmentId, dingtalkIds } from './ids.ts'
import type { Dingtalk } from './state.ts'

/** Somebody is hired, or comes back. */
export function join(dingtalk: Dingtalk, person: Person): void {
  dingtalk.left.delete(person.key)
  dingtalk.people.set(person.key, person)
  tellOfPerson(dingtalk, 'user_add_org', person.key)
}

export function change(dingtalk: Dingtalk, key: string, changes: Partial<Person>): void {
  dingtalk.people.set(key, { ...present(dingtalk, key), ...changes, key })
  tellOfPerson(dingtalk, 'user_modify_org', key)
}

/** Somebody leaves the company: he cannot sign in any more, and the robot reaches him no more. */
export function leave(dingtalk: Dingtalk, key: string): void {
  present(dingtalk, key)
  dingtalk.left.add(key)
  for (const [token, user] of dingtalk.userTokens) if (user.person.key === key) dingtalk.userTokens.delete(token)
  tellOfPerson(dingtalk, 'user_leave_org', key)
}

export function setDepartment(dingtalk: Dingtalk, department: Department): void {
  const type = dingtalk.departments.has(department.key) ? 'org_dept_modify' : 'org_dept_create'
  dingtalk.departments.set(department.key, department)
  tellOfDepartment(dingtalk, type, department.key)
}

export function removeDepartment(dingtalk: Dingtalk, key: string): void {
  if (!dingtalk.departments.delete(key)) throw new Unable(404, `there is no department ${key}`)
  tellOfDepartment(dingtalk, 'org_dept_remove', key)
}

export function present(dingtalk: Dingtalk, key: string): Person {
  const person = dingtalk.people.get(key)
  if (!person || dingtalk.left.has(key)) throw new Unable(404, `there is no person ${key}`)
  return person
}

/** Events name only ids: what changed is asked for afterwards. */
function tellOfPerson(dingtalk: Dingtalk, type: string, key: string): void {
  tellAll(dingtalk, type, { userId: [dingtalkIds(key, dingtalk.corpId).userId] })
  dingtalk.publish({ kind: 'people', platform: 'dingtalk' })
}

function tellOfDepartment(dingtalk: Dingtalk, type: string, key: string): void {
  tellAll(dingtalk, type, { deptId: [dingtalkDepartmentId(key, dingtalk.corpId)] })
}

function tellAll(dingtalk: Dingtalk, type: string, value: Fields): void {
  const told = { timeStamp: String(dingtalk.clock.now()), ...value }
  for (const app of dingtalk.apps) void deliverEvent(dingtalk, app, type, told)
}
