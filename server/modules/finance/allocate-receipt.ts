import { canMove, type Input, Refusal, toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { dayAt } from '#kernel/days'
import { publish } from '#kernel/events'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { total } from './allocation.model.ts'
import { choosePairs } from './choose-pairs.ts'
import { type finance, receiptDocument, type ReceiptAnswer, receiptMoves, receiptStates } from './contract.ts'
import { lockExposure } from './exposure-store.ts'
import type { ReceiptAllocated } from './facts.ts'
import { allocatePairs } from './ledger-store.ts'
import { assertOpen } from './period.ts'
import { mayPostReceipts } from './policy.ts'
import { receiptAnswer, receiptSeenBy } from './receipt-answer.ts'
import { openReceipts, type ReceiptRow } from './receipt-store.ts'

/** Sets what is left of a receipt against receivables, from today on. */
export async function allocateReceipt(
  tx: Tx,
  caller: Caller,
  { id, version, allocations }: Input<(typeof finance)['endpoints']['allocateReceipt']>,
): Promise<ReceiptAnswer> {
  mayPostReceipts(caller)
  const { customerId } = await receiptSeenBy(tx, caller, id)
  await lockExposure(tx, customerId)
  const before = await receiptSeenBy(tx, caller, id)
  if (before.version !== version) throw new Refusal('stale')
  assertMove(before, 'allocate')
  const today = dayAt(caller.at)
  await assertOpen(tx, today)

  const [receipt] = await openReceipts(tx, customerId, id)
  if (!receipt) throw new Refusal('receipt_exhausted', { left: '0.00', amount: before.amount })
  const pairs = await choosePairs(tx, customerId, receipt, allocations, today)
  if (pairs.length === 0) throw new Refusal('nothing_open')
  await allocatePairs(tx, caller, customerId, pairs)

  const after = await receiptSeenBy(tx, caller, id)
  await record(tx, caller, await documentFor(tx, 'receipt'), { id, action: 'allocate', before, after })
  const fact: ReceiptAllocated = {
    name: 'finance.receipt-allocated',
    body: {
      receiptId: id,
      number: after.number,
      customerId,
      amount: toMoney(total(pairs.map((pair) => pair.amount))),
      unallocated: after.unallocated,
    },
  }
  await publish(tx, caller, [fact])
  return receiptAnswer(tx, caller, after)
}

export function assertMove(receipt: ReceiptRow, move: keyof typeof receiptMoves): void {
  if (canMove(receiptMoves, move, receipt.state)) return
  throw new Refusal('wrong_state', {
    document: receiptDocument.label,
    state: receiptStates[receipt.state].label,
    doing: receiptMoves[move].label,
  })
}
