import { Decimal, type Entered, type Input, Refusal, toBase, toQuantity } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { record } from '#server/engines/audit'
import { documentFor } from '#server/engines/forms'
import { type ItemFacts, itemByBarcode, itemsByIds } from '#server/modules/catalog'
import { binCode, binOfCode, placesOf, proposeLots, resolveSerials } from '#server/modules/inventory'
import type { DeliveryDetail, sales } from './contract.ts'
import { saveDeliveryLines } from './delivery-store.ts'
import { deliveryDetail } from './delivery-view.ts'
import {
  type Delivery,
  type DeliveryLine,
  type LotOnHand,
  pick,
  pickLot,
  pickSerial,
  restOfLot,
  unpicked,
} from './delivery.model.ts'
import { itemName } from './linked-names.ts'
import { deliveryDeeds } from './policy.ts'
import { holdDelivery } from './see-delivery.ts'
import { picking } from './start-picking.ts'

type Endpoints = (typeof sales)['endpoints']
type Scan = Input<Endpoints['scan']>
/** What a code means on this delivery note. */
type Found =
  | { line: DeliveryLine; item: ItemFacts; unit: string }
  | { line: DeliveryLine; item: ItemFacts; lot: LotOnHand; onHand: LotOnHand[] }
  | { line: DeliveryLine; item: ItemFacts; serial: string }

/** Picks what was scanned: an item by its barcode or code, a lot, or one piece by its serial number. What does not belong here is refused. */
export async function scan(tx: Tx, caller: Caller, input: Scan): Promise<DeliveryDetail> {
  const { delivery, order } = await holdDelivery(tx, caller, input, deliveryDeeds.scan)
  const begun = await picking(tx, caller, order, delivery)
  const found = await findScanned(tx, caller, begun, input.scan)
  const line = pickedBy(found, input)
  return saved(tx, caller, begun, line, 'scan')
}

/** Takes back what was picked of a line. */
export async function clearPicked(
  tx: Tx,
  caller: Caller,
  { id, lineId }: Input<Endpoints['clearPicked']>,
): Promise<DeliveryDetail> {
  const { delivery } = await holdDelivery(tx, caller, { id }, deliveryDeeds.scan)
  const line = delivery.lines.find((one) => one.id === lineId)
  if (!line) throw new Refusal('not_found', { what: { zh: '出库明细', en: 'line' } })
  return saved(tx, caller, delivery, unpicked(line), 'clear')
}

async function saved(
  tx: Tx,
  caller: Caller,
  before: Delivery,
  line: DeliveryLine,
  action: string,
): Promise<DeliveryDetail> {
  await saveDeliveryLines(tx, [line])
  const after = { ...before, lines: before.lines.map((one) => (one.id === line.id ? line : one)) }
  await record(tx, caller, await documentFor(tx, 'delivery'), { id: before.id, action, before, after })
  return deliveryDetail(tx, caller, after)
}

function pickedBy(found: Found, { entered, reason }: Scan): DeliveryLine {
  const { line, item } = found
  const name = itemName(item)
  if ('serial' in found) return pickSerial(line, found.serial, name)
  if ('lot' in found) {
    const quantity = entered ? new Decimal(toBase(entered, item.units)) : restOfLot(line, found.lot)
    return pickLot(line, found.lot, found.onHand, { item: name, quantity, reason: reason || undefined })
  }
  if (item.tracking === 'lot') throw new Refusal('scan_lot', { item: name })
  if (item.tracking === 'serial')
    throw new Refusal('scan_serials', {
      item: name,
      planned: toQuantity(line.planned),
      picked: toQuantity(line.picked),
    })
  const one: Entered = [{ unit: found.unit, quantity: '1' }]
  return pick(line, { item: name, quantity: new Decimal(toBase(entered ?? one, item.units)) })
}

/** Serial numbers and lots are looked for among what this note takes; barcodes and item codes everywhere, to name the wrong item. */
async function findScanned(tx: Tx, caller: Caller, delivery: Delivery, code: string): Promise<Found> {
  const items = await itemsByIds(
    tx,
    delivery.lines.map((line) => line.itemId),
  )
  const withItem = delivery.lines.map((line) => ({ line, item: items.get(line.itemId)! }))
  const found =
    (await findLot(tx, caller, delivery, withItem, code)) ?? (await findSerial(tx, delivery, withItem, code))
  if (found) return found
  const byCode = withItem.find(({ item }) => item.code.toLowerCase() === code.toLowerCase())
  if (byCode) return { ...byCode, unit: byCode.item.baseUnit }
  const scanned = await itemByBarcode(tx, code)
  if (!scanned) throw await strangeCode(tx, delivery, withItem, code)
  const here = withItem.filter(({ item }) => item.id === scanned.item.id)
  // An item may stand on two lines: the first that is not picked in full takes it.
  const open = here.find(({ line }) => line.picked.lt(line.planned)) ?? here[0]
  if (!open) throw new Refusal('wrong_item', { item: itemName(scanned.item) })
  return { ...open, unit: scanned.unit }
}

/** A bin is no goods: it says what of this note lies there, and nothing is picked. */
async function strangeCode(tx: Tx, { warehouseId }: Delivery, lines: WithItem[], code: string): Promise<Refusal> {
  const bin = await binOfCode(tx, warehouseId, binCode(code))
  if (!bin) return new Refusal('unknown_scan', { scan: code })
  const itemIds = lines.map(({ item }) => item.id)
  const binsOf = await placesOf(tx, itemIds, [warehouseId])
  const there = lines.filter(({ item }) => binsOf(item.id, warehouseId).some(({ id }) => id === bin.id))
  if (there.length === 0) return new Refusal('bin_without_goods', { bin: bin.code })
  return new Refusal('scan_goods', { bin: bin.code, items: there.map(({ item }) => itemName(item)).join('、') })
}

type WithItem = { line: DeliveryLine; item: ItemFacts }
/** Asking for more than any warehouse holds lists every lot there is, in the order in which they go. */
const allThereIs = new Decimal(10).pow(14)

async function findLot(
  tx: Tx,
  caller: Caller,
  delivery: Delivery,
  lines: WithItem[],
  code: string,
): Promise<Found | undefined> {
  const kept = lines.filter(({ item }) => item.tracking === 'lot')
  for (const { line, item } of kept) {
    const place = { itemId: item.id, warehouseId: delivery.warehouseId, quantity: allThereIs }
    const [proposal] = await proposeLots(tx, [place], dayAt(caller.at))
    const onHand = proposal!.lots.map(({ lotId, code: lotCode, expiresOn, quantity }) => ({
      lotId,
      lotCode,
      expiresOn,
      quantity,
    }))
    const lot = onHand.find((one) => one.lotCode.toLowerCase() === code.toLowerCase())
    if (lot) return { line, item, lot, onHand }
  }
  return undefined
}

async function findSerial(tx: Tx, delivery: Delivery, lines: WithItem[], code: string): Promise<Found | undefined> {
  const kept = lines.filter(({ item }) => item.tracking === 'serial')
  for (const { line, item } of kept) {
    if (line.serials.includes(code)) return { line, item, serial: code }
    const isHere = await resolveSerials(tx, item.id, delivery.warehouseId, [code]).then(
      () => true,
      (error: unknown) => {
        // Not a serial number of this item: it may be another code.
        if (error instanceof Refusal) return false
        throw error
      },
    )
    if (isHere) return { line, item, serial: code }
  }
  return undefined
}
