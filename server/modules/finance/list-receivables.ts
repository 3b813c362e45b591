import { type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { addDays, type Day, dayAt, daysBetween } from '#kernel/days'
import { keysOf, pageFrom } from '#kernel/paging'
import { documentFor, present } from '#server/engines/forms'
import { namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { allocationsOfReceivables } from './allocation-store.ts'
import { type finance, receivableDocument, type ReceivableView } from './contract.ts'
import { mayReadReceivables, seenCustomer, visibleCustomers } from './policy.ts'
import { documentDayOf, findReceivable, listReceivables, type ReceivableRow } from './receivable-store.ts'
import { shownAllocations } from './shown-allocations.ts'

type Endpoints = (typeof finance)['endpoints']

/** What customers owe, earliest due first: of the customers one may see. */
export async function receivables(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['receivables']>,
): Promise<Output<Endpoints['receivables']>> {
  mayReadReceivables(caller)
  const { cursor, limit, customerId, ownerId, overdue, dueTo, openOnly, ...filter } = input
  const customers = await visibleCustomers(tx, caller, { customerId, ownerId })
  const yesterday = addDays(dayAt(caller.at), -1)
  const latest = overdue && (!dueTo || dueTo > yesterday) ? yesterday : dueTo
  const rows = await listReceivables(
    tx,
    { ...filter, customers, dueTo: latest, openOnly: openOnly || overdue },
    limit,
    keysOf(cursor, ['day', 'id']),
  )
  const page = pageFrom(rows, limit, (row) => [row.dueOn, row.id])
  return { rows: await receivableViews(tx, caller, page.rows), cursor: page.cursor }
}

/** One receivable, and the receipts that settled it. */
export async function receivable(
  tx: Tx,
  caller: Caller,
  { id }: Input<Endpoints['receivable']>,
): Promise<Output<Endpoints['receivable']>> {
  mayReadReceivables(caller)
  const row = await findReceivable(tx, id)
  const isSeen = row && (await seenCustomer(tx, caller, row.customerId))
  if (!isSeen) throw new Refusal('not_found', { what: receivableDocument.label })
  const [view] = await receivableViews(tx, caller, [row])
  return {
    receivable: view!,
    documentOn: await documentDayOf(tx, row),
    allocations: shownAllocations(caller, await allocationsOfReceivables(tx, [id])),
  }
}

async function receivableViews(tx: Tx, caller: Caller, rows: readonly ReceivableRow[]): Promise<ReceivableView[]> {
  const document = await documentFor(tx, 'receivable')
  const customers = await customersByIds(
    tx,
    rows.map((row) => row.customerId),
  )
  const people = await namesOf(
    tx,
    [...customers.values()].map((customer) => customer.ownerId),
  )
  const today = dayAt(caller.at)
  return rows.map((row) => {
    const customer = customers.get(row.customerId)
    const ownerId = customer?.ownerId ?? null
    const names = { customerId: customer?.shortName ?? '', ownerId: people.get(ownerId ?? '') ?? '' }
    const view = present(document, caller, { ...row, ...stateOn(row, today), ownerId }, { names })
    return view // documentFor answers the receivable's own descriptor, with the company's fields beside it
  })
}

function stateOn(row: ReceivableRow, today: Day): { state: string; overdueDays: number } {
  const isSettled = row.settled === row.amount
  const isOverdue = !isSettled && row.dueOn < today
  return {
    state: isSettled ? 'settled' : isOverdue ? 'overdue' : 'not_due',
    overdueDays: isOverdue ? daysBetween(row.dueOn, today) : 0,
  }
}
