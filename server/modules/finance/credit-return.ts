import { type Decimal, toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { oldestFirst } from './allocation.model.ts'
import { creditMethod } from './contract.ts'
import { changeExposure, holdExposure, lockExposure } from './exposure-store.ts'
import type { Source } from './ledger.model.ts'
import { allocatePairs, appendEntries } from './ledger-store.ts'
import { postableDay } from './period.ts'
import { findReceipt, insertReceipt, type ReceiptRow } from './receipt-store.ts'
import { openItems, receivablesOfOrders } from './receivable-store.ts'
import { takeBack } from './reverse-receipt.ts'

export type Credit = {
  customerId: string
  /** The return: the credit bears its id and its number. */
  source: Source
  orderId: string
  /** Tax included; must be above nothing. */
  amount: Decimal
  /** The day the goods came back. */
  on: Day
  intoNextPeriod?: boolean
}

/**
 * Credits a customer for goods that came back: first against what the order still owes, oldest due first; what is over stays his, to be
 * allocated as money paid in advance is. The ledger has it as one more way in which money comes, so every sum that holds of receipts holds of it.
 */
export async function creditReturn(tx: Tx, caller: Caller, credit: Credit): Promise<void> {
  const { customerId, source, orderId, amount, on, intoNextPeriod } = credit
  if (amount.lte(0)) throw new Error(`${source.number}: only an amount above nothing can be credited`)
  const effective = await postableDay(tx, caller, on, intoNextPeriod)
  await lockExposure(tx, customerId)
  const { id, number } = source
  if (!(await insertReceipt(tx, newCredit(caller, credit)))) throw new Error(`${number} is credited already`)
  await changeExposure(tx, customerId, { advance: amount })
  await appendEntries(tx, caller, customerId, [
    { kind: 'return', receivableId: null, receiptId: id, amount: amount.neg(), source, ...effective },
  ])
  const owed = await receivablesOfOrders(tx, [orderId])
  const open = await openItems(
    tx,
    customerId,
    owed.map((receivable) => receivable.id),
  )
  const purse = { id, number, hereSince: effective.on, left: amount }
  await allocatePairs(tx, caller, customerId, oldestFirst([purse], open, effective.on))
  const after = (await findReceipt(tx, id))!
  await record(tx, caller, await documentFor(tx, 'receipt'), { id, action: 'create', after })
}

/** Takes the credit of a return back, as of a day: what it had settled is owed again. */
export async function takeCreditBack(tx: Tx, caller: Caller, source: Source, on: Day): Promise<void> {
  const { customerId } = (await findReceipt(tx, source.id))!
  await holdExposure(tx, customerId)
  const before = (await findReceipt(tx, source.id))!
  await takeBack(tx, caller, before, { kind: 'return_reversal', source, on })
  const after = (await findReceipt(tx, source.id))!
  await record(tx, caller, await documentFor(tx, 'receipt'), { id: source.id, action: 'reverse', before, after })
}

const newCredit = (caller: Caller, { source, customerId, orderId, amount, on }: Credit): ReceiptRow => ({
  id: source.id,
  number: source.number,
  customerId,
  amount: toMoney(amount),
  unallocated: toMoney(amount),
  method: creditMethod,
  returnOfId: orderId,
  receivedOn: on,
  reference: '',
  note: '',
  state: 'posted',
  custom: {},
  version: 1,
  createdAt: caller.at,
  createdBy: caller.personId,
})
