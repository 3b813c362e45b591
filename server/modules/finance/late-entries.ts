import type { Input, Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { customersByIds } from '#server/modules/parties'
import type { finance } from './contract.ts'
import { lateRows } from './late-store.ts'
import { mayReadAmounts, mayReadReceivables, visibleCustomers } from './policy.ts'
import { shownEntry } from './statement.ts'

type Endpoint = (typeof finance)['endpoints']['lateEntries']

/** Why a balance of the past is another one now: the documents that took effect by then and were recorded later. */
export async function lateEntries(
  tx: Tx,
  caller: Caller,
  { asOf, asKnownAt, customerId, ownerId, cursor, limit }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  mayReadReceivables(caller)
  mayReadAmounts(caller)
  const customers = await visibleCustomers(tx, caller, { customerId, ownerId })
  const found = await lateRows(tx, { until: asOf, asKnownAt, customers }, limit, keysOf(cursor, ['instant', 'id']))
  const { rows, cursor: next } = pageFrom(found, limit, ({ recordedAt, id }) => [recordedAt.toISOString(), id])
  const names = await customersByIds(
    tx,
    rows.map((row) => row.customerId),
  )
  const shown = rows.map((row) => ({
    ...shownEntry(row),
    customerName: names.get(row.customerId)?.shortName ?? '',
  }))
  return { rows: shown, cursor: next }
}
