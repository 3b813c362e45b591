import type { Tx } from '#kernel/db'

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

type Marks = { employeeNo?: string; mobile?: string; email?: string }

/** The person with the same employee number, else mobile, else e-mail. A mark that two people share matches nobody. */
export async function matchPerson(tx: Tx, marks: Marks): Promise<string | undefined> {
  const rules = [
    marks.employeeNo ? { employeeNo: marks.employeeNo } : undefined,
    marks.mobile ? { mobile: marks.mobile.replace(/^\+86/, '') } : undefined,
    marks.email ? { email: marks.email.toLowerCase() } : undefined,
  ]
  for (const where of rules) {
    if (!where) continue
    const found = await tx.person.findMany({ where, select: { id: true }, take: 2 })
    if (found.length === 1) return found[0]!.id
  }
  return undefined
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

export async function insertPerson(tx: Tx, person: NewPerson): Promise<void> {
  const { id, name, enName, title, mobile, email, employeeNo, departmentId, pinyin, initials, createdAt } = person
  await tx.person.create({
    data: {
      id,
      name,
      enName,
      title,
      mobile: mobile?.replace(/^\+86/, ''),
      email: email?.toLowerCase(),
      employeeNo,
      departmentId,
      pinyin,
      initials,
      createdAt,
    },
  })
}

export async function setPersonPlace(tx: Tx, id: string, departmentId: string): Promise<void> {
  await tx.person.update({ where: { id }, data: { departmentId } })
}
