import { Decimal, type Document, showQuantity, toMoney, type View } from '#contract'
import { type Caller, canRead, has } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readTimeline } from '#server/engines/audit'
import { documentFor, present, type Row, withOwnNames } from '#server/engines/forms'
import { suppliersByIds } from '#server/modules/parties'
import type { goodsReceipt, GoodsReceiptPage } from './contract.ts'
import { type Items, itemsOfDocuments, itemTitle, lineDetails, peopleNames } from './document-page.ts'
import { type Receipt, receiptTotals } from './goods-receipt-store.ts'
import { type Landed, landedOf } from './landed-cost-store.ts'
import { movedLater } from './move-store.ts'
import { movesFor } from './policy.ts'
import { warehouseNames } from './warehouse-store.ts'

type ReceiptView = View<typeof goodsReceipt>
type Header = Omit<Receipt, 'lines'>

/** What a line is worth, to the fen. */
export const lineAmount = ({ quantity, unitCost }: { quantity: Decimal; unitCost: Decimal }): Decimal =>
  quantity.times(unitCost).toDecimalPlaces(2)

/** A receipt with all that its descriptor computes, for views and for the audit. */
export function receiptRow(
  receipt: Receipt,
  items: Items,
): Row & { lines: (Row & { names: Record<string, string> })[] } {
  const lines = receipt.lines.map((line) => ({
    ...line,
    shown: showQuantity(line.quantity, items.get(line.itemId)!.units),
    amount: lineAmount(line),
    serialCodes: line.serials.join('、'),
    names: { itemId: itemTitle(items.get(line.itemId)!) },
  }))
  return { ...receipt, total: Decimal.sum(0, ...lines.map((line) => line.amount)), lines }
}

export async function receiptPage(tx: Tx, caller: Caller, receipt: Receipt, items: Items): Promise<GoodsReceiptPage> {
  const document = await documentFor(tx, 'goods_receipt')
  const row = receiptRow(receipt, items)
  const [names] = await namesFor(tx, [receipt])
  const lines = receipt.lines.map((line) => ({ ...line, lots: [] }))
  const [shown] = await withOwnNames(tx, caller, document, [view(document, caller, row, { names, lines: row.lines })])
  return {
    receipt: shown!,
    lines: await lineDetails(tx, receipt.warehouseId, items, lines),
    landedCosts: canRead(caller, 'cost') ? (await landedOf(tx, receipt.id)).map(brief) : [],
    mayAddCost: receipt.state === 'received' && canRead(caller, 'cost') && has(caller, 'landed_cost.write'),
    movedLater: await movedLater(tx, receipt.id),
    timeline: await readTimeline(tx, caller, document, receipt.id),
  }
}

const brief = ({ id, number, kind, state, amount }: Landed) => ({ id, number, kind, state, amount: toMoney(amount) })

/** Receipts as a list shows them: without their lines. */
export async function receiptViews(tx: Tx, caller: Caller, receipts: Header[]): Promise<ReceiptView[]> {
  const document = await documentFor(tx, 'goods_receipt')
  const totals = await receiptTotals(
    tx,
    receipts.map(({ id }) => id),
  )
  const names = await namesFor(tx, receipts)
  const views = receipts.map((receipt, i) =>
    view(document, caller, { ...receipt, total: totals.get(receipt.id) ?? new Decimal(0) }, { names: names[i] }),
  )
  return withOwnNames(tx, caller, document, views)
}

/** The same with their lines. */
export async function wholeReceiptViews(tx: Tx, caller: Caller, receipts: Receipt[]): Promise<ReceiptView[]> {
  const document = await documentFor(tx, 'goods_receipt')
  const items = await itemsOfDocuments(tx, receipts)
  const names = await namesFor(tx, receipts)
  const views = receipts.map((receipt, i) => {
    const row = receiptRow(receipt, items)
    return view(document, caller, row, { names: names[i], lines: row.lines })
  })
  return withOwnNames(tx, caller, document, views)
}

const view = (document: Document, caller: Caller, row: Row, shown: Parameters<typeof present>[3]): ReceiptView =>
  // The effective descriptor is the built-in one with the company's own fields added: its views have all the built-in fields.
  present(document, caller, row, { ...shown, can: movesFor(caller, document, String(row['state'])) })

async function namesFor(tx: Tx, receipts: Header[]): Promise<Record<string, string>[]> {
  const warehouses = await warehouseNames(tx)
  const suppliers = await suppliersByIds(
    tx,
    receipts.flatMap(({ supplierId }) => supplierId ?? []),
  )
  const person = await peopleNames(
    tx,
    receipts.map(({ createdBy }) => createdBy),
  )
  return receipts.map(({ warehouseId, supplierId, createdBy }) => {
    const supplier = supplierId ? suppliers.get(supplierId)?.shortName : undefined
    return {
      warehouseId: warehouses.get(warehouseId) ?? '',
      createdBy: person(createdBy),
      ...(supplier ? { supplierId: supplier } : {}),
    }
  })
}
