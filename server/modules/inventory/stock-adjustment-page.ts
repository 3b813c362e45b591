import { Decimal, type Document, showQuantity, type View } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readTimeline } from '#server/engines/audit'
import { documentFor, present, type Row, withOwnNames } from '#server/engines/forms'
import type { stockAdjustment, StockAdjustmentPage } from './contract.ts'
import { type Items, itemsOfDocuments, itemTitle, lineDetails, peopleNames } from './document-page.ts'
import { lotCodes } from './lot-store.ts'
import { movedLater } from './move-store.ts'
import { movesFor } from './policy.ts'
import { serialsById } from './serial-store.ts'
import { type Adjustment, type AdjustmentLine, adjustmentTotals } from './stock-adjustment-store.ts'
import { warehouseNames } from './warehouse-store.ts'

type AdjustmentView = View<typeof stockAdjustment>
type Header = Omit<Adjustment, 'lines'>

/** An adjustment with all that its descriptor computes, for views and for the audit. */
export const adjustmentRow = async (tx: Tx, adjustment: Adjustment, items: Items) =>
  rowOf(adjustment, items, await codesOf(tx, adjustment.lines))

/** Codes of the lots and serial numbers on the lines. */
type Codes = Awaited<ReturnType<typeof codesOf>>
async function codesOf(tx: Tx, lines: readonly AdjustmentLine[]) {
  const lots = await lotCodes(
    tx,
    lines.flatMap(({ lotId }) => lotId ?? []),
  )
  const serials = await serialsById(
    tx,
    lines.flatMap(({ serialIds }) => serialIds),
  )
  return { lots, serials }
}

function rowOf(adjustment: Adjustment, items: Items, codes: Codes) {
  const lines = adjustment.lines.map((line) => {
    const item = items.get(line.itemId)!
    const lotCode = line.lotId && (codes.lots.get(line.lotId) ?? '')
    const serials = line.serialIds.map((id) => codes.serials.get(id)?.code ?? '')
    return {
      ...line,
      lots: line.lotId && lotCode !== null ? [{ lotId: line.lotId, code: lotCode, quantity: line.quantity }] : [],
      serials,
      shown: showQuantity(line.quantity, item.units),
      serialCodes: serials.join('、'),
      names: { itemId: itemTitle(item), ...(lotCode ? { lotId: lotCode } : {}) },
    }
  })
  return { ...adjustment, total: Decimal.sum(0, ...lines.map(({ cost }) => cost)), lines }
}

export async function adjustmentPage(
  tx: Tx,
  caller: Caller,
  adjustment: Adjustment,
  items: Items,
): Promise<StockAdjustmentPage> {
  const document = await documentFor(tx, 'stock_adjustment')
  const row = await adjustmentRow(tx, adjustment, items)
  const [names] = await namesFor(tx, [adjustment])
  const [shown] = await withOwnNames(tx, caller, document, [view(document, caller, row, { names, lines: row.lines })])
  return {
    adjustment: shown!,
    lines: await lineDetails(tx, adjustment.warehouseId, items, row.lines),
    movedLater: await movedLater(tx, adjustment.id),
    timeline: await readTimeline(tx, caller, document, adjustment.id),
  }
}

/** Adjustments as a list shows them: without their lines. */
export async function adjustmentViews(tx: Tx, caller: Caller, adjustments: Header[]): Promise<AdjustmentView[]> {
  const document = await documentFor(tx, 'stock_adjustment')
  const totals = await adjustmentTotals(
    tx,
    adjustments.map(({ id }) => id),
  )
  const names = await namesFor(tx, adjustments)
  const views = adjustments.map((adjustment, i) =>
    view(document, caller, { ...adjustment, total: totals.get(adjustment.id) ?? new Decimal(0) }, { names: names[i] }),
  )
  return withOwnNames(tx, caller, document, views)
}

/** The same with their lines. */
export async function wholeAdjustmentViews(
  tx: Tx,
  caller: Caller,
  adjustments: Adjustment[],
): Promise<AdjustmentView[]> {
  const document = await documentFor(tx, 'stock_adjustment')
  const items = await itemsOfDocuments(tx, adjustments)
  const codes = await codesOf(
    tx,
    adjustments.flatMap(({ lines }) => lines),
  )
  const names = await namesFor(tx, adjustments)
  const views = adjustments.map((adjustment, i) => {
    const row = rowOf(adjustment, items, codes)
    return view(document, caller, row, { names: names[i], lines: row.lines })
  })
  return withOwnNames(tx, caller, document, views)
}

const view = (document: Document, caller: Caller, row: Row, shown: Parameters<typeof present>[3]): AdjustmentView =>
  // The effective descriptor is the built-in one with the company's own fields added: its views have all the built-in fields.
  present(document, caller, row, { ...shown, can: movesFor(caller, document, String(row['state'])) })

async function namesFor(tx: Tx, adjustments: Header[]): Promise<Record<string, string>[]> {
  const warehouses = await warehouseNames(tx)
  const person = await peopleNames(
    tx,
    adjustments.map(({ createdBy }) => createdBy),
  )
  return adjustments.map(({ warehouseId, createdBy }) => ({
    warehouseId: warehouses.get(warehouseId) ?? '',
    createdBy: person(createdBy),
  }))
}
