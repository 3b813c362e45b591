import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller, systemId } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { note } from '#server/engines/audit'
import type { org, PersonView, RoleRights } from './contract.ts'
import { findPersonView, listDepartments, listPeople, replaceRoles } from './person-store.ts'
import { administer, noColleague } from './policy.ts'
import { countRoles, listRoles, saveRole } from './role-store.ts'

type Endpoints = (typeof org)['endpoints']

export async function people(
  tx: Tx,
  _caller: Caller,
  input: Input<Endpoints['people']>,
): Promise<Output<Endpoints['people']>> {
  const rows = await listPeople(tx, {
    q: input.q,
    role: input.role,
    limit: input.limit,
    after: keysOf(input.cursor, ['text', 'id']),
  })
  return pageFrom(rows as (PersonView & { pinyin: string })[], input.limit, (row) => [row.pinyin, row.id]) // the store selects pinyin too
}

/** One person, also of those who have left: documents still name them. */
export async function person(tx: Tx, _caller: Caller, { id }: Input<Endpoints['person']>): Promise<PersonView> {
  const found = await findPersonView(tx, id)
  if (!found) throw noColleague()
  return found
}

export async function departments(tx: Tx): Promise<Output<Endpoints['departments']>> {
  const rows = await listDepartments(tx)
  return {
    departments: rows.map(({ id, name, parentId, leaderId, _count }) => ({
      id,
      name,
      parentId,
      leaderId,
      people: _count.people,
    })),
  }
}

export async function roles(tx: Tx, caller: Caller): Promise<Output<Endpoints['roles']>> {
  allow(caller, 'org.admin', administer)
  const rows = await listRoles(tx)
  return {
    roles: rows.map((row) => ({
      key: row.key,
      name: row.name as { zh: string }, // written by ensureRoles
      rights: row.rights as RoleRights, // parsed by the contract when it was saved
      people: row._count.people,
      version: row.version,
    })),
  }
}

/** Changes what a role grants; it holds from the next request of everyone who has it. */
export async function changeRole(
  tx: Tx,
  caller: Caller,
  { key, rights, version }: Input<Endpoints['changeRole']>,
): Promise<Output<Endpoints['changeRole']>> {
  allow(caller, 'org.admin', administer)
  if (!(await saveRole(tx, key, version, rights))) throw new Refusal('stale')
  await note(tx, caller, {
    document: 'role',
    id: systemId,
    action: 'edit',
    changes: [{ field: key, before: null, after: rights }],
  })
  const all = await roles(tx, caller)
  return all.roles.find((role) => role.key === key)!
}

export async function setRoles(
  tx: Tx,
  caller: Caller,
  { id, roles: keys }: Input<Endpoints['setRoles']>,
): Promise<PersonView> {
  allow(caller, 'org.admin', administer)
  const wanted = [...new Set(keys)]
  if ((await countRoles(tx, wanted)) !== wanted.length)
    throw new Refusal('not_found', { what: { zh: '角色', en: 'role' } })
  const before = await person(tx, caller, { id })
  await replaceRoles(tx, id, wanted)
  const changes = [{ field: 'roles', before: before.roles, after: wanted }]
  await note(tx, caller, { document: 'person', id, action: 'set_roles', changes })
  return person(tx, caller, { id })
}
