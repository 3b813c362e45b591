import type { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { nothingAged, overdueAmount } from './ageing.model.ts'
import { openAged } from './ageing-store.ts'

export type Overdue = {
  amount: Decimal
  /** Of the oldest; 0 when nothing is overdue. */
  days: number
  count: number
}

/** What is overdue on a day, one entry for every customer asked for. */
export async function overdueOf(tx: Tx, customerIds: readonly string[], day: Day): Promise<Map<string, Overdue>> {
  const aged = new Map((await openAged(tx, day, customerIds)).map((one) => [one.customerId, one]))
  return new Map(
    customerIds.map((id) => {
      const one = aged.get(id)
      return [
        id,
        { amount: overdueAmount(one ?? nothingAged), days: one?.overdueDays ?? 0, count: one?.overdueCount ?? 0 },
      ]
    }),
  )
}
