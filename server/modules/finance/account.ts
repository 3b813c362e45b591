import { type Decimal, toMoney, toPercent } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Day, dayAt } from '#kernel/days'
import type { CustomerFacts } from '#server/modules/parties'
import { nothingAged, overdueAmount, shownAgeing } from './ageing.model.ts'
import { openAged } from './ageing-store.ts'
import type { CustomerAccount } from './contract.ts'
import { creditUse } from './credit.model.ts'
import { expectedOfCustomer } from './expected-store.ts'
import type { Exposure } from './exposure.model.ts'
import { exposureOf } from './exposure-store.ts'
import { customerOf, mayReadReceivables } from './policy.ts'
import { nextDue } from './receivable-store.ts'

/** Where a customer stands now: what uses his credit, what is overdue, what comes next. */
export async function account(tx: Tx, caller: Caller, { id }: { id: string }): Promise<CustomerAccount> {
  mayReadReceivables(caller)
  const customer = await customerOf(tx, caller, id)
  const asOf = dayAt(caller.at)
  const exposure = (await exposureOf(tx, [id])).get(id)!
  return {
    customerId: id,
    customerName: customer.shortName,
    asOf,
    at: caller.at.toISOString(),
    ...(canRead(caller, 'credit') && { credit: creditOf(customer, exposure.exposure) }),
    ...(canRead(caller, 'amount') && { amounts: await amountsOf(tx, id, exposure, asOf) }),
  }
}

const creditOf = ({ creditLimit }: CustomerFacts, exposure: Decimal): CustomerAccount['credit'] => ({
  limit: toMoney(creditLimit),
  exposure: toMoney(exposure),
  usedPercent: toPercent(creditUse(exposure, creditLimit)),
  left: toMoney(creditLimit.minus(exposure)),
})

async function amountsOf(
  tx: Tx,
  customerId: string,
  { ordered, owed, advance }: Exposure,
  day: Day,
): Promise<CustomerAccount['amounts']> {
  const [aged] = await openAged(tx, day, [customerId])
  const next = await nextDue(tx, customerId, day)
  const expected = await expectedOfCustomer(tx, customerId)
  return {
    ordered: toMoney(ordered),
    owed: toMoney(owed),
    advance: toMoney(advance),
    overdue: {
      amount: toMoney(overdueAmount(aged ?? nothingAged)),
      days: aged?.overdueDays ?? 0,
      count: aged?.overdueCount ?? 0,
    },
    ageing: shownAgeing(aged ?? nothingAged),
    nextDue: next ? { on: next.on, amount: toMoney(next.amount) } : null,
    expected,
  }
}
