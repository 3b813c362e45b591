import { Decimal, type FieldIssue, type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { nextNumber } from '#kernel/numbers'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { choosePairs } from './choose-pairs.ts'
import { creditMethod, type finance, type ReceiptAnswer, receiptPrefix } from './contract.ts'
import { changeExposure, lockExposure } from './exposure-store.ts'
import type { ReceiptPosted } from './facts.ts'
import { allocatePairs, appendEntries } from './ledger-store.ts'
import { postableDay } from './period.ts'
import { customerOf, mayPostReceipts } from './policy.ts'
import { receiptAnswer, receiptSeenBy } from './receipt-answer.ts'
import { insertReceipt, type ReceiptRow } from './receipt-store.ts'

type PostReceipt = Input<(typeof finance)['endpoints']['postReceipt']>

/** Books money that came in: set against what is due first, or as told, or kept as an advance. What is over is kept too. */
export async function postReceipt(tx: Tx, caller: Caller, input: PostReceipt): Promise<ReceiptAnswer> {
  mayPostReceipts(caller)
  const document = await documentFor(tx, 'receipt')
  await checkWritten(tx, caller, document, input, 'create')
  const receipt = await newReceipt(caller, input)
  const { id, number, customerId, receivedOn } = receipt
  await customerOf(tx, caller, customerId)
  const effective = await postableDay(tx, caller, receivedOn, input.intoNextPeriod)

  await lockExposure(tx, customerId)
  const left = new Decimal(receipt.amount)
  const pairs = await choosePairs(
    tx,
    customerId,
    { id, number, hereSince: effective.on, left },
    input.allocations,
    effective.on,
  )
  if (!(await insertReceipt(tx, receipt))) throw new Refusal('stale')
  await changeExposure(tx, customerId, { advance: left })
  const source = { document: 'receipt', id, number }
  await appendEntries(tx, caller, customerId, [
    { kind: 'receipt', receivableId: null, receiptId: id, amount: left.neg(), source, ...effective },
  ])
  await allocatePairs(tx, caller, customerId, pairs)

  const posted = await receiptSeenBy(tx, caller, id)
  await record(tx, caller, document, { id, action: 'create', after: posted })
  const { amount, unallocated } = posted
  const fact: ReceiptPosted = {
    name: 'finance.receipt-posted',
    body: { receiptId: id, number, customerId, amount, unallocated },
  }
  await publish(tx, caller, [fact])
  return receiptAnswer(tx, caller, posted)
}

/** A receipt as it is when it has just come in: nothing of it is used. */
async function newReceipt(caller: Caller, input: PostReceipt): Promise<ReceiptRow> {
  const { id, customerId, amount, method, receivedOn } = input
  if (new Decimal(amount).lte(0)) throw new Refusal('malformed', {}, [notPositive])
  if (method === creditMethod) throw new Refusal('malformed', {}, [notPaid])
  return {
    id,
    number: await nextNumber(receiptPrefix, caller.at),
    customerId,
    amount,
    unallocated: amount,
    method,
    returnOfId: null,
    receivedOn,
    reference: input.reference ?? '',
    note: input.note ?? '',
    state: 'posted',
    custom: mergedCustom({}, input.custom),
    version: 1,
    createdAt: caller.at,
    createdBy: caller.personId,
  }
}

const notPositive: FieldIssue = { field: 'amount', message: '金额要大于 0 / the amount must be more than 0' }
const notPaid: FieldIssue = { field: 'method', message: '退货抵款由退货单生成 / a return makes its credit itself' }
