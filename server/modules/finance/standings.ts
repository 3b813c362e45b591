import { type Input, type Output, toMoney } from '#contract'
import { type Caller, canRead, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { dayAt } from '#kernel/days'
import { customersByIds } from '#server/modules/parties'
import type { finance } from './contract.ts'
import { exposureOf } from './exposure-store.ts'
import { overdueOf } from './overdue.ts'
import { mayReadAmounts, mayReadReceivables } from './policy.ts'

type Endpoint = (typeof finance)['endpoints']['standings']

/** Where several customers stand: three statements, however many. */
export async function standings(tx: Tx, caller: Caller, { customers }: Input<Endpoint>): Promise<Output<Endpoint>> {
  mayReadReceivables(caller)
  mayReadAmounts(caller)
  const seen = [...(await customersByIds(tx, customers)).values()].filter((one) =>
    seesOwner(caller, 'receivable', one.ownerId),
  )
  const ids = seen.map(({ id }) => id)
  const [exposures, overdues] = await Promise.all([exposureOf(tx, ids), overdueOf(tx, ids, dayAt(caller.at))])
  const showsCredit = canRead(caller, 'credit')
  return {
    rows: seen.map(({ id, creditLimit }) => {
      const { owed, exposure } = exposures.get(id)!
      const overdue = overdues.get(id)!
      return {
        customerId: id,
        owed: toMoney(owed),
        overdue: toMoney(overdue.amount),
        overdueDays: overdue.days,
        ...(showsCredit && { creditLeft: toMoney(creditLimit.minus(exposure)) }),
      }
    }),
  }
}
