import { canMove, Decimal, Refusal } from '#contract'
import { allow, type Caller, canRead, has, seesOwner, visibleOwners } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type CustomerFacts, customerIdsOf, customersByIds } from '#server/modules/parties'
import { creditMethod, receiptMoves } from './contract.ts'
import type { ReceiptRow } from './receipt-store.ts'

export const mayReadReceivables = (caller: Caller): void =>
  allow(caller, 'receivable.read', { zh: '查看应收', en: 'see receivables' })
/** Refuses where an answer would be nothing but amounts. */
export function mayReadAmounts(caller: Caller): void {
  if (!canRead(caller, 'amount')) throw new Refusal('forbidden', { doing: { zh: '查看金额', en: 'see amounts' } })
}
export const mayPostReceipts = (caller: Caller): void =>
  allow(caller, 'receipt.post', { zh: '登记收款', en: 'post receipts' })
export const mayReverseReceipts = (caller: Caller): void =>
  allow(caller, 'receipt.reverse', { zh: '冲销收款', en: 'reverse receipts' })

/** Money follows the customer's owner: who does not see his customers' receivables gets the answer of a missing customer. */
export async function customerOf(tx: Tx, caller: Caller, id: string): Promise<CustomerFacts> {
  const customer = await seenCustomer(tx, caller, id)
  if (!customer) throw new Refusal('not_found', { what: { zh: '客户', en: 'customer' } })
  return customer
}

export async function seenCustomer(tx: Tx, caller: Caller, id: string): Promise<CustomerFacts | undefined> {
  const customer = (await customersByIds(tx, [id])).get(id)
  return customer && seesOwner(caller, 'receivable', customer.ownerId) ? customer : undefined
}

/** The customers whose money the caller sees, of those he asks for; null: everybody's. */
export async function visibleCustomers(
  tx: Tx,
  caller: Caller,
  asked: { customerId?: string; ownerId?: string },
): Promise<readonly string[] | null> {
  const owners = visibleOwners(caller, 'receivable')
  if (asked.customerId) {
    const customer = await seenCustomer(tx, caller, asked.customerId)
    const isAsked = customer && (!asked.ownerId || customer.ownerId === asked.ownerId)
    return isAsked ? [customer.id] : []
  }
  if (!asked.ownerId) return owners && customerIdsOf(tx, owners)
  return owners === null || owners.includes(asked.ownerId) ? customerIdsOf(tx, [asked.ownerId]) : []
}

/** What the caller may do with a receipt now. */
export function canDoWith(caller: Caller, receipt: ReceiptRow): string[] {
  const isLeft = new Decimal(receipt.unallocated).gt(0)
  return [
    ...(has(caller, 'receipt.post') && isLeft && canMove(receiptMoves, 'allocate', receipt.state) ? ['allocate'] : []),
    ...(has(caller, 'receipt.reverse') &&
    receipt.method !== creditMethod &&
    canMove(receiptMoves, 'reverse', receipt.state)
      ? ['reverse']
      : []),
  ]
}
