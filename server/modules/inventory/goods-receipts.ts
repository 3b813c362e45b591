import { type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { nextNumber } from '#kernel/numbers'
import { pageFrom } from '#kernel/paging'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { suppliersByIds } from '#server/modules/parties'
import type { GoodsReceiptPage, inventory } from './contract.ts'
import { listKeys } from './document-list-store.ts'
import { itemsOfDocuments } from './document-page.ts'
import { receiptLinesFrom } from './goods-receipt-lines.ts'
import { receiptPage, receiptRow, receiptViews } from './goods-receipt-page.ts'
import { insertReceipt, listReceipts, type Receipt, saveReceipt } from './goods-receipt-store.ts'
import { allowStock, allowWriting, reached } from './policy.ts'
import { seeReceipt } from './see-documents.ts'
import { stockDeeds } from './stock-deeds.ts'
import { findOwnWarehouse } from './warehouse-store.ts'

type Endpoints = (typeof inventory)['endpoints']

export const receiptDeeds = stockDeeds({
  name: 'goods_receipt',
  see: seeReceipt,
  insert: insertReceipt,
  save: saveReceipt,
  besides: itemsOfDocuments,
  row: (_tx, receipt, items) => receiptRow(receipt, items),
  page: receiptPage,
})

export async function goodsReceipts(
  tx: Tx,
  caller: Caller,
  { limit, warehouseId, ...filter }: Input<Endpoints['goodsReceipts']>,
): Promise<Output<Endpoints['goodsReceipts']>> {
  allowStock(caller)
  const listed = await listReceipts(tx, { ...filter, warehouses: reached(caller, warehouseId) }, limit)
  const { rows, cursor } = pageFrom(listed, limit, listKeys)
  return { rows: await receiptViews(tx, caller, rows), cursor }
}

export async function goodsReceipt(tx: Tx, caller: Caller, { id }: { id: string }): Promise<GoodsReceiptPage> {
  allowStock(caller)
  return receiptDeeds.shown(tx, caller, id)
}

/** Goods are expected from now on: they count as incoming until they are received. */
export async function createGoodsReceipt(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['createGoodsReceipt']>,
): Promise<GoodsReceiptPage> {
  const document = await documentFor(tx, 'goods_receipt')
  allowWriting(caller, document)
  await checkWritten(tx, caller, document, input, 'create')
  if (input.lines.length === 0) throw new Refusal('no_stock_lines')
  await checkParties(tx, caller, input)
  const receipt: Receipt = {
    id: input.id,
    number: await nextNumber('GR', caller.at),
    kind: input.kind,
    state: 'expected',
    supplierId: input.supplierId ?? null,
    warehouseId: input.warehouseId,
    expectedOn: input.expectedOn ?? null,
    receivedOn: null,
    note: input.note ?? '',
    custom: mergedCustom(null, input.custom),
    version: 1,
    createdAt: caller.at,
    createdBy: caller.personId,
    lines: await receiptLinesFrom(tx, caller, input.lines, []),
  }
  assertSomeOfEach(receipt)
  return receiptDeeds.created(tx, caller, receipt)
}

/** Changes what is expected, while it is. */
export async function editGoodsReceipt(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['editGoodsReceipt']>,
): Promise<GoodsReceiptPage> {
  const before = await receiptDeeds.held(tx, caller, input, 'edit')
  await checkWritten(tx, caller, await documentFor(tx, 'goods_receipt'), input, 'patch')
  if (input.lines?.length === 0) throw new Refusal('no_stock_lines')
  await checkParties(tx, caller, input)
  const after: Receipt = {
    ...before,
    kind: input.kind ?? before.kind,
    supplierId: input.supplierId === undefined ? before.supplierId : input.supplierId,
    warehouseId: input.warehouseId ?? before.warehouseId,
    expectedOn: input.expectedOn === undefined ? before.expectedOn : input.expectedOn,
    note: input.note ?? before.note,
    custom: mergedCustom(before.custom, input.custom),
    lines: input.lines ? await receiptLinesFrom(tx, caller, input.lines, before.lines) : before.lines,
  }
  assertSomeOfEach(after)
  return receiptDeeds.changed(tx, caller, 'edit', before, after)
}

/** What was expected will not come. */
export async function cancelGoodsReceipt(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['cancelGoodsReceipt']>,
): Promise<GoodsReceiptPage> {
  const before = await receiptDeeds.held(tx, caller, input, 'cancel')
  return receiptDeeds.changed(tx, caller, 'cancel', before, { ...before, state: 'cancelled' })
}

const assertSomeOfEach = ({ lines }: Receipt): void => {
  if (lines.some(({ quantity }) => quantity.isZero())) throw new Refusal('quantity_not_positive')
}

async function checkParties(
  tx: Tx,
  caller: Caller,
  { warehouseId, supplierId }: { warehouseId?: string | null; supplierId?: string | null },
) {
  if (warehouseId) await findOwnWarehouse(tx, caller, warehouseId)
  if (supplierId && !(await suppliersByIds(tx, [supplierId])).has(supplierId))
    throw new Refusal('not_found', { what: { zh: '供应商', en: 'supplier' } })
}
