import type { Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { personBy } from './chats.ts'
import { dingtalkDepartmentId, dingtalkIds } from './ids.ts'
import { isAvailable } from './state.ts'
import type { Dingtalk } from './state.ts'

const ROOT = 1
const PAGE_SIZE_MAX = 100
const DEPARTMENTS = 'qyapi_get_department_list'
const MEMBERS = 'qyapi_get_department_member'
const MEMBER = 'qyapi_get_member'

export const contactEndpoints: Endpoint[] = [
  { ...old('/topapi/v2/department/listsub'), scope: DEPARTMENTS, answer: departmentsBelow },
  { ...old('/topapi/v2/department/get'), scope: DEPARTMENTS, answer: department },
  { ...old('/topapi/v2/user/list'), scope: MEMBERS, answer: usersOfDepartment },
  { ...old('/topapi/user/listid'), scope: MEMBERS, answer: userIdsOfDepartment },
  { ...old('/topapi/v2/user/get'), scope: MEMBER, answer: user },
  { ...old('/topapi/v2/user/getbymobile'), scope: 'qyapi_get_member_by_mobile', answer: userByMobile },
  { ...old('/topapi/user/getbyunionid'), scope: MEMBER, answer: userByUnionId },
]

/** Reading the directory is free of charge. */
function old(path: string): Pick<Endpoint, 'family' | 'method' | 'path' | 'token' | 'isFree'> {
  return { family: 'old', method: 'POST', path, token: 'app', isFree: true }
}

/** One level; without an id, that below the root. */
function departmentsBelow(call: Call): Fields {
  const { dingtalk } = call
  const key = call.body['dept_id'] === undefined ? undefined : departmentAsked(call)
  const below = [...dingtalk.departments.values()].filter((each) => (each.parent ?? undefined) === key)
  return { result: below.map((each) => departmentObject(dingtalk, each.key)) }
}

function department(call: Call): Fields {
  call.require('department_id_missing', call.text('dept_id'))
  const key = departmentAsked(call)
  return {
    result: key === undefined ? { dept_id: ROOT, name: call.dingtalk.corpId } : departmentObject(call.dingtalk, key),
  }
}

function departmentObject(dingtalk: Dingtalk, key: string): Fields {
  const found = dingtalk.departments.get(key)
  return {
    dept_id: dingtalkDepartmentId(key, dingtalk.corpId),
    name: found?.name ?? '',
    parent_id: found?.parent ? dingtalkDepartmentId(found.parent, dingtalk.corpId) : ROOT,
    create_dept_group: false,
    auto_add_user: false,
    ...(found?.leader && { dept_manager_userid_list: [dingtalkIds(found.leader, dingtalk.corpId).userId] }),
  }
}

/** The key of the department that the call names; nothing for the root. */
function departmentAsked(call: Call): string | undefined {
  const { dingtalk } = call
  const id = Number(call.text('dept_id'))
  if (id === ROOT) return undefined
  const found = [...dingtalk.departments.keys()].find((key) => dingtalkDepartmentId(key, dingtalk.corpId) === id)
  call.require('department_unknown', found, `dept_id: ${call.text('dept_id')}`)
  return found
}

function membersAsked(call: Call): Person[] {
  const { dingtalk } = call
  call.require('department_id_missing', call.text('dept_id'))
  const key = departmentAsked(call)
  const isIn = (person: Person) => !dingtalk.left.has(person.key) && isAvailable(dingtalk, person.key)
  return [...dingtalk.people.values()].filter((person) => departmentOf(dingtalk, person) === key && isIn(person))
}

function usersOfDepartment(call: Call): Fields {
  const members = membersAsked(call)
  const size = Number(call.text('size'))
  call.require('page_size_wrong', Number.isInteger(size) && size >= 1 && size <= PAGE_SIZE_MAX)
  const cursor = Number(call.text('cursor') || Number.NaN)
  call.require('cursor_wrong', Number.isInteger(cursor) && cursor >= 0 && cursor <= members.length)
  const end = cursor + size
  const hasMore = end < members.length
  const list = members.slice(cursor, end).map((person) => userObject(call.dingtalk, person))
  return { result: { has_more: hasMore, ...(hasMore && { next_cursor: end }), list } }
}

function userIdsOfDepartment(call: Call): Fields {
  const { corpId } = call.dingtalk
  return { result: { userid_list: membersAsked(call).map((person) => dingtalkIds(person.key, corpId).userId) } }
}

function user(call: Call): Fields {
  const { dingtalk } = call
  const person = personBy(dingtalk, 'userId', call.text('userid'))
  call.require('user_unknown', person && !dingtalk.left.has(person.key))
  call.require('user_out_of_scope', isAvailable(dingtalk, person.key))
  return { result: userObject(dingtalk, person) }
}

function userByMobile(call: Call): Fields {
  const { dingtalk } = call
  const mobile = call.text('mobile')
  const person = [...dingtalk.people.values()].find(
    (each) => bare(each.mobile) === bare(mobile) && !dingtalk.left.has(each.key),
  )
  call.require('mobile_unknown', mobile && person)
  return { result: { userid: dingtalkIds(person.key, dingtalk.corpId).userId, exclusive_account_userid_list: [] } }
}

function bare(mobile: string): string {
  return mobile.replace(/^\+?86-?/, '')
}

function userByUnionId(call: Call): Fields {
  const { dingtalk } = call
  const person = personBy(dingtalk, 'unionId', call.text('unionid'))
  call.require('union_id_unknown', person && !dingtalk.left.has(person.key))
  return { result: { contact_type: 0, userid: dingtalkIds(person.key, dingtalk.corpId).userId } }
}

/** The department of a person; nothing for those who hang directly below the root. */
function departmentOf(dingtalk: Dingtalk, person: Person): string | undefined {
  return dingtalk.departments.has(person.department) ? person.department : undefined
}

function userObject(dingtalk: Dingtalk, person: Person): Fields {
  const { corpId, settings } = dingtalk
  const ids = dingtalkIds(person.key, corpId)
  const key = departmentOf(dingtalk, person)
  const granted = (scope: string) => settings.scopes?.includes(scope) ?? true
  return {
    userid: ids.userId,
    unionid: ids.unionId,
    name: person.name,
    avatar: '',
    title: person.title.zh,
    job_number: person.employeeNumber,
    dept_id_list: [key ? dingtalkDepartmentId(key, corpId) : ROOT],
    active: true,
    admin: false,
    boss: false,
    manager_userid: person.leader ? dingtalkIds(person.leader, corpId).userId : '',
    ...(granted('fieldMobile') && { mobile: bare(person.mobile), state_code: '86' }),
    ...(granted('fieldEmail') && { email: person.email, org_email: person.email }),
  }
}
