import { Decimal, type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { nextNumber } from '#kernel/numbers'
import { pageFrom } from '#kernel/paging'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { itemsByIds } from '#server/modules/catalog'
import type { inventory, StockTransferLine, StockTransferPage } from './contract.ts'
import { listKeys } from './document-list-store.ts'
import { itemsOfDocuments } from './document-page.ts'
import { enteredQuantity, refuseField } from './entered.model.ts'
import { allowStock, allowWriting, reached } from './policy.ts'
import { resolveSerials } from './resolve-serials.ts'
import { transferPage, transferRow, transferViews } from './stock-transfer-page.ts'
import {
  insertTransfer,
  listTransfers,
  saveTransfer,
  type Transfer,
  type TransferLine,
} from './stock-transfer-store.ts'
import { seeTransfer } from './see-documents.ts'
import { stockDeeds } from './stock-deeds.ts'
import { assertMine, findOpenWarehouse, findOwnWarehouse } from './warehouse-store.ts'

type Endpoints = (typeof inventory)['endpoints']

export const transferDeeds = stockDeeds({
  name: 'stock_transfer',
  see: seeTransfer,
  insert: insertTransfer,
  save: saveTransfer,
  besides: itemsOfDocuments,
  row: transferRow,
  page: transferPage,
})

export async function stockTransfers(
  tx: Tx,
  caller: Caller,
  { limit, warehouseId, ...filter }: Input<Endpoints['stockTransfers']>,
): Promise<Output<Endpoints['stockTransfers']>> {
  allowStock(caller)
  const listed = await listTransfers(tx, { ...filter, warehouses: reached(caller, warehouseId) }, limit)
  const { rows, cursor } = pageFrom(listed, limit, listKeys)
  return { rows: await transferViews(tx, caller, rows), cursor }
}

export async function stockTransfer(tx: Tx, caller: Caller, { id }: { id: string }): Promise<StockTransferPage> {
  allowStock(caller)
  return transferDeeds.shown(tx, caller, id)
}

/** A plan to move goods; nothing moves until it is sent. */
export async function createStockTransfer(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['createStockTransfer']>,
): Promise<StockTransferPage> {
  const document = await documentFor(tx, 'stock_transfer')
  allowWriting(caller, document)
  await checkWritten(tx, caller, document, input, 'create')
  const transfer: Transfer = {
    id: input.id,
    number: await nextNumber('TR', caller.at),
    state: 'draft',
    fromId: input.fromId,
    toId: input.toId,
    sentOn: null,
    receivedOn: null,
    note: input.note ?? '',
    custom: mergedCustom(null, input.custom),
    version: 1,
    createdAt: caller.at,
    createdBy: caller.personId,
    lines: await transferLinesFrom(tx, caller, input.fromId, input.lines, []),
  }
  await checkPlan(tx, caller, transfer)
  return transferDeeds.created(tx, caller, transfer)
}

/** Changes the plan, while it is one. */
export async function editStockTransfer(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['editStockTransfer']>,
): Promise<StockTransferPage> {
  const before = await transferDeeds.held(tx, caller, input, 'edit')
  await assertMine(tx, caller, before.fromId)
  await checkWritten(tx, caller, await documentFor(tx, 'stock_transfer'), input, 'patch')
  const fromId = input.fromId ?? before.fromId
  const after: Transfer = {
    ...before,
    fromId,
    toId: input.toId ?? before.toId,
    note: input.note ?? before.note,
    custom: mergedCustom(before.custom, input.custom),
    lines: input.lines ? await transferLinesFrom(tx, caller, fromId, input.lines, before.lines) : before.lines,
  }
  await checkPlan(tx, caller, after)
  return transferDeeds.changed(tx, caller, 'edit', before, after)
}

export async function cancelStockTransfer(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['cancelStockTransfer']>,
): Promise<StockTransferPage> {
  const before = await transferDeeds.held(tx, caller, input, 'cancel')
  await assertMine(tx, caller, before.fromId)
  return transferDeeds.changed(tx, caller, 'cancel', before, { ...before, state: 'cancelled' })
}

async function checkPlan(tx: Tx, caller: Caller, { fromId, toId, lines }: Transfer): Promise<void> {
  if (lines.length === 0) throw new Refusal('no_stock_lines')
  if (fromId === toId) throw new Refusal('same_warehouse')
  await findOwnWarehouse(tx, caller, fromId)
  await findOpenWarehouse(tx, toId)
}

async function transferLinesFrom(
  tx: Tx,
  caller: Caller,
  fromId: string,
  sent: readonly StockTransferLine[],
  before: readonly TransferLine[],
): Promise<TransferLine[]> {
  const items = await itemsByIds(
    tx,
    sent.map(({ itemId }) => itemId),
  )
  const lines: TransferLine[] = []
  for (const [i, { id, itemId, entered, lots, serials, custom }] of sent.entries()) {
    const quantity = enteredQuantity(entered, items.get(itemId)!.units, `lines.${i}.entered`, caller.lang)
    if (quantity.lte(0)) refuseField(caller.lang, `lines.${i}.entered`, 'quantity_not_positive')
    lines.push({
      id,
      itemId,
      entered,
      quantity,
      lots: lots.map((lot) => ({ lotId: lot.lotId, quantity: new Decimal(lot.quantity) })),
      serialIds: await resolveSerials(tx, itemId, fromId, serials),
      cost: new Decimal(0),
      custom: mergedCustom(before.find((one) => one.id === id)?.custom, custom),
    })
  }
  return lines
}
