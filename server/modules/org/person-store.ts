import type { Tx } from '#kernel/db'
import { joinSql, noSql, type Sql, sql } from '#kernel/db'
import { searchWords } from '#kernel/search'
import type { PersonView } from './contract.ts'

export const personColumns = sql`
  p.id, p.name, p.en_name as "enName", p.title, d.name as department, p.department_id as "departmentId", p.manager_id as "managerId", p.active,
  coalesce((select array_agg(pr.role_key order by pr.role_key) from person_role pr where pr.person_id = p.id), '{}') as roles,
  coalesce((select array_agg(distinct i.platform order by i.platform) from identity i where i.person_id = p.id and i.active), '{}') as platforms`

export async function findPersonView(tx: Tx, id: string): Promise<PersonView | undefined> {
  const rows = await tx.$queryRaw<PersonView[]>`
    select ${personColumns} from person p left join department d on d.id = p.department_id where p.id = ${id}::uuid`
  return rows[0]
}

/** One condition for each word of a search, on person `p`. */
export const namedLike = (q: string): Sql[] =>
  searchWords(q)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
    .map(
      (word) =>
        sql`(p.name ilike ${word} or p.en_name ilike ${word} or p.pinyin like ${word} or p.initials like ${word} or p.employee_no ilike ${word})`,
    )

export async function listPeople(
  tx: Tx,
  filter: { q?: string; role?: string; after?: readonly (string | number)[]; limit: number },
): Promise<PersonView[]> {
  const matching = namedLike(filter.q ?? '').map((condition) => sql`and ${condition}`)
  const withRole = filter.role
    ? sql`and exists (select 1 from person_role pr where pr.person_id = p.id and pr.role_key = ${filter.role})`
    : noSql
  const after = filter.after ? sql`and (p.pinyin, p.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)` : noSql
  return tx.$queryRaw<(PersonView & { pinyin: string })[]>`
    select ${personColumns}, p.pinyin from person p left join department d on d.id = p.department_id
    where p.active ${matching.length > 0 ? joinSql(matching, ' ') : noSql} ${withRole} ${after}
    order by p.pinyin, p.id limit ${filter.limit + 1}`
}

export async function namesOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const people = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id, name from person where id = any(${[...new Set(personIds)]}::uuid[])`
  return new Map(people.map((person) => [person.id, person.name]))
}

/** Those who work here, of some people or of all. */
export const activeNames = (tx: Tx, personIds: readonly string[] | null): Promise<{ id: string; name: string }[]> =>
  tx.person.findMany({
    where: { active: true, ...(personIds && { id: { in: [...personIds] } }) },
    select: { id: true, name: true },
  })

export const findPersonRow = (tx: Tx, id: string) => tx.person.findUnique({ where: { id } })

export async function setPersonLanguage(tx: Tx, id: string, lang: string): Promise<void> {
  await tx.person.update({ where: { id }, data: { lang } })
}

export async function replaceRoles(tx: Tx, personId: string, roles: readonly string[]): Promise<void> {
  await tx.personRole.deleteMany({ where: { personId } })
  await tx.personRole.createMany({ data: roles.map((roleKey) => ({ personId, roleKey })) })
}

export async function holdersOf(tx: Tx, roleKey: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select p.id from person p join person_role r on r.person_id = p.id
    where r.role_key = ${roleKey} and p.active order by p.id`
  return rows.map(({ id }) => id)
}

/** Ends somebody's access; false when it had ended before. */
export async function endPerson(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id, active: true },
    data: { active: false, leftAt: at, version: { increment: 1 } },
  })
  return count === 1
}

/** Gives it back to somebody who had left; false when there is nothing to give back. */
export async function reopenPerson(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id, active: false, mergedIntoId: null, leftAt: { not: null } },
    data: { active: true, leftAt: null, version: { increment: 1 } },
  })
  return count === 1
}

const levelsMax = 20

/** His manager; one who has left is passed over for the next above. The chart can be entered as a circle, hence the bound. */
export async function managerOf(tx: Tx, personId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with recursive above as (
      select m.id, m.active, m.manager_id, 1 as level
      from person p join person m on m.id = p.manager_id where p.id = ${personId}::uuid
      union all
      select m.id, m.active, m.manager_id, above.level + 1
      from above join person m on m.id = above.manager_id
      where not above.active and above.level < ${levelsMax})
    select id from above where active and id <> ${personId}::uuid order by level limit 1`
  return rows[0]?.id ?? null
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
