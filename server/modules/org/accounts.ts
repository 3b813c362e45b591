import type { Input, Output } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { type AccountRow, findAccounts, pageOfAccounts } from './account-store.ts'
import type { accounts as contract, AccountView } from './contract.ts'
import { openHandoverOf } from './handover-store.ts'
import { everyIdentityOf, platformOf, type StoredIdentity } from './identity-store.ts'
import { mergesOf } from './merge-store.ts'
import { namesOf } from './person-store.ts'
import { administer, noColleague } from './policy.ts'

type Endpoints = (typeof contract)['endpoints']

/** Everybody with his identities, for the administrator. */
export async function accounts(
  tx: Tx,
  caller: Caller,
  { q, left, limit, cursor }: Input<Endpoints['accounts']>,
): Promise<Output<Endpoints['accounts']>> {
  allow(caller, 'org.admin', administer)
  const rows = await pageOfAccounts(tx, { q, left, limit, after: keysOf(cursor, ['text', 'id']) })
  const page = pageFrom(rows, limit, (row) => [row.pinyin, row.id])
  return { rows: await accountViews(tx, page.rows), cursor: page.cursor }
}

export async function account(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['account']>,
): Promise<Output<Endpoints['account']>> {
  allow(caller, 'org.admin', administer)
  const [view] = await accountViews(tx, await findAccounts(tx, [id]))
  if (!view) throw noColleague()
  const merges = await mergesOf(tx, id)
  const names = await namesOf(
    tx,
    merges.flatMap(({ keptId, goneId, by }) => [keptId, goneId, by]),
  )
  const named = (personId: string) => ({ id: personId, name: names.get(personId) ?? '—' })
  return {
    account: view,
    merges: merges.map((merge) => ({
      id: merge.id,
      kept: named(merge.keptId),
      gone: named(merge.goneId),
      by: named(merge.by).name,
      at: merge.at.toISOString(),
      undoneAt: merge.undoneAt?.toISOString() ?? null,
    })),
    handoverId: (await openHandoverOf(tx, id))?.id ?? null,
  }
}

async function accountViews(tx: Tx, rows: readonly AccountRow[]): Promise<AccountView[]> {
  const identities = await everyIdentityOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    person: row,
    manager: row.managerId && row.managerName ? { id: row.managerId, name: row.managerName } : null,
    mergedInto: row.mergedIntoId ? { id: row.mergedIntoId, name: row.mergedIntoName ?? '—' } : null,
    leftAt: row.leftAt?.toISOString() ?? null,
    identities: identities.filter(({ personId }) => personId === row.id).map(identityOf),
    checks: row.checks,
  }))
}

/** An identity as the administrator sees it. */
export const identityOf = (stored: StoredIdentity): AccountView['identities'][number] => ({
  platform: platformOf(stored.platform),
  tenant: stored.tenant,
  stableId: stored.stableId,
  name: stored.name,
  mobile: stored.mobile,
  email: stored.email,
  employeeNo: stored.employeeNo,
  joinedBy: stored.joinedBy as AccountView['identities'][number]['joinedBy'], // a CHECK of the table holds it to these
  active: stored.active,
  leftAt: stored.leftAt?.toISOString() ?? null,
})
