import { Decimal, type Input, type Output, Refusal, toMoney } from '#contract'
import { allow, type Caller, canRead, has, seesOwner, visibleOwners } from '#kernel/caller'
import { dayAt, endOfMonth } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { holdersOf, namesOf } from '#server/modules/org'
import type { sales } from './contract.ts'
import { soldBy } from './sales-report-store.ts'
import { dropTarget, putTarget, targetsOf } from './target-store.ts'

type Endpoints = (typeof sales)['endpoints']

const sellersMax = 200
const firstOf = (month: string): string => `${month}-01`
const setting = { zh: '设销售目标', en: 'set sales targets' }

/** What people were to sell in some months, and have sold until today: agreed orders by their day, tax included. */
export async function salesTargets(
  tx: Tx,
  caller: Caller,
  { from, to }: Input<Endpoints['salesTargets']>,
): Promise<Output<Endpoints['salesTargets']>> {
  allow(caller, 'sales_order.write', { zh: '查看销售目标', en: 'see sales targets' })
  if (!canRead(caller, 'amount')) throw new Refusal('forbidden', { doing: { zh: '查看金额', en: 'see amounts' } })
  if (to < from) throw new Refusal('malformed')
  const owners = visibleOwners(caller, 'sales_order')
  const today = dayAt(caller.at)
  const days = { from: firstOf(from), to: endOfMonth(firstOf(to)) }
  const targets = await targetsOf(tx, { from: days.from, to: firstOf(to), owners })
  const sold = await soldBy(tx, {
    by: 'seller',
    stage: 'ordered',
    ...days,
    owners,
    sort: 'gross',
    direction: 'desc',
    limit: sellersMax,
  })
  const done = new Map(sold.map(({ key, gross }) => [key, new Decimal(gross)]))
  const canSet = has(caller, 'sales_target.write')
  const ids = new Set([...targets.keys(), ...done.keys(), ...(await sellersFor(tx, caller, canSet))])
  const names = await namesOf(tx, [...ids])
  const rows = [...ids].map((id) => ({
    personId: id,
    name: names.get(id) ?? '—',
    target: targets.get(id) ?? null,
    done: done.get(id) ?? new Decimal(0),
  }))
  const shown = rows.toSorted((a, b) => b.done.cmp(a.done) || (a.name < b.name ? -1 : 1))
  return {
    rows: shown.map((row) => ({ ...row, target: row.target && toMoney(row.target), done: toMoney(row.done) })),
    ...days,
    today,
    canSet,
  }
}

/** Those who sell and stand below whoever sets targets; others see themselves. */
async function sellersFor(tx: Tx, caller: Caller, canSet: boolean): Promise<string[]> {
  if (!canSet) return [caller.personId]
  const holders = [...(await holdersOf(tx, 'seller')), ...(await holdersOf(tx, 'sales_manager'))]
  return holders.filter((id) => seesOwner(caller, 'sales_order', id))
}

/** Says what somebody is to sell in a month; nothing takes the target away. */
export async function setSalesTarget(
  tx: Tx,
  caller: Caller,
  { month, personId, amount }: Input<Endpoints['setSalesTarget']>,
): Promise<Output<Endpoints['setSalesTarget']>> {
  allow(caller, 'sales_target.write', setting)
  const known = (await namesOf(tx, [personId])).has(personId)
  if (!known || !seesOwner(caller, 'sales_order', personId))
    throw new Refusal('not_found', { what: { zh: '同事', en: 'colleague' } })
  if (amount === null) await dropTarget(tx, personId, firstOf(month))
  else await putTarget(tx, { ownerId: personId, month: firstOf(month), amount, by: caller.personId, at: caller.at })
  return { saved: true }
}
