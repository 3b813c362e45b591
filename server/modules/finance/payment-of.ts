import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import { total } from './allocation.model.ts'
import { type AllocationRow, allocationsOfReceivables } from './allocation-store.ts'
import { type ReceivableRow, receivablesOfOrders } from './receivable-store.ts'

/** What an order came to owe and what was paid of it. */
export type OrderPayment = {
  state: 'nothing_owed' | 'unpaid' | 'partly_paid' | 'paid'
  /** What is to be paid of it in the end, and what was: without what returns took off it. */
  owed: Decimal
  paid: Decimal
  credited: Decimal
  receivables: ReceivableRow[]
  allocations: AllocationRow[]
}

/** How far orders are paid, one entry for every order asked for. */
export async function paymentOf(tx: Tx, orderIds: readonly string[]): Promise<Map<string, OrderPayment>> {
  const receivables = await receivablesOfOrders(tx, orderIds)
  const allocations = await allocationsOfReceivables(
    tx,
    receivables.map((row) => row.id),
  )
  return new Map(
    orderIds.map((id) => {
      const own = receivables.filter((row) => row.orderId === id)
      const ids = new Set(own.map((row) => row.id))
      return [
        id,
        paymentFrom(
          own,
          allocations.filter((row) => ids.has(row.receivableId)),
        ),
      ]
    }),
  )
}

function paymentFrom(receivables: ReceivableRow[], allocations: AllocationRow[]): OrderPayment {
  const credited = total(allocations.filter((row) => row.isCredit).map((row) => new Decimal(row.amount)))
  const owed = total(receivables.map((row) => new Decimal(row.amount))).minus(credited)
  const paid = total(receivables.map((row) => new Decimal(row.settled))).minus(credited)
  const state = owed.isZero() ? 'nothing_owed' : paid.isZero() ? 'unpaid' : paid.lt(owed) ? 'partly_paid' : 'paid'
  return { state, owed, paid, credited, receivables, allocations }
}
