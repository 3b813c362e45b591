import { feishuDepartmentId, feishuIds } from '../people.ts'
import type { Department, Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import { textOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { personBy } from './chats.ts'
import { isAvailable } from './state.ts'
import type { Feishu } from './state.ts'

const ROOT = '0'
const PAGE_SIZE_MAX = 50
const PAGE_SIZE_DEFAULT = 10
const IDS_MAX = 50
const DEPARTMENT_SCOPE = 'contact:department.base:readonly'
const USER_SCOPE = 'contact:user.base:readonly'

export const contactEndpoints: Endpoint[] = [
  {
    method: 'GET',
    path: '/open-apis/contact/v3/departments/:department_id/children',
    token: 'tenant',
    scope: DEPARTMENT_SCOPE,
    answer: departmentChildren,
  },
  {
    method: 'GET',
    path: '/open-apis/contact/v3/users/find_by_department',
    token: 'tenant',
    scope: USER_SCOPE,
    answer: usersOfDepartment,
  },
  { method: 'GET', path: '/open-apis/contact/v3/users/batch', token: 'tenant', scope: USER_SCOPE, answer: usersByIds },
  {
    method: 'POST',
    path: '/open-apis/contact/v3/users/batch_get_id',
    token: 'tenant',
    scope: 'contact:user.id:readonly',
    answer: idsByContact,
  },
  { method: 'GET', path: '/open-apis/contact/v3/users/:user_id', token: 'tenant', scope: USER_SCOPE, answer: user },
]

function departmentChildren(call: Call): Fields {
  const { feishu } = call
  const parent = departmentInScope(call, call.param('department_id'))
  const isDeep = call.query.get('fetch_child') === 'true'
  const below = (key: string | undefined): Department[] =>
    [...feishu.departments.values()]
      .filter((department) => department.parent === key)
      .flatMap((department) => (isDeep ? [department, ...below(department.key)] : [department]))
  return page(call, below(parent), (department) => departmentObject(feishu, call.app.appId, department))
}

function usersOfDepartment(call: Call): Fields {
  const { feishu } = call
  const key = departmentInScope(call, call.query.get('department_id') ?? '')
  const members = [...feishu.people.values()].filter(
    (person) => departmentOf(feishu, person) === key && !feishu.left.has(person.key) && isAvailable(feishu, person.key),
  )
  return page(call, members, (person) => userObject(feishu, call.app.appId, person))
}

function user(call: Call): Fields {
  const idType = userIdType(call)
  const person = personBy(call.feishu, call.app.appId, idType, call.param('user_id'))
  call.require('user_out_of_scope', person && isAvailable(call.feishu, person.key))
  return { user: userObject(call.feishu, call.app.appId, person) }
}

function usersByIds(call: Call): Fields {
  const idType = userIdType(call)
  const ids = call.query.getAll('user_ids')
  call.require('too_many_user_ids', ids.length <= IDS_MAX)
  const found = ids.flatMap((id) => personBy(call.feishu, call.app.appId, idType, id) ?? [])
  return { items: found.map((person) => userObject(call.feishu, call.app.appId, person)) }
}

/** Answers one row for each address and number asked for; a stranger's row has no user_id. */
function idsByContact(call: Call): Fields {
  const { feishu, app } = call
  const idType = userIdType(call)
  const emails = textsIn(call.body['emails'])
  const mobiles = textsIn(call.body['mobiles'])
  call.require('too_many_emails', emails.length <= IDS_MAX)
  call.require('too_many_mobiles', mobiles.length <= IDS_MAX)
  const present = [...feishu.people.values()].filter((person) => !feishu.left.has(person.key))
  const idOf = (person: Person | undefined) => (person ? { user_id: idAs(feishu, app.appId, person, idType) } : {})
  return {
    user_list: [
      ...emails.map((email) => ({ email, ...idOf(present.find((person) => person.email === email)) })),
      ...mobiles.map((mobile) => ({ mobile, ...idOf(present.find((person) => samePhone(person.mobile, mobile))) })),
    ],
  }
}

/** The directory writes +86 before a number of the mainland; callers may leave it out. */
function samePhone(known: string, asked: string): boolean {
  return known.replace(/^\+86/, '') === asked.replace(/^\+86/, '')
}

function departmentInScope(call: Call, id: string): string | undefined {
  const { feishu } = call
  if (id === ROOT) {
    call.require('department_out_of_scope', feishu.settings.contactScopeIsAll, 'the root needs the scope of all staff')
    return undefined
  }
  const found = [...feishu.departments.values()].find((each) => feishuDepartmentId(each.key, feishu.tenantKey) === id)
  call.require('department_unknown', found)
  return found.key
}

type IdType = 'open_id' | 'union_id' | 'user_id'

/** The department of a person; nothing for those who hang directly below the root. */
function departmentOf(feishu: Feishu, person: Person): string | undefined {
  return feishu.departments.has(person.department) ? person.department : undefined
}

function userIdType(call: Call): IdType {
  const idType = call.query.get('user_id_type') ?? 'open_id'
  call.require('user_id_type_unknown', idType === 'open_id' || idType === 'union_id' || idType === 'user_id')
  return idType
}

function idAs(feishu: Feishu, appId: string, person: Person, idType: IdType): string {
  const ids = feishuIds(person.key, feishu.tenantKey, appId)
  return { open_id: ids.openId, union_id: ids.unionId, user_id: ids.userId }[idType]
}

function page<Row>(call: Call, rows: Row[], shape: (row: Row) => Fields): Fields {
  const size = Number(call.query.get('page_size') ?? PAGE_SIZE_DEFAULT)
  call.require('page_size_wrong', Number.isInteger(size) && size >= 1 && size <= PAGE_SIZE_MAX)
  const token = call.query.get('page_token') ?? ''
  const start = token === '' ? 0 : Number(/^p(\d+)$/.exec(token)?.[1] ?? Number.NaN)
  call.require('page_token_wrong', start <= rows.length)
  const end = start + size
  const hasMore = end < rows.length
  return { has_more: hasMore, ...(hasMore && { page_token: `p${end}` }), items: rows.slice(start, end).map(shape) }
}

/** A user as the contact APIs and events describe him. */
export function userObject(feishu: Feishu, appId: string, person: Person): Fields {
  const ids = feishuIds(person.key, feishu.tenantKey, appId)
  const hasLeft = feishu.left.has(person.key)
  const department = departmentOf(feishu, person)
  return {
    open_id: ids.openId,
    union_id: ids.unionId,
    user_id: ids.userId,
    name: person.name,
    en_name: person.en,
    email: person.email,
    mobile: person.mobile.startsWith('+') ? person.mobile : `+86${person.mobile}`,
    employee_no: person.employeeNumber,
    job_title: person.title.zh,
    leader_user_id: person.leader ? feishuIds(person.leader, feishu.tenantKey, appId).openId : '',
    department_ids: hasLeft ? [] : [department ? feishuDepartmentId(department, feishu.tenantKey) : ROOT],
    status: { is_frozen: false, is_resigned: hasLeft, is_activated: !hasLeft, is_exited: hasLeft, is_unjoin: false },
  }
}

export function departmentObject(feishu: Feishu, appId: string, department: Department): Fields {
  return {
    name: department.name,
    i18n_name: { zh_cn: department.name, en_us: department.en },
    department_id: department.key,
    open_department_id: feishuDepartmentId(department.key, feishu.tenantKey),
    parent_department_id: department.parent ? feishuDepartmentId(department.parent, feishu.tenantKey) : ROOT,
    leader_user_id: department.leader ? feishuIds(department.leader, feishu.tenantKey, appId).openId : '',
    member_count: [...feishu.people.values()].filter(
      (person) => person.department === department.key && !feishu.left.has(person.key),
    ).length,
    status: { is_deleted: false },
  }
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf) : []
}
