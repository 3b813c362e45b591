import type { Input, Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import type { finance } from './contract.ts'
import { mayReadReceivables, visibleCustomers } from './policy.ts'
import { receiptViews } from './receipt-answer.ts'
import { listReceipts } from './receipt-store.ts'

type Receipts = (typeof finance)['endpoints']['receipts']

/** Receipts of the customers one may see, latest first. */
export async function receipts(tx: Tx, caller: Caller, input: Input<Receipts>): Promise<Output<Receipts>> {
  mayReadReceivables(caller)
  const { cursor, limit, customerId, ownerId, ...filter } = input
  const customers = await visibleCustomers(tx, caller, { customerId, ownerId })
  const rows = await listReceipts(tx, { ...filter, customers }, limit, keysOf(cursor, ['day', 'id']))
  const page = pageFrom(rows, limit, (row) => [row.receivedOn, row.id])
  return { rows: await receiptViews(tx, caller, page.rows), cursor: page.cursor }
}
