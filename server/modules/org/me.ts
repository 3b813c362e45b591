import { type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readSetting } from '#kernel/settings'
import { companyName } from './company.ts'
import type { org } from './contract.ts'
import { findPersonRow, findPersonView, setPersonLanguage } from './person-store.ts'
import { listRoles } from './role-store.ts'

type Endpoints = (typeof org)['endpoints']

/** The signed-in person with his rights, for the pages to know what to offer. */
export async function me(tx: Tx, caller: Caller): Promise<Output<Endpoints['me']>> {
  const person = await findPersonView(tx, caller.personId)
  if (!person) throw new Refusal('unknown_person')
  const roles = await listRoles(tx)
  const stored = await findPersonRow(tx, caller.personId)
  return {
    person,
    roles: roles
      .filter((role) => caller.roles.includes(role.key))
      .map((role) => ({ key: role.key, name: role.name as { zh: string } })), // written by ensureRoles
    actions: [...caller.rights.actions],
    reads: [...caller.rights.reads],
    scopes: { ...caller.rights.scopes },
    // What he chose, not what his browser asks for.
    lang: stored?.lang === 'en' ? 'en' : 'zh',
    company: await readSetting(tx, companyName),
  }
}

export async function setLanguage(
  tx: Tx,
  caller: Caller,
  { lang }: Input<Endpoints['setLanguage']>,
): Promise<{ done: boolean }> {
  await setPersonLanguage(tx, caller.personId, lang)
  return { done: true }
}
