import { type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { nextNumber } from '#kernel/numbers'
import { pageFrom } from '#kernel/paging'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor, mergedCustom } from '#server/engines/forms'
import { itemsByIds } from '#server/modules/catalog'
import { suppliersByIds } from '#server/modules/parties'
import type { GoodsReceiptPage, inventory } from './contract.ts'
import { listKeys } from './document-list-store.ts'
import { assertVersion, type Items } from './document-page.ts'
import { receiptLinesFrom } from './goods-receipt-lines.ts'
import { receiptPage, receiptRow, receiptViews } from './goods-receipt-page.ts'
import { insertReceipt, listReceipts, type Receipt, saveReceipt } from './goods-receipt-store.ts'
import { allowMove, allowStock, allowWriting, reached } from './policy.ts'
import { seeReceipt } from './see-documents.ts'
import { findOwnWarehouse } from './warehouse-store.ts'

type Endpoints = (typeof inventory)['endpoints']

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
  const receipt = await seeReceipt(tx, caller, id)
  return receiptPage(tx, caller, receipt, await itemsOf(tx, receipt))
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
  await insertReceipt(tx, receipt)
  const items = await itemsOf(tx, receipt)
  await record(tx, caller, document, { id: receipt.id, action: 'create', after: receiptRow(receipt, items) })
  return receiptPage(tx, caller, receipt, items)
}

/** Changes what is expected, while it is. */
export async function editGoodsReceipt(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['editGoodsReceipt']>,
): Promise<GoodsReceiptPage> {
  const document = await documentFor(tx, 'goods_receipt')
  const before = await seeReceipt(tx, caller, input.id)
  allowMove(caller, document, 'edit', before.state)
  assertVersion(input.version, before.version)
  await checkWritten(tx, caller, document, input, 'patch')
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
  return changed(tx, caller, 'edit', before, after)
}

/** What was expected will not come. */
export async function cancelGoodsReceipt(
  tx: Tx,
  caller: Caller,
  { id, version }: Input<Endpoints['cancelGoodsReceipt']>,
): Promise<GoodsReceiptPage> {
  const before = await seeReceipt(tx, caller, id)
  allowMove(caller, await documentFor(tx, 'goods_receipt'), 'cancel', before.state)
  assertVersion(version, before.version)
  return changed(tx, caller, 'cancel', before, { ...before, state: 'cancelled' })
}

/** Saves a receipt as a deed has left it, writes the deed down, and answers the page. */
export async function changed(
  tx: Tx,
  caller: Caller,
  action: string,
  before: Receipt,
  after: Receipt,
): Promise<GoodsReceiptPage> {
  const document = await documentFor(tx, 'goods_receipt')
  await saveReceipt(tx, after, { lines: after.lines !== before.lines })
  const items = await itemsOf(tx, before, after)
  const rows = { before: receiptRow(before, items), after: receiptRow(after, items) }
  await record(tx, caller, document, { id: after.id, action, ...rows })
  return receiptPage(tx, caller, { ...after, version: after.version + 1 }, items)
}

const itemsOf = (tx: Tx, ...receipts: Receipt[]): Promise<Items> =>
  itemsByIds(
    tx,
    receipts.flatMap(({ lines }) => lines.map(({ itemId }) => itemId)),
  )

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
