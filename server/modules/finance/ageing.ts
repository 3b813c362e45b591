import { Decimal, type Input } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { dayAt } from '#kernel/days'
import { keysOf, pageFrom } from '#kernel/paging'
import { namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { addAged, type Aged, nothingAged, owedOf, shownAgeing } from './ageing.model.ts'
import { type CustomerAged, ledgerAged, openAged } from './ageing-store.ts'
import type { AgeingAnswer, finance } from './contract.ts'
import { mayReadAmounts, mayReadReceivables, visibleCustomers } from './policy.ts'

type Group = { id: string; aged: Aged }

/** What is owed by age, today or as at the end of an earlier day, by customer or by seller. */
export async function ageing(
  tx: Tx,
  caller: Caller,
  { asOf, by, cursor, limit }: Input<(typeof finance)['endpoints']['ageing']>,
): Promise<AgeingAnswer> {
  mayReadReceivables(caller)
  mayReadAmounts(caller)
  const today = dayAt(caller.at)
  const day = asOf ?? today
  const customers = await visibleCustomers(tx, caller, {})
  // The past is in the ledger; today stands in the few receivables that are open.
  const aged = day === today ? await openAged(tx, day, customers) : await ledgerAged(tx, day, customers)

  const groups = (
    by === 'customer' ? aged.map((one) => ({ id: one.customerId, aged: one })) : await byOwner(tx, aged)
  ).sort(mostFirst)
  const page = pageFrom(after(groups, cursor).slice(0, limit + 1), limit, keysOfGroup)
  const names = await groupNames(tx, by, page.rows)
  return {
    asOf: day,
    by,
    totals: shownAgeing(groups.map((group) => group.aged).reduce(addAged, nothingAged)),
    rows: page.rows.map((group) => ({ id: group.id, name: names.get(group.id) ?? '', ...shownAgeing(group.aged) })),
    cursor: page.cursor,
  }
}

async function byOwner(tx: Tx, aged: readonly CustomerAged[]): Promise<Group[]> {
  const customers = await customersByIds(
    tx,
    aged.map((one) => one.customerId),
  )
  const sums = new Map<string, Aged>()
  for (const one of aged) {
    const ownerId = customers.get(one.customerId)?.ownerId
    if (ownerId) sums.set(ownerId, addAged(sums.get(ownerId) ?? nothingAged, one))
  }
  return [...sums].map(([id, sum]) => ({ id, aged: sum }))
}

async function groupNames(tx: Tx, by: 'customer' | 'owner', groups: readonly Group[]): Promise<Map<string, string>> {
  const ids = groups.map((group) => group.id)
  if (by === 'owner') return namesOf(tx, ids)
  return new Map([...(await customersByIds(tx, ids))].map(([id, customer]) => [id, customer.shortName]))
}

const keysOfGroup = ({ id, aged }: Group): [string, string] => [owedOf(aged).toFixed(2), id]
const mostFirst = (a: Group, b: Group): number => compareKeys(keysOfGroup(a), keysOfGroup(b))

function compareKeys([owed, id]: readonly [string, string], [otherOwed, otherId]: readonly [string, string]): number {
  return new Decimal(otherOwed).cmp(owed) || (id < otherId ? -1 : id > otherId ? 1 : 0)
}

/** The groups that come after the last one of the page before. */
function after(groups: readonly Group[], cursor: string | undefined): Group[] {
  const last = keysOf(cursor, ['decimal', 'id'])
  return last ? groups.filter((group) => compareKeys(last, keysOfGroup(group)) < 0) : [...groups]
}
