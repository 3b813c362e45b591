import type { Department, Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { isVisible, personBy, userIdOf } from './state.ts'
import type { Wecom } from './state.ts'

const ROOT = 1
const LIMIT_MAX = 10_000

export const contactEndpoints: Endpoint[] = [
  {
    method: 'GET',
    path: '/cgi-bin/department/simplelist',
    token: 'app',
    lists: ['department_id'],
    answer: departmentIds,
  },
  { method: 'GET', path: '/cgi-bin/department/list', token: 'app', lists: ['department'], answer: departmentList },
  { method: 'GET', path: '/cgi-bin/department/get', token: 'app', answer: departmentDetails },
  { method: 'GET', path: '/cgi-bin/user/simplelist', token: 'app', lists: ['userlist'], answer: userNames },
  { method: 'GET', path: '/cgi-bin/user/list', token: 'app', lists: ['userlist'], answer: userList },
  { method: 'GET', path: '/cgi-bin/user/get', token: 'app', answer: userDetails },
  { method: 'POST', path: '/cgi-bin/user/list_id', token: 'contacts', lists: ['dept_user'], answer: userIds },
  {
    method: 'GET',
    path: '/cgi-bin/getcallbackip',
    token: 'app',
    lists: ['ip_list'],
    answer: () => ({ ip_list: ['127.0.0.1'] }),
  },
]

/** The number of a department. The root has 1; whoever hangs below no department hangs below the root. */
export function departmentId(wecom: Wecom, key: string | undefined): number {
  return (key !== undefined && wecom.departments.has(key) && wecom.departmentIds.get(key)) || ROOT
}

/** Gives a department the next free number; a number is never given twice. */
export function numbered(wecom: Wecom, key: string): void {
  if (!wecom.departmentIds.has(key)) wecom.departmentIds.set(key, ROOT + 1 + wecom.departmentIds.size)
}

function departmentBy(wecom: Wecom, id: number): Department | undefined {
  return [...wecom.departments.values()].find((each) => departmentId(wecom, each.key) === id)
}

/** The departments below one, the nearest first. */
function below(wecom: Wecom, id: number): Department[] {
  return [...wecom.departments.values()].flatMap((each) =>
    departmentId(wecom, each.parent) === id ? [each, ...below(wecom, departmentId(wecom, each.key))] : [],
  )
}

/** Keys of those who are in a department, and below it when asked. */
export function membersOf(wecom: Wecom, id: number, isDeep: boolean): string[] {
  const ids = [id, ...(isDeep ? below(wecom, id).map((each) => departmentId(wecom, each.key)) : [])]
  return [...wecom.people.values()]
    .filter((person) => !wecom.left.has(person.key) && ids.includes(departmentId(wecom, person.department)))
    .map((person) => person.key)
}

/** The department that is asked for; all of them when none is. Only the whole company sees the root. */
function departmentAsked(call: Call, name: string): number {
  const { wecom } = call
  const asked = call.param(name)
  const id = asked === '' ? ROOT : Number(asked)
  call.require('department_unknown', id === ROOT || departmentBy(wecom, id))
  call.require('department_out_of_scope', wecom.settings.visible === undefined, `department ${id}`)
  return id
}

function departmentsFrom(call: Call): { id: number; department: Department | undefined }[] {
  const { wecom } = call
  const id = departmentAsked(call, 'id')
  const under = below(wecom, id).map((department) => ({ id: departmentId(wecom, department.key), department }))
  return [{ id, department: departmentBy(wecom, id) }, ...under]
}

function departmentIds(call: Call): Fields {
  const rows = departmentsFrom(call).map(({ id, department }) => placeOf(call.wecom, id, department))
  return { department_id: rows }
}

function departmentList(call: Call): Fields {
  return { department: departmentsFrom(call).map(({ id, department }) => departmentObject(call.wecom, id, department)) }
}

function departmentDetails(call: Call): Fields {
  const id = departmentAsked(call, 'id')
  return { department: departmentObject(call.wecom, id, departmentBy(call.wecom, id)) }
}

function placeOf(wecom: Wecom, id: number, department: Department | undefined): Fields {
  return { id, parentid: id === ROOT ? 0 : departmentId(wecom, department?.parent), order: 100_000 - id }
}

function departmentObject(wecom: Wecom, id: number, department: Department | undefined): Fields {
  const leader = department?.leader
  return {
    ...placeOf(wecom, id, department),
    name: department?.name ?? '公司',
    name_en: department?.en ?? '',
    department_leader: leader && wecom.people.has(leader) ? [userIdOf(wecom, leader)] : [],
  }
}

function peopleAsked(call: Call): Person[] {
  const { wecom } = call
  const id = departmentAsked(call, 'department_id')
  return membersOf(wecom, id, call.param('fetch_child') === '1').flatMap((key) => wecom.people.get(key) ?? [])
}

function userNames(call: Call): Fields {
  const { wecom } = call
  const userlist = peopleAsked(call).map((person) => ({
    userid: userIdOf(wecom, person.key),
    name: person.name,
    department: [departmentId(wecom, person.department)],
  }))
  return { userlist }
}

function userList(call: Call): Fields {
  return { userlist: peopleAsked(call).map((person) => userObject(call.wecom, person)) }
}

function userDetails(call: Call): Fields {
  const { wecom } = call
  const person = personBy(wecom, call.param('userid'))
  call.require('user_unknown', person && !wecom.left.has(person.key))
  call.require('user_out_of_scope', isVisible(wecom, person.key))
  return userObject(wecom, person)
}

/** A member as a self-built app sees him: without mobile number, mail address and picture. */
function userObject(wecom: Wecom, person: Person): Fields {
  const id = departmentId(wecom, person.department)
  const leads = wecom.departments.get(person.department)?.leader === person.key
  return {
    userid: userIdOf(wecom, person.key),
    name: person.name,
    department: [id],
    order: [0],
    position: person.title.zh,
    english_name: person.en,
    status: 1,
    isleader: leads ? 1 : 0,
    is_leader_in_dept: [leads ? 1 : 0],
    direct_leader: person.leader && wecom.people.has(person.leader) ? [userIdOf(wecom, person.leader)] : [],
    enable: 1,
    hide_mobile: 0,
    main_department: id,
    // WeCom has no field for employee numbers; companies that keep them make one of their own.
    extattr: { attrs: [{ type: 0, name: '工号', text: { value: person.employeeNumber } }] },
  }
}

/** One row for each member and department; the last page has no cursor. */
function userIds(call: Call): Fields {
  const { wecom } = call
  const limit = call.body['limit'] ?? LIMIT_MAX
  call.require('limit_wrong', typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX)
  const people = [...wecom.people.values()].filter((person) => !wecom.left.has(person.key))
  const cursor = call.text('cursor')
  const start = cursor === '' ? 0 : Number(/^c(\d+)$/.exec(cursor)?.[1] ?? Number.NaN)
  call.require('cursor_wrong', start <= people.length)
  const end = start + limit
  return {
    ...(end < people.length && { next_cursor: `c${end}` }),
    dept_user: people.slice(start, end).map((person) => ({
      userid: userIdOf(wecom, person.key),
      department: departmentId(wecom, person.department),
    })),
  }
}
