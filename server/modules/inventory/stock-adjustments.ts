import { Decimal, type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { nextNumber } from '#kernel/numbers'
import { pageFrom } from '#kernel/paging'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { itemsByIds } from '#server/modules/catalog'
import type { inventory, StockAdjustmentLine, StockAdjustmentPage } from './contract.ts'
import { listKeys } from './document-list-store.ts'
import { type Items, itemsOfDocuments } from './document-page.ts'
import { enteredQuantity, refuseField } from './entered.model.ts'
import { allowStock, allowWriting, reached } from './policy.ts'
import { postMoves } from './post-moves.ts'
import type { Movement } from './posting.model.ts'
import { serialsByCode } from './serial-store.ts'
import { adjustmentPage, adjustmentRow, adjustmentViews } from './stock-adjustment-page.ts'
import {
  type Adjustment,
  type AdjustmentLine,
  insertAdjustment,
  listAdjustments,
  saveAdjustment,
} from './stock-adjustment-store.ts'
import { movementsOf } from './tracking.model.ts'
import { seeAdjustment } from './see-documents.ts'
import { stockDeeds } from './stock-deeds.ts'
import { findOwnWarehouse } from './warehouse-store.ts'

type Endpoints = (typeof inventory)['endpoints']

const deeds = stockDeeds({
  name: 'stock_adjustment',
  see: seeAdjustment,
  insert: insertAdjustment,
  save: saveAdjustment,
  besides: itemsOfDocuments,
  row: adjustmentRow,
  page: adjustmentPage,
})

export async function stockAdjustments(
  tx: Tx,
  caller: Caller,
  { limit, warehouseId, ...filter }: Input<Endpoints['stockAdjustments']>,
): Promise<Output<Endpoints['stockAdjustments']>> {
  allowStock(caller)
  const listed = await listAdjustments(tx, { ...filter, warehouses: reached(caller, warehouseId) }, limit)
  const { rows, cursor } = pageFrom(listed, limit, listKeys)
  return { rows: await adjustmentViews(tx, caller, rows), cursor }
}

export async function stockAdjustment(tx: Tx, caller: Caller, { id }: { id: string }): Promise<StockAdjustmentPage> {
  allowStock(caller)
  return deeds.shown(tx, caller, id)
}

/** A correction as it was found; the stock stays as it is until it is posted. */
export async function createStockAdjustment(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['createStockAdjustment']>,
): Promise<StockAdjustmentPage> {
  const document = await documentFor(tx, 'stock_adjustment')
  allowWriting(caller, document)
  await checkWritten(tx, caller, document, input, 'create')
  if (input.lines.length === 0) throw new Refusal('no_stock_lines')
  await findOwnWarehouse(tx, caller, input.warehouseId)
  const adjustment: Adjustment = {
    id: input.id,
    number: await nextNumber('SA', caller.at),
    state: 'draft',
    warehouseId: input.warehouseId,
    reason: input.reason,
    postedOn: null,
    custom: mergedCustom(null, input.custom),
    version: 1,
    createdAt: caller.at,
    createdBy: caller.personId,
    lines: await adjustmentLinesFrom(tx, caller, input.lines, []),
  }
  return deeds.created(tx, caller, adjustment)
}

export async function editStockAdjustment(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['editStockAdjustment']>,
): Promise<StockAdjustmentPage> {
  const before = await deeds.held(tx, caller, input, 'edit')
  await checkWritten(tx, caller, await documentFor(tx, 'stock_adjustment'), input, 'patch')
  if (input.lines?.length === 0) throw new Refusal('no_stock_lines')
  if (input.warehouseId) await findOwnWarehouse(tx, caller, input.warehouseId)
  return deeds.changed(tx, caller, 'edit', before, {
    ...before,
    warehouseId: input.warehouseId ?? before.warehouseId,
    reason: input.reason ?? before.reason,
    custom: mergedCustom(before.custom, input.custom),
    lines: input.lines ? await adjustmentLinesFrom(tx, caller, input.lines, before.lines) : before.lines,
  })
}

/** The stock now is as it was found. */
export async function postStockAdjustment(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['postStockAdjustment']>,
): Promise<StockAdjustmentPage> {
  const before = await deeds.held(tx, caller, input, 'post')
  const on = input.on ?? dayAt(caller.at)
  const items = await itemsOfDocuments(tx, [before])
  const movements = before.lines.flatMap((line) => movementsFor(line, before.warehouseId, items))
  const source = { document: 'stock_adjustment', id: before.id, number: before.number }
  const { intoNextPeriod } = input
  const moves = await postMoves(tx, caller, { source, kind: 'adjustment', on, intoNextPeriod, movements }, items)
  const costOf = (id: string) => Decimal.sum(0, ...moves.filter(({ lineId }) => lineId === id).map(({ cost }) => cost))
  const lines = before.lines.map((line) => ({ ...line, cost: costOf(line.id) }))
  return deeds.changed(tx, caller, 'post', before, { ...before, state: 'posted', postedOn: on, lines })
}

export async function cancelStockAdjustment(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['cancelStockAdjustment']>,
): Promise<StockAdjustmentPage> {
  const before = await deeds.held(tx, caller, input, 'cancel')
  return deeds.changed(tx, caller, 'cancel', before, { ...before, state: 'cancelled' })
}

function movementsFor(
  { id, itemId, quantity, lotId, serialIds, unitCost }: AdjustmentLine,
  warehouseId: string,
  items: Items,
): Movement[] {
  const many = quantity.abs()
  const lots = lotId ? [{ lotId, quantity: many }] : []
  const value = quantity.gt(0) && unitCost ? unitCost.times(many).toDecimalPlaces(2) : null
  const line = { lineId: id, itemId, warehouseId, quantity: many, lots, serialIds, value }
  return movementsOf(line, items.get(itemId)!, quantity.gt(0) ? 'in' : 'out')
}

async function adjustmentLinesFrom(
  tx: Tx,
  caller: Caller,
  sent: readonly StockAdjustmentLine[],
  before: readonly AdjustmentLine[],
): Promise<AdjustmentLine[]> {
  const itemIds = sent.map(({ itemId }) => itemId)
  const items = await itemsByIds(tx, itemIds)
  const known = await serialsByCode(
    tx,
    itemIds,
    sent.flatMap(({ serials }) => serials),
  )
  return sent.map(({ id, itemId, entered, lotId, serials, unitCost, custom }, i) => {
    const item = items.get(itemId)!
    const quantity = enteredQuantity(entered, item.units, `lines.${i}.entered`, caller.lang)
    if (quantity.isZero()) refuseField(caller.lang, `lines.${i}.entered`, 'quantity_not_changed')
    const serialId = (code: string): string =>
      known.find((one) => one.itemId === itemId && one.code === code)?.id ??
      refuseField(caller.lang, `lines.${i}.serials`, 'serial_unknown', { item: item.name, serial: code })
    return {
      id,
      itemId,
      entered,
      quantity,
      lotId: lotId ?? null,
      serialIds: serials.map(serialId),
      unitCost: unitCost ? new Decimal(unitCost) : null,
      cost: new Decimal(0),
      custom: mergedCustom(before.find((one) => one.id === id)?.custom, custom),
    }
  })
}
