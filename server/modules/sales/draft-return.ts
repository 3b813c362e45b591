import { Decimal, type Input, type Output, Refusal, toQuantity } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { nextNumber } from '#kernel/numbers'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { itemsByIds } from '#server/modules/catalog'
import { findOpenWarehouse } from '#server/modules/inventory'
import type { ReturnDetail, sales } from './contract.ts'
import { deliveriesOf } from './delivery-store.ts'
import { itemBrief, itemName } from './linked-names.ts'
import { moveReturn } from './move-return.ts'
import { returnDeeds } from './policy.ts'
import { cameBackOf, insertReturn, replaceLines, underWayOf } from './sales-return-store.ts'
import {
  leftToReturn,
  piecesLeft,
  piecesOf,
  type ReturnLine,
  type SalesReturn,
  sharesOf,
  totalsOfReturn,
  withReturned,
} from './sales-return.model.ts'
import { returnDetail } from './sales-return-view.ts'
import { seeOrder } from './see-order.ts'
import { holdLeft, holdReturn, type Left, leftFor } from './see-return.ts'
import { submittedReturn } from './submit-return.ts'

type Endpoints = (typeof sales)['endpoints']
export type Asked = {
  deliveryLineId: string
  quantity: string
  lots?: { lotId: string; quantity: string }[]
  serials?: string[]
}

/** What has left for an order and can come back, line by line as the notes took it. */
export async function returnable(
  tx: Tx,
  caller: Caller,
  { id }: { id: string },
): Promise<Output<Endpoints['returnable']>> {
  const order = await seeOrder(tx, caller, id)
  const { lines, notes } = leftFor(await deliveriesOf(tx, id))
  const items = await itemsByIds(
    tx,
    [...lines.values()].map(({ itemId }) => itemId),
  )
  const before = await cameBackOf(tx, [...lines.keys()])
  const underWay = await underWayOf(tx, id)
  return {
    order: { id, number: order.number ?? '', customerId: order.customerId, warehouseId: order.warehouseId },
    lines: [...lines.values()].map((line) => ({
      deliveryLineId: line.id,
      delivery: { id: notes.get(line.id)!.id, number: notes.get(line.id)!.number, on: notes.get(line.id)!.shippedOn },
      item: itemBrief(items.get(line.itemId)!),
      delivered: toQuantity(line.picked),
      left: toQuantity(leftToReturn(line)),
      underWay: toQuantity(underWay.get(line.id) ?? 0),
      ...piecesLeft(
        line,
        before.filter((one) => one.deliveryLineId === line.id),
      ),
    })),
  }
}

/** Writes down what a customer wants to give back; when asked to, submits it in the same breath. */
export async function createReturn(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['createReturn']>,
): Promise<ReturnDetail> {
  allow(caller, returnDeeds.edit.right, { zh: '新建退货', en: 'enter returns' })
  const document = await documentFor(tx, 'sales_return')
  await checkWritten(tx, caller, document, { ...input, lines: undefined }, 'create')
  const { id: orderId, customerId, ownerId } = await seeOrder(tx, caller, input.orderId)
  await findOpenWarehouse(tx, input.warehouseId)
  const left = await holdLeft(tx, orderId)
  const lines = await returnLines(tx, left, input.lines)
  const draft: SalesReturn = {
    id: input.id,
    number: await nextNumber('RT', caller.at),
    orderId,
    customerId,
    ownerId,
    warehouseId: input.warehouseId,
    state: 'draft',
    reason: input.reason,
    note: input.note ?? '',
    ...totalsOfReturn(lines),
    costTotal: new Decimal(0),
    receivedOn: null,
    postedOn: null,
    reversedOn: null,
    receiverId: null,
    reasons: [],
    approvalId: null,
    custom: mergedCustom({}, input.custom),
    version: 1,
    createdAt: caller.at,
    createdBy: caller.personId,
    lines,
  }
  if (!(await insertReturn(tx, draft))) throw new Refusal('id_taken')
  await record(tx, caller, document, { id: draft.id, action: 'create', after: draft })
  return returnDetail(tx, caller, input.submit ? await submittedReturn(tx, caller, draft, left) : draft)
}

/** Changes a return while it is a draft; when asked to, submits it in the same breath. */
export async function editReturn(tx: Tx, caller: Caller, input: Input<Endpoints['editReturn']>): Promise<ReturnDetail> {
  const { found, ...left } = await holdReturn(tx, caller, input, returnDeeds.edit)
  await checkWritten(tx, caller, await documentFor(tx, 'sales_return'), { ...input, lines: undefined }, 'patch')
  if (input.warehouseId) await findOpenWarehouse(tx, input.warehouseId)
  const lines = input.lines ? await returnLines(tx, left, input.lines) : found.lines
  const after: SalesReturn = {
    ...found,
    warehouseId: input.warehouseId ?? found.warehouseId,
    reason: input.reason ?? found.reason,
    note: input.note ?? found.note,
    custom: mergedCustom(found.custom, input.custom),
    ...totalsOfReturn(lines),
    costTotal: found.costTotal,
    lines,
  }
  if (input.lines) await replaceLines(tx, after)
  const saved = await moveReturn(tx, caller, 'edit', { before: found, after })
  return returnDetail(tx, caller, input.submit ? await submittedReturn(tx, caller, saved, left) : saved)
}

/**
 * Lines that are to come back. What each would be credited is worked out as if the ones before it had come; it is worked out again when the
 * goods are here.
 */
async function returnLines(tx: Tx, left: Pick<Left, 'lines'>, asked: readonly Asked[]): Promise<ReturnLine[]> {
  const items = await itemsByIds(
    tx,
    [...left.lines.values()].map(({ itemId }) => itemId),
  )
  const before = await cameBackOf(tx, [...left.lines.keys()])
  const progress = new Map(left.lines)
  return asked.map((one, i) => {
    const line = progress.get(one.deliveryLineId)
    if (!line) throw new Refusal('not_delivered')
    const item = items.get(line.itemId)!
    const name = itemName(item)
    const quantity = new Decimal(one.quantity)
    const shares = sharesOf(line, quantity)
    progress.set(line.id, withReturned(line, quantity, shares, name))
    const told = { lots: one.lots ?? [], serials: one.serials ?? [] }
    const gone = before.filter(({ deliveryLineId }) => deliveryLineId === line.id)
    return {
      id: newId(),
      position: i + 1,
      deliveryLineId: line.id,
      orderLineId: line.orderLineId,
      itemId: line.itemId,
      quantity,
      received: new Decimal(0),
      ...piecesOf(told, { tracking: item.tracking, item: name, quantity }, piecesLeft(line, gone)),
      ...shares,
      cost: new Decimal(0),
      netCost: new Decimal(0),
      custom: {},
    }
  })
}
