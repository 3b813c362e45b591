import { Decimal, type Input, toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Day, dayAt } from '#kernel/days'
import { keysOf, pageFrom } from '#kernel/paging'
import { namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { addAged, type Aged, nothingAged, owedOf, shownAgeing } from './ageing.model.ts'
import { ledgerAged, openAged } from './ageing-store.ts'
import type { AgeingAnswer, AsKnownAt, finance } from './contract.ts'
import { laterBalances } from './late-store.ts'
import { mayReadAmounts, mayReadReceivables, visibleCustomers } from './policy.ts'

type Sums = { aged: Aged; later: Decimal }
type Group = Sums & { id: string }
/** A group with what it owes, by which groups are put in order. */
type Placed = Group & { owed: Decimal }
type Asked = Input<(typeof finance)['endpoints']['ageing']>

/** What is owed by age, today or as at the end of an earlier day, as it is known now or was then, by customer or by seller. */
export async function ageing(tx: Tx, caller: Caller, asked: Asked): Promise<AgeingAnswer> {
  mayReadReceivables(caller)
  mayReadAmounts(caller)
  const { asOf = dayAt(caller.at), asKnownAt, by, cursor, limit } = asked
  const customers = await visibleCustomers(tx, caller, asked)
  const ofCustomers = await groupsOf(tx, caller, asOf, asKnownAt, customers)
  const groups = by === 'customer' ? ofCustomers : await byOwner(tx, ofCustomers)
  const placed = groups.map((group): Placed => ({ ...group, owed: owedOf(group.aged) })).sort(mostFirst)

  const page = pageFrom(after(placed, cursor).slice(0, limit + 1), limit, keysOfPlace)
  const names = await groupNames(tx, by, page.rows)
  const shown = ({ aged, later }: Sums) => ({
    ...shownAgeing(aged),
    ...(asKnownAt !== undefined && { later: toMoney(later) }),
  })
  return {
    asOf,
    asKnownAt,
    by,
    totals: shown(groups.reduce(together, nothing)),
    rows: page.rows.map((group) => ({ id: group.id, name: names.get(group.id) ?? '', ...shown(group) })),
    cursor: page.cursor,
  }
}

const nothing: Sums = { aged: nothingAged, later: new Decimal(0) }
const together = (a: Sums, b: Sums): Sums => ({ aged: addAged(a.aged, b.aged), later: a.later.plus(b.later) })

async function groupsOf(
  tx: Tx,
  caller: Caller,
  day: Day,
  asKnownAt: AsKnownAt | undefined,
  customers: readonly string[] | null,
): Promise<Group[]> {
  const groups = new Map<string, Group>()
  // The past is in the ledger; today stands in the few receivables that are open.
  const isNow = day === dayAt(caller.at) && asKnownAt === undefined
  const aged = isNow ? await openAged(tx, day, customers) : await ledgerAged(tx, day, customers, asKnownAt)
  for (const one of aged) groups.set(one.customerId, { ...nothing, id: one.customerId, aged: one })
  if (asKnownAt === undefined) return [...groups.values()]
  for (const { customerId: id, amount } of await laterBalances(tx, { until: day, asKnownAt, customers }))
    groups.set(id, { ...nothing, ...groups.get(id), id, later: new Decimal(amount) })
  return [...groups.values()]
}

async function byOwner(tx: Tx, groups: readonly Group[]): Promise<Group[]> {
  const customers = await customersByIds(
    tx,
    groups.map(({ id }) => id),
  )
  const sums = new Map<string, Group>()
  for (const group of groups) {
    const id = customers.get(group.id)?.ownerId
    if (id) sums.set(id, { id, ...together(sums.get(id) ?? nothing, group) })
  }
  return [...sums.values()]
}

async function groupNames(tx: Tx, by: 'customer' | 'owner', groups: readonly Group[]): Promise<Map<string, string>> {
  const ids = groups.map((group) => group.id)
  if (by === 'owner') return namesOf(tx, ids)
  return new Map([...(await customersByIds(tx, ids))].map(([id, customer]) => [id, customer.shortName]))
}

const keysOfPlace = ({ id, owed }: Placed): [string, string] => [owed.toFixed(2), id]

/** Who owes most comes first. */
const mostFirst = (a: Pick<Placed, 'id' | 'owed'>, b: Pick<Placed, 'id' | 'owed'>): number =>
  b.owed.cmp(a.owed) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The groups that come after the last one of the page before. */
function after(groups: readonly Placed[], cursor: string | undefined): Placed[] {
  const keys = keysOf(cursor, ['decimal', 'id'])
  if (!keys) return [...groups]
  const last = { owed: new Decimal(keys[0]), id: keys[1] }
  return groups.filter((group) => mostFirst(last, group) < 0)
}
