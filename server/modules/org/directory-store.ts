import type { Tx } from '#kernel/db'
import type { PlatformName } from './contract.ts'
import { withDepartment } from './identity-store.ts'
import type { Marks } from './matching-store.ts'

type Department = { id: string; externalId: string; parentExternalId: string | null; name: string }

export async function saveDepartments(tx: Tx, departments: Department[]): Promise<void> {
  for (const { id, externalId, name } of departments)
    await tx.department.upsert({
      where: { externalId },
      create: { id, externalId, name },
      update: { name, active: true },
    })
  const ids = await departmentsByExternalId(tx)
  for (const { externalId, parentExternalId } of departments) {
    const parentId = parentExternalId ? (ids.get(parentExternalId) ?? null) : null
    await tx.department.update({ where: { externalId }, data: { parentId } })
  }
}

export async function departmentsByExternalId(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.department.findMany({
    where: { externalId: { not: null } },
    select: { id: true, externalId: true },
  })
  return new Map(rows.map((row) => [row.externalId ?? '', row.id]))
}

type NewPerson = Marks & {
  id: string
  name: string
  enName?: string
  title?: string
  departmentId?: string
  pinyin: string
  initials: string
  createdAt: Date
}

/** A number that somebody else has stays his: the directory of one platform may repeat that of another wrongly. */
export async function insertPerson(tx: Tx, person: NewPerson): Promise<void> {
  const { id, name, enName, title, mobile, email, departmentId, pinyin, initials, createdAt } = person
  const employeeNo = await freeEmployeeNo(tx, person.employeeNo)
  await tx.person.create({
    data: { id, name, enName, title, mobile, email, employeeNo, departmentId, pinyin, initials, createdAt },
  })
}

async function freeEmployeeNo(tx: Tx, employeeNo: string | undefined): Promise<string | undefined> {
  if (!employeeNo) return undefined
  return (await tx.person.count({ where: { employeeNo } })) === 0 ? employeeNo : undefined
}

/** What a platform tells of a person besides his identity; `departmentId` stands for the department of `departmentExternalId`. */
type Told = Marks & { title?: string; enName?: string; departmentId?: string; departmentExternalId?: string }
type FilledPerson = { [K in keyof Omit<Told, 'departmentExternalId'>]: string | null } & {
  department: { externalId: string | null } | null
}

/** What one platform knows and we did not; what is known stays, because platforms need not agree. */
export function newOf(person: FilledPerson, told: Told): Omit<Told, 'departmentExternalId'> {
  const missing = (key: 'mobile' | 'email' | 'employeeNo' | 'title' | 'enName') =>
    !person[key] && told[key] ? { [key]: told[key] } : {}
  const platformOf = (externalId: string | null | undefined) => externalId?.split(':')[0]
  // The platform that put him into his department may move him; another may not.
  const mayMove =
    !person.departmentId || platformOf(person.department?.externalId) === platformOf(told.departmentExternalId)
  return {
    ...missing('mobile'),
    ...missing('email'),
    ...missing('employeeNo'),
    ...missing('title'),
    ...missing('enName'),
    ...(told.departmentId && mayMove && person.departmentId !== told.departmentId
      ? { departmentId: told.departmentId }
      : {}),
  }
}

export async function fillPerson(tx: Tx, id: string, told: Told): Promise<void> {
  const person = await tx.person.findUniqueOrThrow({ where: { id }, include: withDepartment })
  const { employeeNo, ...changes } = newOf(person, told)
  const data = { ...changes, employeeNo: await freeEmployeeNo(tx, employeeNo) }
  if (Object.values(data).some((value) => value !== undefined)) await tx.person.update({ where: { id }, data })
}

/** Where a platform says who leads whom and nobody has said it before; everybody by his id on the platform. */
export async function setMissingManagers(
  tx: Tx,
  platform: PlatformName,
  led: readonly { tenant: string; stableId: string; managerStableId: string }[],
): Promise<void> {
  await tx.$executeRaw`
    update person set manager_id = leader.person_id
    from unnest(
      ${led.map(({ tenant }) => tenant)}::text[],
      ${led.map(({ stableId }) => stableId)}::text[],
      ${led.map(({ managerStableId }) => managerStableId)}::text[]
    ) as told (tenant, stable_id, manager_stable_id)
    join identity on identity.platform = ${platform} and identity.tenant = told.tenant
      and identity.stable_id = told.stable_id and identity.active
    join identity as leader on leader.platform = ${platform} and leader.tenant = told.tenant
      and leader.stable_id = told.manager_stable_id and leader.active
    where person.id = identity.person_id and person.manager_id is null and person.id <> leader.person_id`
}
