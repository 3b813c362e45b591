import { Decimal, type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { itemsByIds } from '#server/modules/catalog'
import { creditReturn, effectiveDay, holdExposure } from '#server/modules/finance'
import { assertMine, findWarehouse, takeIn } from '#server/modules/inventory'
import type { ReturnDetail, sales } from './contract.ts'
import type { DeliveryLine } from './delivery.model.ts'
import type { GoodsReturned } from './facts.ts'
import { itemName } from './linked-names.ts'
import { moveReturn, returnBody } from './move-return.ts'
import { returnDeeds } from './policy.ts'
import { cameBackOf, saveReturned } from './sales-return-store.ts'
import {
  piecesLeft,
  piecesOf,
  type ReturnLine,
  type SalesReturn,
  sharesOf,
  totalsOfReturn,
  withReturned,
} from './sales-return.model.ts'
import { returnDetail } from './sales-return-view.ts'
import { holdReturn, type Left } from './see-return.ts'

type ReceiveReturn = Input<(typeof sales)['endpoints']['receiveReturn']>
type Received = Omit<ReceiveReturn, 'id' | 'version'>

/**
 * The goods are here: they are in stock again at what they had left at, the customer owes less by what he was charged for them, and what of
 * that he had paid is his credit.
 */
export async function receiveReturn(tx: Tx, caller: Caller, input: ReceiveReturn): Promise<ReturnDetail> {
  const { found, ...left } = await holdReturn(tx, caller, input, returnDeeds.receive)
  await Promise.all([assertMine(tx, caller, found.warehouseId), holdExposure(tx, found.customerId)])
  const on = input.on ?? dayAt(caller.at)
  assertAfterDelivery(found, left, on)
  const { lines, after } = await cameBack(tx, found, left, input.lines)
  const { on: postedOn } = await effectiveDay(tx, on, input.intoNextPeriod)
  const received: SalesReturn = {
    ...found,
    state: 'received',
    receivedOn: on,
    postedOn,
    receiverId: caller.personId,
    ...totalsOfReturn(lines),
    lines,
  }
  const ids = after.map(({ id }) => id)
  await saveReturned(
    tx,
    ids.map((id) => left.lines.get(id)!),
    after,
  )
  await bookIn(tx, caller, received, input.intoNextPeriod)
  const fact = await goodsReturned(tx, received, left.order.number ?? '')
  return returnDetail(
    tx,
    caller,
    await moveReturn(tx, caller, 'receive', { before: found, after: received, facts: [fact] }),
  )
}

function assertAfterDelivery(found: SalesReturn, { notes }: Left, on: string): void {
  const late = found.lines.map((line) => notes.get(line.deliveryLineId)!).find((note) => on < note.shippedOn!)
  if (late) throw new Refusal('returned_before_delivery', { delivery: late.number, day: late.shippedOn })
}

/** The lines as they came, and the delivered lines after it. What is asked for and not told came as asked. */
async function cameBack(
  tx: Tx,
  found: SalesReturn,
  left: Left,
  told: Received['lines'],
): Promise<{ lines: ReturnLine[]; after: DeliveryLine[] }> {
  const items = await itemsByIds(
    tx,
    found.lines.map(({ itemId }) => itemId),
  )
  const before = await cameBackOf(
    tx,
    found.lines.map((line) => line.deliveryLineId),
  )
  const progress = new Map<string, DeliveryLine>()
  const lines: ReturnLine[] = []
  for (const line of found.lines) {
    const here = told ? told.find((one) => one.lineId === line.id) : undefined
    const quantity = told ? new Decimal(here?.quantity ?? 0) : line.quantity
    const item = items.get(line.itemId)!
    const name = itemName(item)
    if (quantity.gt(line.quantity))
      throw new Refusal('more_than_asked', { item: name, asked: line.quantity.toFixed(), quantity: quantity.toFixed() })
    if (quantity.isZero()) {
      lines.push(nothingOf(line))
      continue
    }
    const delivered = progress.get(line.deliveryLineId) ?? left.lines.get(line.deliveryLineId)!
    const shares = sharesOf(delivered, quantity)
    progress.set(delivered.id, withReturned(delivered, quantity, shares, name))
    const gone = [...before, ...lines].filter((one) => one.deliveryLineId === line.deliveryLineId)
    const isWhole = quantity.eq(line.quantity)
    const pieces = {
      lots: here?.lots ?? (isWhole ? line.lots : []),
      serials: here?.serials ?? (isWhole ? line.serials : []),
    }
    const came = piecesOf(pieces, { tracking: item.tracking, item: name, quantity }, piecesLeft(delivered, gone))
    lines.push({ ...line, received: quantity, ...shares, ...came })
  }
  if (progress.size === 0) throw new Refusal('nothing_returned')
  return { lines, after: [...progress.values()] }
}

const zero = new Decimal(0)
const nothingOf = (line: ReturnLine): ReturnLine => ({
  ...line,
  received: zero,
  lots: [],
  serials: [],
  gross: zero,
  net: zero,
  cost: zero,
  netCost: zero,
})

/** Both ledgers: the goods into stock, the credit to the customer. */
async function bookIn(
  tx: Tx,
  caller: Caller,
  received: SalesReturn,
  intoNextPeriod: boolean | undefined,
): Promise<void> {
  const { id, number, orderId, customerId, warehouseId, grossTotal: amount, receivedOn } = received
  const source = { document: 'sales_return', id, number }
  const on = receivedOn!
  await takeIn(tx, caller, {
    source,
    on,
    intoNextPeriod,
    warehouseId,
    lines: received.lines
      .filter((line) => line.received.gt(0))
      .map(({ id: lineId, itemId, received: quantity, lots, serials, cost: value }) => ({
        lineId,
        itemId,
        quantity,
        lots: lots.map((lot) => ({ lotId: lot.lotId, quantity: new Decimal(lot.quantity) })),
        serials,
        value,
      })),
  })
  // Goods that were given away bring nothing back.
  if (amount.gt(0)) await creditReturn(tx, caller, { customerId, source, orderId, amount, on, intoNextPeriod })
}

async function goodsReturned(tx: Tx, received: SalesReturn, orderNumber: string): Promise<GoodsReturned> {
  const { grossTotal, netTotal, costTotal, lines, receivedOn, postedOn, warehouseId } = received
  const netCost = Decimal.sum(0, ...lines.map((line) => line.netCost))
  return {
    name: 'sales.goods-returned',
    body: {
      ...returnBody(received),
      orderNumber,
      on: receivedOn!,
      postedOn: postedOn!,
      gross: grossTotal.toFixed(2),
      net: netTotal.toFixed(2),
      tax: grossTotal.minus(netTotal).toFixed(2),
      cost: costTotal.toFixed(2),
      netCost: netCost.toFixed(2),
      backForSale: (await findWarehouse(tx, warehouseId)).forSale,
    },
  }
}
