import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { goodsReceipt, landedCost, stockAdjustment, stockTransfer } from './contract.ts'
import { findReceipt, type Receipt } from './goods-receipt-store.ts'
import { findLanded, type Landed } from './landed-cost-store.ts'
import { allowCosts, assertSeen } from './policy.ts'
import { type Adjustment, findAdjustment } from './stock-adjustment-store.ts'
import { findTransfer, type Transfer } from './stock-transfer-store.ts'

/** A document of a warehouse that the caller reaches. */
export async function seeReceipt(tx: Tx, caller: Caller, id: string): Promise<Receipt> {
  const receipt = await findReceipt(tx, id)
  assertSeen(caller, goodsReceipt, [receipt.warehouseId])
  return receipt
}

export async function seeAdjustment(tx: Tx, caller: Caller, id: string): Promise<Adjustment> {
  const adjustment = await findAdjustment(tx, id)
  assertSeen(caller, stockAdjustment, [adjustment.warehouseId])
  return adjustment
}

/** Both sides see a transfer; each does its own part of it. */
export async function seeTransfer(tx: Tx, caller: Caller, id: string): Promise<Transfer> {
  const transfer = await findTransfer(tx, id)
  assertSeen(caller, stockTransfer, [transfer.fromId, transfer.toId])
  return transfer
}

/** A cost is seen by who reads costs and reaches a warehouse that it fell on. */
export async function seeLanded(tx: Tx, caller: Caller, id: string): Promise<Landed> {
  allowCosts(caller)
  const cost = await findLanded(tx, id)
  const receipts = await Promise.all(cost.receiptIds.map((receiptId) => findReceipt(tx, receiptId)))
  assertSeen(
    caller,
    landedCost,
    receipts.map(({ warehouseId }) => warehouseId),
  )
  return cost
}
