import type { Tx } from '#kernel/db'
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

/** What one platform knows and we did not; what is known stays, because platforms need not agree. */
export async function fillPerson(
  tx: Tx,
  id: string,
  told: Marks & { title?: string; enName?: string; departmentId?: string },
): Promise<void> {
  const person = await tx.person.findUniqueOrThrow({
    where: { id },
    include: { department: { select: { externalId: true } } },
  })
  const platformOf = (externalId: string | null | undefined) => externalId?.split(':')[0]
  const department = told.departmentId
    ? await tx.department.findUnique({ where: { id: told.departmentId }, select: { externalId: true } })
    : null
  // The platform that put him into his department may move him; another may not.
  const mayMove =
    !person.departmentId || platformOf(person.department?.externalId) === platformOf(department?.externalId)
  const changes = {
    ...(!person.mobile && told.mobile ? { mobile: told.mobile } : {}),
    ...(!person.email && told.email ? { email: told.email } : {}),
    ...(!person.employeeNo && told.employeeNo ? { employeeNo: await freeEmployeeNo(tx, told.employeeNo) } : {}),
    ...(!person.title && told.title ? { title: told.title } : {}),
    ...(!person.enName && told.enName ? { enName: told.enName } : {}),
    ...(department && mayMove && person.departmentId !== told.departmentId ? { departmentId: told.departmentId } : {}),
  }
  if (Object.keys(changes).length > 0) await tx.person.update({ where: { id }, data: changes })
}

/** Where a platform says who leads whom and nobody has said it before. */
export async function setMissingManager(tx: Tx, personId: string, managerId: string): Promise<void> {
  await tx.person.updateMany({ where: { id: personId, managerId: null, NOT: { id: managerId } }, data: { managerId } })
}
