import { Decimal, type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Day, dayAt } from '#kernel/days'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { assertMove } from './allocate-receipt.ts'
import type { Pair } from './allocation.model.ts'
import { allocationsOfReceipt } from './allocation-store.ts'
import { creditMethod, type finance, type ReceiptAnswer } from './contract.ts'
import { changeExposure, lockExposure } from './exposure-store.ts'
import type { ReceiptReversed } from './facts.ts'
import type { Source } from './ledger.model.ts'
import { appendEntries, releasePairs } from './ledger-store.ts'
import { assertOpen } from './period.ts'
import { mayReverseReceipts } from './policy.ts'
import { receiptAnswer, receiptSeenBy } from './receipt-answer.ts'
import { type ReceiptRow, saveReversed } from './receipt-store.ts'

/** Undoes a receipt as of today: what it had settled is owed again. Its ledger lines stay, others undo them. */
export async function reverseReceipt(
  tx: Tx,
  caller: Caller,
  { id, version }: Input<(typeof finance)['endpoints']['reverseReceipt']>,
): Promise<ReceiptAnswer> {
  mayReverseReceipts(caller)
  const { customerId } = await receiptSeenBy(tx, caller, id)
  await lockExposure(tx, customerId)
  const before = await receiptSeenBy(tx, caller, id)
  if (before.method === creditMethod) throw new Refusal('credit_of_return', { number: before.number })
  if (before.version !== version) throw new Refusal('stale')
  assertMove(before, 'reverse')
  await takeBack(tx, caller, before, {
    kind: 'reversal',
    source: { document: 'receipt', id, number: before.number },
    on: dayAt(caller.at),
  })

  const after = await receiptSeenBy(tx, caller, id)
  await record(tx, caller, await documentFor(tx, 'receipt'), { id, action: 'reverse', before, after })
  const fact: ReceiptReversed = {
    name: 'finance.receipt-reversed',
    body: { receiptId: id, number: before.number, customerId, amount: before.amount },
  }
  await publish(tx, caller, [fact])
  return receiptAnswer(tx, caller, after)
}

/** Undoes what a receipt or a credit did, on a day whose books are open; the caller holds the customer's exposure. */
export async function takeBack(
  tx: Tx,
  caller: Caller,
  receipt: ReceiptRow,
  { kind, source, on }: { kind: 'reversal' | 'return_reversal'; source: Source; on: Day },
): Promise<void> {
  const { id, customerId, version } = receipt
  await assertOpen(tx, on)
  await releasePairs(tx, caller, customerId, await pairsOf(tx, receipt, on))
  const amount = new Decimal(receipt.amount)
  await changeExposure(tx, customerId, { advance: amount.neg() })
  await appendEntries(tx, caller, customerId, [{ kind, receivableId: null, receiptId: id, amount, source, on }])
  await saveReversed(tx, id, version)
}

async function pairsOf(tx: Tx, { id, number }: ReceiptRow, on: Day): Promise<Pair[]> {
  const allocations = await allocationsOfReceipt(tx, id)
  return allocations.map(({ receivableId, amount }) => ({
    receipt: { id, number },
    receivableId,
    amount: new Decimal(amount),
    on,
  }))
}
