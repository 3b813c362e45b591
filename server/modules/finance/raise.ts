import { type Decimal, toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import { readSetting } from '#kernel/settings'
import { instalments, paymentTerm } from '#server/modules/parties'
import { oldestFirst } from './allocation.model.ts'
import { expectLess } from './expect.ts'
import { expectedOfOrder } from './expected-store.ts'
import { changeExposure, lockExposure } from './exposure-store.ts'
import type { ReceivableRaised } from './facts.ts'
import { raisedKind, type Source } from './ledger.model.ts'
import { allocatePairs, appendEntries } from './ledger-store.ts'
import { type Effective, postableDay } from './period.ts'
import { openReceipts } from './receipt-store.ts'
import { insertReceivables, type NewReceivable, openItems } from './receivable-store.ts'
import { autoAllocate } from './settings.ts'

export type Raise = {
  customerId: string
  source: Source
  orderId: string | null
  orderNumber: string | null
  /** Tax included; must be above nothing. */
  amount: Decimal
  /** The day the goods left. */
  on: Day
  termCode: string
}

/**
 * Makes an amount owed: a receivable for each instalment of the terms. What an order counted as ordered, it counts as owed
 * from now on, and what was expected of it becomes less.
 */
export async function raise(tx: Tx, caller: Caller, { source, ...owed }: Raise): Promise<void> {
  const { customerId, orderId, amount, on } = owed
  if (amount.lte(0)) throw new Error(`${source.number}: only an amount above nothing can be owed`)
  const effective = await postableDay(tx, caller, on)
  const { advance } = await lockExposure(tx, customerId)

  const receivables = await dueParts(tx, { source, ...owed }, effective)
  await insertReceivables(tx, receivables)
  await appendEntries(
    tx,
    caller,
    customerId,
    receivables.map(({ id, amount }) => ({
      kind: raisedKind(source),
      receivableId: id,
      receiptId: null,
      amount,
      source,
      ...effective,
    })),
  )
  await changeExposure(tx, customerId, { ordered: orderId ? amount.neg() : 0, owed: amount })
  if (orderId) await expectLess(tx, orderId, amount)

  const receivableIds = receivables.map(({ id }) => id)
  if (advance.gt(0) && (await readSetting(tx, autoAllocate)))
    await takeAdvances(tx, caller, customerId, receivableIds, effective.on)
  const raised: ReceivableRaised = {
    name: 'finance.receivable-raised',
    body: { customerId, source, orderId, amount: toMoney(amount), receivableIds },
  }
  await publish(tx, caller, [raised])
}

async function dueParts(
  tx: Tx,
  { customerId, source, orderId, orderNumber, amount, on, termCode }: Raise,
  effective: Effective,
): Promise<NewReceivable[]> {
  const term = await paymentTerm(tx, termCode)
  const [expected] = orderId ? await expectedOfOrder(tx, orderId) : []
  const order = orderId ? { id: orderId, number: orderNumber ?? '' } : null
  return instalments(term, amount, { orderedOn: expected?.orderedOn ?? on, deliveredOn: on }).map((part) => ({
    id: newId(),
    customerId,
    source,
    order,
    amount: part.amount,
    postedOn: effective.on,
    dueOn: part.dueOn,
  }))
}

async function takeAdvances(
  tx: Tx,
  caller: Caller,
  customerId: string,
  receivableIds: string[],
  on: Day,
): Promise<void> {
  const receipts = await openReceipts(tx, customerId)
  const items = await openItems(tx, customerId, receivableIds)
  await allocatePairs(tx, caller, customerId, oldestFirst(receipts, items, on))
}
