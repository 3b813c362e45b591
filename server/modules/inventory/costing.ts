import type { Input } from '#contract'
import { allow, type Caller, canRead, has } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { writeSetting } from '#kernel/settings'
import type { Costing, inventory } from './contract.ts'
import { closeIntoAverage, costingSetting, lockAllWorths, openFromAverage, readCosting } from './costing-store.ts'
import type { CostingChanged } from './facts.ts'

/** What the cost of an issue is, and since when. */
export async function costing(tx: Tx, caller: Caller): Promise<Costing> {
  if (!canRead(caller, 'cost'))
    allow(caller, 'org.admin', { zh: '查看成本核算方式', en: 'see how costs are worked out' })
  return view(caller, await readCosting(tx))
}

/**
 * Changes how the cost of issues is worked out, from this moment on: what is there is opened at its average as the first layer of each
 * item, or goes back into the average. Its value stays the same to the fen, and what was posted before stays as it was.
 */
export async function changeCosting(
  tx: Tx,
  caller: Caller,
  { method }: Input<(typeof inventory)['endpoints']['changeCosting']>,
): Promise<Costing> {
  allow(caller, 'org.admin', { zh: '修改成本核算方式', en: 'change how costs are worked out' })
  const worths = await lockAllWorths(tx)
  const before = await readCosting(tx)
  if (before.method === method) return view(caller, before)
  if (method === 'fifo') await openFromAverage(tx, worths, dayAt(caller.at))
  else await closeIntoAverage(tx)
  const after = { method, since: caller.at.toISOString() }
  await writeSetting(tx, caller, costingSetting, after)
  const changed: CostingChanged = { name: 'inventory.costing-changed', body: { before: before.method, after: method } }
  await publish(tx, caller, [changed])
  return view(caller, after)
}

const view = (caller: Caller, now: Omit<Costing, 'can'>): Costing => ({
  ...now,
  can: has(caller, 'org.admin') ? ['change'] : [],
})
