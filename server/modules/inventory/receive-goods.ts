import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { type Day, dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { checkWritten, documentFor } from '#server/engines/forms'
import { itemsByIds } from '#server/modules/catalog'
import type { GoodsReceiptPage, inventory } from './contract.ts'
import type { Items } from './document-page.ts'
import type { GoodsReceived } from './facts.ts'
import { receiptLinesFrom } from './goods-receipt-lines.ts'
import { lineAmount } from './goods-receipt-page.ts'
import { type Receipt, type ReceiptLine } from './goods-receipt-store.ts'
import { receiptDeeds } from './goods-receipts.ts'
import { knowLots } from './lot-store.ts'
import { postMoves } from './post-moves.ts'
import type { Movement } from './posting.model.ts'
import { knowSerials, serialsByCode } from './serial-store.ts'
import { movementsOf } from './tracking.model.ts'

/** The goods have come: what came, and not what was expected, is in stock. */
export async function receiveGoodsReceipt(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof inventory)['endpoints']['receiveGoodsReceipt']>,
): Promise<GoodsReceiptPage> {
  const before = await receiptDeeds.held(tx, caller, input, 'receive')
  await checkWritten(tx, caller, await documentFor(tx, 'goods_receipt'), { lines: input.lines }, 'patch')

  const on = input.on ?? dayAt(caller.at)
  const lines = input.lines ? await receiptLinesFrom(tx, caller, input.lines, before.lines) : before.lines
  const came = lines.filter(({ quantity }) => !quantity.isZero())
  if (came.length === 0) throw new Refusal('nothing_received')

  const items = await itemsByIds(
    tx,
    lines.map(({ itemId }) => itemId),
  )
  const kind = before.kind === 'opening' ? 'opening' : 'receipt'
  const movements = await arrivals(tx, before.warehouseId, came, items, on)
  await postMoves(
    tx,
    caller,
    {
      source: { document: 'goods_receipt', id: before.id, number: before.number },
      kind,
      on,
      intoNextPeriod: input.intoNextPeriod,
      movements,
    },
    items,
  )

  await publish(tx, caller, [received(before, came)])
  return receiptDeeds.changed(tx, caller, 'receive', before, { ...before, state: 'received', receivedOn: on, lines })
}

/** What came as movements: new lots and serial numbers are made known first. */
async function arrivals(tx: Tx, warehouseId: string, lines: ReceiptLine[], items: Items, on: Day): Promise<Movement[]> {
  const lotOf = await arrivedLots(tx, lines, items, on)
  const serialOf = await arrivedSerials(tx, lines, items)
  return lines.flatMap((line) => {
    const { id: lineId, itemId, quantity } = line
    const lotId = lotOf(line)
    const lots = lotId ? [{ lotId, quantity }] : []
    const tracked = { lineId, itemId, warehouseId, quantity, lots, serialIds: serialOf(line), value: lineAmount(line) }
    return movementsOf(tracked, items.get(itemId)!, 'in')
  })
}

async function arrivedLots(
  tx: Tx,
  lines: ReceiptLine[],
  items: Items,
  on: Day,
): Promise<(line: ReceiptLine) => string | null> {
  const arrived = lines.flatMap(({ itemId, lotCode, expiresOn }) =>
    lotCode ? [{ itemId, code: lotCode, expiresOn }] : [],
  )
  const known = await knowLots(tx, arrived, on)
  const lotFor = (itemId: string, code: string | null) =>
    known.find((lot) => lot.itemId === itemId && lot.code === code)
  const other = arrived.find(
    ({ itemId, code, expiresOn }) => expiresOn && lotFor(itemId, code)?.expiresOn !== expiresOn,
  )
  if (other) {
    const { name } = items.get(other.itemId)!
    throw new Refusal('lot_expiry_differs', {
      item: name,
      lot: other.code,
      known: lotFor(other.itemId, other.code)?.expiresOn ?? '—',
    })
  }
  return ({ itemId, lotCode }) => lotFor(itemId, lotCode)?.id ?? null
}

async function arrivedSerials(tx: Tx, lines: ReceiptLine[], items: Items): Promise<(line: ReceiptLine) => string[]> {
  const tracked = lines.filter(({ itemId }) => items.get(itemId)!.tracking === 'serial')
  const codes = tracked.flatMap(({ itemId, serials }) => serials.map((code) => ({ itemId, code })))
  await knowSerials(tx, codes)
  const known = await serialsByCode(
    tx,
    tracked.map(({ itemId }) => itemId),
    codes.map(({ code }) => code),
  )
  const ids = new Map(known.map(({ itemId, code, id }) => [`${itemId} ${code}`, id]))
  return ({ itemId, serials }) => serials.flatMap((code) => ids.get(`${itemId} ${code}`) ?? [])
}

const received = ({ id, number, warehouseId }: Receipt, came: ReceiptLine[]): GoodsReceived => ({
  name: 'inventory.goods-received',
  body: { receiptId: id, number, warehouseId, itemIds: [...new Set(came.map(({ itemId }) => itemId))] },
})
