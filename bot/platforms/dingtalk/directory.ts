import { z } from 'zod'
import type { Directory, DirectoryPerson } from '#server/modules/org'
import { type DingTalkHttp, DingTalkRefusal, understood } from './http.ts'
import type { DingTalkSettings } from './settings.ts'

const root = 1
const pageSize = 100
/** What the interface answers when somebody is not, or no longer, in the company. */
const unknownPerson = '60121'

const Departments = z.object({
  result: z.array(z.object({ dept_id: z.number(), parent_id: z.number().optional(), name: z.string() })).default([]),
})
const User = z.object({
  userid: z.string().min(1),
  name: z.string().default(''),
  title: z.string().optional(),
  mobile: z.string().optional(),
  email: z.string().optional(),
  org_email: z.string().optional(),
  job_number: z.string().optional(),
  manager_userid: z.string().optional(),
  /** In a list: that he leads the department whose list it is. */
  leader: z.boolean().optional(),
  dept_id_list: z.array(z.number()).default([]),
})
const Users = z.object({
  result: z.object({
    has_more: z.boolean(),
    next_cursor: z.number().optional(),
    list: z.array(User).default([]),
  }),
})
const OneUser = z.object({ result: User })
type DingTalkUser = z.output<typeof User>

/** All departments and people that the app may see: departments level by level, the people of each page by page. */
export async function readDingTalkDirectory(http: DingTalkHttp, settings: DingTalkSettings): Promise<Directory> {
  const departments = await readDepartments(http)
  const users = new Map<string, DingTalkUser>()
  const leaders = new Map<number, string>()
  for (const id of [root, ...departments.map((department) => department.id)])
    for (const user of await readPeople(http, id)) {
      users.set(user.userid, user)
      if (user.leader && !leaders.has(id)) leaders.set(id, user.userid)
    }
  const parents = new Map(departments.map(({ id, parentId }) => [id, parentId]))
  return {
    platform: 'dingtalk',
    departments: departments.map(({ id, parentId, name }) => ({
      externalId: `dingtalk:${id}`,
      parentExternalId: parentId === root ? null : `dingtalk:${parentId}`,
      name,
    })),
    people: [...users.values()].map((user) =>
      personOf({ ...user, manager_userid: user.manager_userid || leaderAbove(user, leaders, parents) }, settings),
    ),
  }
}

/** Lists leave managers out. Then it is who leads his department, or, for him who does, the next one up. */
function leaderAbove(
  user: DingTalkUser,
  leaders: Map<number, string>,
  parents: Map<number, number>,
): string | undefined {
  for (let id: number | undefined = departmentOf(user) ?? root; id !== undefined; id = parents.get(id)) {
    const leader = leaders.get(id)
    if (leader && leader !== user.userid) return leader
  }
  return undefined
}

/** People who hang directly below the root are in no department of ours. */
const departmentOf = ({ dept_id_list: ids }: DingTalkUser): number | undefined => ids.find((id) => id !== root)

/** One person as he is now; nobody when he is not in the company. */
export async function readDingTalkPerson(
  http: DingTalkHttp,
  settings: DingTalkSettings,
  userId: string,
): Promise<DirectoryPerson | undefined> {
  const what = 'a person'
  try {
    const answer = await http.oldCall(what, '/topapi/v2/user/get', { userid: userId })
    return personOf(understood(what, OneUser, answer).result, settings)
  } catch (error) {
    if (error instanceof DingTalkRefusal && error.code === unknownPerson) return undefined
    throw error
  }
}

type Department = { id: number; parentId: number; name: string }

async function readDepartments(http: DingTalkHttp): Promise<Department[]> {
  const what = 'the departments'
  const found: Department[] = []
  for (let level = [root]; level.length > 0;) {
    const below: Department[] = []
    for (const id of level) {
      const answer = await http.oldCall(what, '/topapi/v2/department/listsub', { dept_id: id })
      for (const { dept_id, parent_id = id, name } of understood(what, Departments, answer).result)
        below.push({ id: dept_id, parentId: parent_id, name })
    }
    found.push(...below)
    level = below.map((department) => department.id)
  }
  return found
}

async function readPeople(http: DingTalkHttp, departmentId: number): Promise<DingTalkUser[]> {
  const what = 'the people'
  const people: DingTalkUser[] = []
  for (let cursor: number | undefined = 0; cursor !== undefined;) {
    const answer = await http.oldCall(what, '/topapi/v2/user/list', { dept_id: departmentId, cursor, size: pageSize })
    const page: z.output<typeof Users>['result'] = understood(what, Users, answer).result
    people.push(...page.list)
    cursor = page.has_more ? page.next_cursor : undefined
  }
  return people
}

function personOf(user: DingTalkUser, { corpId, clientId }: DingTalkSettings): DirectoryPerson {
  const department = departmentOf(user)
  return {
    platform: 'dingtalk',
    tenant: corpId,
    stableId: user.userid,
    appId: clientId,
    openId: user.userid,
    name: user.name,
    title: user.title || undefined,
    mobile: user.mobile || undefined,
    email: user.org_email || user.email || undefined,
    employeeNo: user.job_number || undefined,
    managerStableId: user.manager_userid || undefined,
    departmentExternalId: department === undefined ? undefined : `dingtalk:${department}`,
  }
}
