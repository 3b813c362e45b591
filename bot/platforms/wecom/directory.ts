import { z } from 'zod'
import { log } from '#kernel/log'
import type { Directory, DirectoryPerson } from '#server/modules/org'
import type { Inbound } from '../platform.ts'
import type { WecomApi } from './api.ts'
import { appIdOf, type WecomSettings } from './settings.ts'
import { accountOf, type ChangedPerson } from './wire.ts'

const root = 1
/** Disabled, and left. Who has not activated his account yet may do so at any moment. */
const goneStates = [2, 5]
/** Where a company keeps employee numbers, if it does: WeCom has no field for them. */
const numberNames = ['工号', '员工编号', 'employee number']

const DepartmentIds = z.object({ department_id: z.array(z.object({ id: z.number(), parentid: z.number() })) })
const Department = z.object({ department: z.object({ name: z.string() }) })
const Member = z.object({
  userid: z.string().min(1),
  name: z.string().default(''),
  english_name: z.string().optional(),
  position: z.string().optional(),
  /** Withheld from apps made since the middle of 2022. */
  mobile: z.string().optional(),
  email: z.string().optional(),
  department: z.array(z.number()).default([]),
  main_department: z.number().optional(),
  direct_leader: z.array(z.string()).default([]),
  status: z.number().default(1),
  extattr: z
    .object({
      attrs: z.array(
        z.object({ name: z.string(), value: z.string().optional(), text: z.object({ value: z.string() }).optional() }),
      ),
    })
    .optional(),
})
type Member = z.output<typeof Member>
const Members = z.object({ userlist: z.array(Member) })

/** All departments and people in the app's visible scope. */
export async function readWecomDirectory(api: WecomApi, settings: WecomSettings): Promise<Directory> {
  const { department_id: ids } = await api('/cgi-bin/department/simplelist', {}, DepartmentIds)
  const departments: Directory['departments'] = []
  const people = new Map<string, DirectoryPerson>()
  for (const { id, parentid } of ids) {
    if (id !== root) {
      const { department } = await api('/cgi-bin/department/get', { query: { id: String(id) } }, Department)
      departments.push({
        externalId: placeId(id),
        parentExternalId: parentid === root ? null : placeId(parentid),
        name: department.name,
      })
    }
    const { userlist } = await api('/cgi-bin/user/list', { query: { department_id: String(id) } }, Members)
    for (const member of userlist.filter(isHere)) people.set(accountOf(member.userid), personOf(member, settings))
  }
  return { platform: 'wecom', departments, people: [...people.values()] }
}

/** What to tell of somebody of whom only the account came: who he is now, or that the whole directory has to be read. */
export const changedPerson =
  (api: WecomApi, settings: WecomSettings) =>
  async ({ eventKey, userId, formerId }: ChangedPerson): Promise<Inbound> => {
    try {
      const member = await api('/cgi-bin/user/get', { query: { userid: userId } }, Member)
      if (!isHere(member)) return { kind: 'left', eventKey, stableId: accountOf(userId) }
      const person = personOf(member, settings)
      return {
        kind: 'person',
        eventKey,
        person: formerId ? { ...person, formerStableId: accountOf(formerId) } : person,
      }
    } catch (error) {
      log.warn({ err: error }, 'a changed person could not be read; the whole directory is')
      return { kind: 'directory', eventKey }
    }
  }

const placeId = (id: number): string => `wecom:${id}`
const isHere = ({ status }: Member): boolean => !goneStates.includes(status)

function personOf(member: Member, settings: WecomSettings): DirectoryPerson {
  const account = accountOf(member.userid)
  const department = member.main_department ?? member.department[0]
  const [leader] = member.direct_leader
  return {
    platform: 'wecom',
    tenant: settings.corpId,
    stableId: account,
    appId: appIdOf(settings),
    openId: account,
    name: member.name,
    enName: member.english_name || undefined,
    title: member.position || undefined,
    mobile: member.mobile || undefined,
    email: member.email || undefined,
    employeeNo: employeeNoOf(member),
    departmentExternalId: department && department !== root ? placeId(department) : undefined,
    managerStableId: leader && accountOf(leader),
  }
}

/**
 * Where WeCom withholds mobile and e-mail, a number is what is left to know somebody by: that of the directory, or the account itself, which in many
 * companies is the number. An account without a digit is a name.
 */
function employeeNoOf({ userid, extattr }: Member): string | undefined {
  const field = extattr?.attrs.find(({ name }) => numberNames.includes(name.toLowerCase()))
  return field?.text?.value || field?.value || (/\d/.test(userid) ? userid : undefined)
}
