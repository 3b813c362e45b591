import { type Lang, Refusal } from '#contract'
import type { Caller, Via } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { findPerson, findPersonBySession, type KnownPerson } from './caller-store.ts'
import { RoleRights } from './contract.ts'
import { limitedTo, mergeRights } from './rights.model.ts'
import { hashOfToken } from './session-store.ts'

type Call = { via: Via; at: Date; key?: string; lang?: Lang }

/** The person as a caller, with what his roles grant at this moment. Someone unknown or gone is refused. */
export async function callerOf(tx: Tx, personId: string, call: Call): Promise<Caller> {
  const person = await findPerson(tx, personId)
  if (!person) throw new Refusal('unknown_person')
  return asCaller(person, call)
}

/** The caller behind a session token; undefined when the session is over or was revoked. */
export async function callerOfSession(
  tx: Tx,
  token: string,
  call: Call,
): Promise<(Caller & { sessionId: string }) | undefined> {
  const person = await findPersonBySession(tx, hashOfToken(token), call.at)
  return person?.sessionId ? { ...asCaller(person, call), sessionId: person.sessionId } : undefined
}

function asCaller(person: KnownPerson, call: Call): Caller {
  const granted = limitedTo(person.warehouses, mergeRights(person.rights.map((rights) => RoleRights.parse(rights))))
  return {
    personId: person.id,
    name: person.name,
    roles: person.roles,
    rights: { ...granted, team: person.team, unlimited: false },
    lang: call.lang ?? (person.lang === 'en' ? 'en' : 'zh'),
    via: call.via,
    at: call.at,
    key: call.key,
  }
}
