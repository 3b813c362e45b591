import type { Input, Output } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { findApprovals } from './approval-store.ts'
import type { approvals } from './contract.ts'
import { countWaiting, inboxLines } from './inbox-store.ts'
import { approvalRows } from './view.ts'

type Endpoint = (typeof approvals)['endpoints']['inbox']

export async function inbox(
  tx: Tx,
  caller: Caller,
  { box, q, cursor, limit }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  const [before] = keysOf(cursor, ['id']) ?? []
  const lines = await inboxLines(tx, caller.personId, box, { q, before, limit })
  const page = pageFrom(lines, limit, (line) => [line.id])
  const found = await findApprovals(
    tx,
    page.rows.map((line) => line.approvalId),
  )
  const shown = page.rows.flatMap((line) => found.get(line.approvalId) ?? [])
  return {
    rows: await approvalRows(tx, caller, shown),
    cursor: page.cursor,
    waiting: await countWaiting(tx, caller.personId),
  }
}
