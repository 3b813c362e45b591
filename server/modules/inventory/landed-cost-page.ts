import { Decimal, type Document, showQuantity, type View } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readTimeline } from '#server/engines/audit'
import { documentFor, present, type Row, withOwnNames } from '#server/engines/forms'
import { itemsByIds } from '#server/modules/catalog'
import { suppliersByIds } from '#server/modules/parties'
import type { CostedReceipt, landedCost, LandedCostPage } from './contract.ts'
import { itemTitle, peopleNames } from './document-page.ts'
import { lineAmount } from './goods-receipt-page.ts'
import type { Receipt } from './goods-receipt-store.ts'
import type { Landed, LandedLine } from './landed-cost-store.ts'
import { goodsOf, type ReceivedGoods, type Share, spread } from './landed-cost.model.ts'
import { movesFor } from './policy.ts'
import { warehouseNames } from './warehouse-store.ts'

type LandedView = View<typeof landedCost>

/** What receipts brought, item by item. */
export const receivedGoods = (receipts: readonly Receipt[]): ReceivedGoods[] =>
  goodsOf(
    receipts.map(({ lines, ...receipt }) => ({
      ...receipt,
      lines: lines.map((line) => ({ ...line, amount: lineAmount(line) })),
    })),
  )

/** A cost with all that its descriptor computes. Before it is spread it shows how it would be; what was kept is shown as it was. */
async function row(tx: Tx, cost: Landed, receipts: readonly Receipt[]) {
  const goods = receivedGoods(receipts)
  const items = await itemsByIds(
    tx,
    goods.map(({ itemId }) => itemId),
  )
  const numbers = new Map(receipts.map(({ id, number }) => [id, number]))
  const shares: (Share & Partial<LandedLine>)[] =
    cost.lines.length > 0
      ? goods.map((one) => ({ ...one, ...lineOf(cost, one) }))
      : spread(cost.amount, cost.basis, goods)
  const lines = shares.map((share, i) => ({
    ...share,
    id: share.id ?? `${cost.id.slice(0, 24)}${String(i).padStart(12, '0')}`,
    shown: showQuantity(share.quantity, items.get(share.itemId)!.units),
    custom: {},
    names: { itemId: itemTitle(items.get(share.itemId)!), goodsReceiptId: numbers.get(share.goodsReceiptId) ?? '' },
  }))
  return { ...landedRow(cost), lines }
}

const lineOf = ({ lines }: Landed, goods: ReceivedGoods): LandedLine =>
  // Receipts never change once they are received: each of their items has its line.
  lines.find(({ goodsReceiptId, itemId }) => goodsReceiptId === goods.goodsReceiptId && itemId === goods.itemId)!

/** A cost with its sums, for lists and for the audit. */
export function landedRow(cost: Landed): Row {
  const isSpread = cost.lines.length > 0
  const sum = (part: 'inStock' | 'expensed') => Decimal.sum(0, ...cost.lines.map((line) => line[part]))
  return { ...cost, lines: [], inStock: isSpread ? sum('inStock') : null, expensed: isSpread ? sum('expensed') : null }
}

export async function landedPage(
  tx: Tx,
  caller: Caller,
  cost: Landed,
  receipts: readonly Receipt[],
): Promise<LandedCostPage> {
  const document = await documentFor(tx, 'landed_cost')
  const { lines, ...header } = await row(tx, cost, receipts)
  const [names] = await namesFor(tx, [cost])
  const [shown] = await withOwnNames(tx, caller, document, [view(document, caller, header, { names, lines })])
  return {
    landedCost: shown!,
    receipts: await briefs(tx, receipts),
    timeline: await readTimeline(tx, caller, document, cost.id),
  }
}

/** Costs as a list shows them: without their lines. */
export async function landedViews(tx: Tx, caller: Caller, costs: readonly Landed[]): Promise<LandedView[]> {
  const document = await documentFor(tx, 'landed_cost')
  const names = await namesFor(tx, costs)
  const views = costs.map((cost, i) => view(document, caller, landedRow(cost), { names: names[i] }))
  return withOwnNames(tx, caller, document, views)
}

const view = (document: Document, caller: Caller, shown: Row, more: Parameters<typeof present>[3]): LandedView =>
  // The effective descriptor is the built-in one with the company's own fields added: its views have all the built-in fields.
  present(document, caller, shown, { ...more, can: movesFor(caller, document, String(shown['state'])) })

async function briefs(tx: Tx, receipts: readonly Receipt[]): Promise<CostedReceipt[]> {
  const warehouses = await warehouseNames(tx)
  const suppliers = await suppliersByIds(
    tx,
    receipts.flatMap(({ supplierId }) => supplierId ?? []),
  )
  return receipts.map(({ id, number, supplierId, warehouseId, receivedOn }) => ({
    id,
    number,
    supplier: (supplierId && suppliers.get(supplierId)?.shortName) ?? '',
    warehouse: warehouses.get(warehouseId) ?? '',
    receivedOn,
  }))
}

async function namesFor(tx: Tx, costs: readonly Landed[]): Promise<Record<string, string>[]> {
  const suppliers = await suppliersByIds(
    tx,
    costs.flatMap(({ supplierId }) => supplierId ?? []),
  )
  const person = await peopleNames(
    tx,
    costs.map(({ createdBy }) => createdBy),
  )
  return costs.map(({ supplierId, createdBy }) => {
    const supplier = supplierId ? suppliers.get(supplierId)?.shortName : undefined
    return { createdBy: person(createdBy), ...(supplier ? { supplierId: supplier } : {}) }
  })
}
