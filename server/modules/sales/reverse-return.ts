import { Decimal, type Input } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { holdExposure, takeCreditBack } from '#server/modules/finance'
import { undoTakeIn } from '#server/modules/inventory'
import type { ReturnDetail, sales } from './contract.ts'
import type { ReturnCancelled, ReturnReversed } from './facts.ts'
import { moveReturn, returnBody } from './move-return.ts'
import { returnDeeds } from './policy.ts'
import { saveReturned } from './sales-return-store.ts'
import { type SalesReturn, withoutReturned } from './sales-return.model.ts'
import { returnDetail } from './sales-return-view.ts'
import { holdReturn } from './see-return.ts'

type Endpoints = (typeof sales)['endpoints']

/** Undoes a return as of today: the goods leave as they came, and what it had credited is owed again. Nothing of it is erased. */
export async function reverseReturn(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['reverseReturn']>,
): Promise<ReturnDetail> {
  const { found, lines } = await holdReturn(tx, caller, input, returnDeeds.reverse)
  await holdExposure(tx, found.customerId)
  const today = dayAt(caller.at)
  const source = { document: 'sales_return', id: found.id, number: found.number }
  const before = [...new Set(found.lines.map((line) => line.deliveryLineId))].map((id) => lines.get(id)!)
  await saveReturned(
    tx,
    before,
    before.map((line) => found.lines.filter((one) => one.deliveryLineId === line.id).reduce(withoutReturned, line)),
  )
  await undoTakeIn(tx, caller, source, today)
  if (found.grossTotal.gt(0)) await takeCreditBack(tx, caller, source, today)

  const { grossTotal, netTotal, costTotal } = found
  const fact: ReturnReversed = {
    name: 'sales.return-reversed',
    body: {
      ...returnBody(found),
      on: today,
      gross: grossTotal.toFixed(2),
      net: netTotal.toFixed(2),
      tax: grossTotal.minus(netTotal).toFixed(2),
      cost: costTotal.toFixed(2),
      netCost: Decimal.sum(0, ...found.lines.map((line) => line.netCost)).toFixed(2),
    },
  }
  const after: SalesReturn = { ...found, state: 'reversed', reversedOn: today, note: withReason(found, input.reason) }
  return returnDetail(tx, caller, await moveReturn(tx, caller, 'reverse', { before: found, after, facts: [fact] }))
}

/** The goods will not come. */
export async function cancelReturn(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['cancelReturn']>,
): Promise<ReturnDetail> {
  const { found } = await holdReturn(tx, caller, input, returnDeeds.cancel)
  const fact: ReturnCancelled = { name: 'sales.return-cancelled', body: returnBody(found) }
  const after: SalesReturn = { ...found, state: 'cancelled', note: withReason(found, input.reason) }
  return returnDetail(tx, caller, await moveReturn(tx, caller, 'cancel', { before: found, after, facts: [fact] }))
}

const withReason = ({ note }: SalesReturn, reason: string): string => [note, reason].filter(Boolean).join('\n')
