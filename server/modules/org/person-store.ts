import type { Tx } from '#kernel/db'
import { joinSql, noSql, sql } from '#kernel/db'
import { searchWords } from '#kernel/search'
import type { PersonView } from './contract.ts'

const columns = sql`
  p.id, p.name, p.en_name as "enName", p.title, d.name as department, p.department_id as "departmentId", p.manager_id as "managerId", p.active,
  coalesce((select array_agg(pr.role_key order by pr.role_key) from person_role pr where pr.person_id = p.id), '{}') as roles,
  coalesce((select array_agg(distinct i.platform order by i.platform) from identity i where i.person_id = p.id and i.active), '{}') as platforms`

export async function findPersonView(tx: Tx, id: string): Promise<PersonView | undefined> {
  const rows = await tx.$queryRaw<PersonView[]>`
    select ${columns} from person p left join department d on d.id = p.department_id where p.id = ${id}::uuid`
  return rows[0]
}

export async function listPeople(
  tx: Tx,
  filter: { q?: string; role?: string; after?: readonly (string | number)[]; limit: number },
): Promise<PersonView[]> {
  const words = searchWords(filter.q ?? '').map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  const matching = words.map(
    (word) =>
      sql`and (p.name ilike ${word} or p.en_name ilike ${word} or p.pinyin like ${word} or p.initials like ${word} or p.employee_no ilike ${word})`,
  )
  const withRole = filter.role
    ? sql`and exists (select 1 from person_role pr where pr.person_id = p.id and pr.role_key = ${filter.role})`
    : noSql
  const after = filter.after ? sql`and (p.pinyin, p.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)` : noSql
  return tx.$queryRaw<(PersonView & { pinyin: string })[]>`
    select ${columns}, p.pinyin from person p left join department d on d.id = p.department_id
    where p.active ${matching.length > 0 ? joinSql(matching, ' ') : noSql} ${withRole} ${after}
    order by p.pinyin, p.id limit ${filter.limit + 1}`
}

export async function namesOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const people = await tx.person.findMany({
    where: { id: { in: [...new Set(personIds)] } },
    select: { id: true, name: true },
  })
  return new Map(people.map((person) => [person.id, person.name]))
}

export const findPersonRow = (tx: Tx, id: string) => tx.person.findUnique({ where: { id } })

export async function setPersonLanguage(tx: Tx, id: string, lang: string): Promise<void> {
  await tx.person.update({ where: { id }, data: { lang } })
}

export async function replaceRoles(tx: Tx, personId: string, roles: readonly string[]): Promise<void> {
  await tx.personRole.deleteMany({ where: { personId } })
  await tx.personRole.createMany({ data: roles.map((roleKey) => ({ personId, roleKey })) })
}

export async function holdersOf(tx: Tx, roleKey: string): Promise<string[]> {
  const rows = await tx.personRole.findMany({
    where: { roleKey, person: { active: true } },
    orderBy: { personId: 'asc' },
  })
  return rows.map((row) => row.personId)
}

export async function managerOf(tx: Tx, personId: string): Promise<string | null> {
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: { manager: { select: { id: true, active: true } } },
  })
  return person?.manager?.active ? person.manager.id : null
}

export async function departmentNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const departments = await tx.department.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  })
  return new Map(departments.map(({ id, name }) => [id, name]))
}

export const listDepartments = (tx: Tx) =>
  tx.department.findMany({
    where: { active: true },
    orderBy: { name: 'asc' },
    include: { _count: { select: { people: { where: { active: true } } } } },
  })
