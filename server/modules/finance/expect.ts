import type { Decimal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { instalments, paymentTerm } from '#server/modules/parties'
import { inProportion, total } from './allocation.model.ts'
import { cutExpected, expectedOfOrder, replaceExpected } from './expected-store.ts'
import { holdExposure } from './exposure-store.ts'

export type ExpectedOrder = {
  customerId: string
  orderId: string
  orderNumber: string
  amount: Decimal
  termCode: string
  orderedOn: Day
  promisedOn: Day | null
}

/** What a confirmed order will come to owe, by instalments, if it is delivered as promised. Said again, it replaces what was said. */
export async function expect(tx: Tx, _caller: Caller, order: ExpectedOrder): Promise<void> {
  const { customerId, orderId, orderNumber, orderedOn, promisedOn } = order
  const term = await paymentTerm(tx, order.termCode)
  await holdExposure(tx, customerId)
  const parts = instalments(term, order.amount, { orderedOn, deliveredOn: promisedOn ?? orderedOn })
  await replaceExpected(
    tx,
    { customerId, orderId, orderNumber, orderedOn },
    parts.map(({ amount, dueOn }, i) => ({ part: i + 1, amount, dueOn })),
  )
}

/** An order that is cancelled, or shortened by an amount, will not come to owe it. */
export async function dropExpected(tx: Tx, orderId: string, amount: Decimal | 'all'): Promise<void> {
  const [first] = await expectedOfOrder(tx, orderId)
  if (!first) return
  await holdExposure(tx, first.customerId)
  await expectLess(tx, orderId, amount)
}

/** Takes an amount off what is expected of an order, off every instalment its share. The caller holds the exposure. */
export async function expectLess(tx: Tx, orderId: string, amount: Decimal | 'all'): Promise<void> {
  const expected = await expectedOfOrder(tx, orderId)
  const rests = expected.map(({ remaining }) => remaining)
  const cuts = inProportion(amount === 'all' ? total(rests) : amount, rests)
  await cutExpected(
    tx,
    expected.map(({ id }, i) => ({ id, amount: cuts[i]! })),
  )
}
