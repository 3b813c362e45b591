import { type Output, Refusal } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { note } from '#server/engines/audit'
import { findAccounts } from './account-store.ts'
import { identityOf } from './accounts.ts'
import { openChecks, settleCheckRow } from './check-store.ts'
import type { accounts, IdentityKey } from './contract.ts'
import { everyIdentityOf, findIdentity } from './identity-store.ts'
import { administer } from './policy.ts'

type Endpoints = (typeof accounts)['endpoints']

/** Identities that nobody was found for beyond doubt, with the people whom they could be. */
export async function checks(tx: Tx, caller: Caller): Promise<Output<Endpoints['checks']>> {
  allow(caller, 'org.admin', administer)
  const rows = await openChecks(tx)
  const identities = await everyIdentityOf(
    tx,
    rows.map(({ personId }) => personId),
  )
  const people = await findAccounts(
    tx,
    rows.flatMap(({ personId, candidates }) => [personId, ...candidates]),
  )
  const views = new Map(people.map((row) => [row.id, row]))
  return {
    checks: rows.flatMap(({ personId, reason, candidates, foundAt, ...key }) => {
      const identity = identities.find((one) => one.stableId === key.stableId && one.platform === key.platform)
      const person = views.get(personId)
      if (!identity || !person) return []
      return {
        identity: identityOf(identity),
        person: { id: personId, name: person.name },
        reason: reason === 'ambiguous' ? ('ambiguous' as const) : ('unmatched' as const),
        candidates: candidates.flatMap((id) => views.get(id) ?? []),
        foundAt: foundAt.toISOString(),
      }
    }),
  }
}

/** He was looked at, and is nobody else. */
export async function settleCheck(tx: Tx, caller: Caller, key: IdentityKey): Promise<{ done: boolean }> {
  allow(caller, 'org.admin', administer)
  const identity = await findIdentity(tx, key)
  if (!identity || !(await settleCheckRow(tx, key, caller.personId, caller.at)))
    throw new Refusal('not_found', { what: { zh: '待核对的账号', en: 'identity to check' } })
  await note(tx, caller, { document: 'person', id: identity.personId, action: 'settle_check' })
  return { done: true }
}
