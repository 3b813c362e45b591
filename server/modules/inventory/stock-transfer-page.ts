import { Decimal, type Document, showQuantity, type View } from '#contract'
import { type Caller, seesWarehouse } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { readTimeline } from '#server/engines/audit'
import { documentFor, present, type Row, withOwnNames } from '#server/engines/forms'
import type { stockTransfer, StockTransferPage } from './contract.ts'
import { type Items, itemsOfDocuments, itemTitle, lineDetails, peopleNames } from './document-page.ts'
import { lotCodes } from './lot-store.ts'
import { movedLater } from './move-store.ts'
import { movesFor } from './policy.ts'
import { serialsById } from './serial-store.ts'
import { type Transfer, type TransferLine, transferTotals } from './stock-transfer-store.ts'
import { warehouseNames } from './warehouse-store.ts'

type TransferView = View<typeof stockTransfer>
type Header = Omit<Transfer, 'lines'>

/** Codes of the lots and serial numbers on the lines. */
type Codes = { lot: (id: string) => string; serial: (id: string) => string }

/** A transfer with all that its descriptor computes, for views and for the audit. */
export const transferRow = async (tx: Tx, transfer: Transfer, items: Items) =>
  rowOf(transfer, items, await codesOf(tx, transfer.lines))

function rowOf(transfer: Transfer, items: Items, codes: Codes) {
  const lines = transfer.lines.map((line) => lineRow(line, items, codes))
  return { ...transfer, total: Decimal.sum(0, ...lines.map(({ cost }) => cost)), lines }
}

function lineRow(line: TransferLine, items: Items, codes: Codes) {
  const item = items.get(line.itemId)!
  const lots = line.lots.map((lot) => ({ ...lot, code: codes.lot(lot.lotId) }))
  const serials = line.serialIds.map(codes.serial)
  return {
    ...line,
    lots,
    serials,
    shown: showQuantity(line.quantity, item.units),
    lotCodes: lots.map(({ code, quantity }) => `${code} ${showQuantity(quantity, item.units)}`).join('、'),
    serialCodes: serials.join('、'),
    names: { itemId: itemTitle(item) },
  }
}

export async function transferPage(
  tx: Tx,
  caller: Caller,
  transfer: Transfer,
  items: Items,
): Promise<StockTransferPage> {
  const document = await documentFor(tx, 'stock_transfer')
  const row = await transferRow(tx, transfer, items)
  const [names] = await namesFor(tx, [transfer])
  const [shown] = await withOwnNames(tx, caller, document, [view(document, caller, row, { names, lines: row.lines })])
  return {
    transfer: shown!,
    // Where it is looked for before it leaves, and put when it arrives.
    lines: await lineDetails(tx, transfer.state === 'draft' ? transfer.fromId : transfer.toId, items, row.lines),
    movedLater: await movedLater(tx, transfer.id),
    timeline: await readTimeline(tx, caller, document, transfer.id),
  }
}

/** Transfers as a list shows them: without their lines. */
export async function transferViews(tx: Tx, caller: Caller, transfers: Header[]): Promise<TransferView[]> {
  const document = await documentFor(tx, 'stock_transfer')
  const totals = await transferTotals(
    tx,
    transfers.map(({ id }) => id),
  )
  const names = await namesFor(tx, transfers)
  const views = transfers.map((transfer, i) =>
    view(document, caller, { ...transfer, total: totals.get(transfer.id) ?? new Decimal(0) }, { names: names[i] }),
  )
  return withOwnNames(tx, caller, document, views)
}

/** The same with their lines. */
export async function wholeTransferViews(tx: Tx, caller: Caller, transfers: Transfer[]): Promise<TransferView[]> {
  const document = await documentFor(tx, 'stock_transfer')
  const items = await itemsOfDocuments(tx, transfers)
  const codes = await codesOf(
    tx,
    transfers.flatMap(({ lines }) => lines),
  )
  const names = await namesFor(tx, transfers)
  const views = transfers.map((transfer, i) => {
    const row = rowOf(transfer, items, codes)
    return view(document, caller, row, { names: names[i], lines: row.lines })
  })
  return withOwnNames(tx, caller, document, views)
}

const view = (document: Document, caller: Caller, row: Row, shown: Parameters<typeof present>[3]): TransferView =>
  // The effective descriptor is the built-in one with the company's own fields added: its views have all the built-in fields.
  present(document, caller, row, { ...shown, can: movesOn(caller, document, row) })

/** Each side does its own part: it is sent, and planned, where it leaves; it is received where it goes. */
const movesOn = (caller: Caller, document: Document, row: Row): string[] =>
  movesFor(caller, document, String(row['state'])).filter((move) =>
    seesWarehouse(caller, String(row[move === 'receive' ? 'toId' : 'fromId'])),
  )

async function codesOf(tx: Tx, lines: readonly TransferLine[]): Promise<Codes> {
  const lots = await lotCodes(
    tx,
    lines.flatMap((line) => line.lots.map(({ lotId }) => lotId)),
  )
  const serials = await serialsById(
    tx,
    lines.flatMap(({ serialIds }) => serialIds),
  )
  return { lot: (id) => lots.get(id) ?? '', serial: (id) => serials.get(id)?.code ?? '' }
}

async function namesFor(tx: Tx, transfers: Header[]): Promise<Record<string, string>[]> {
  const warehouses = await warehouseNames(tx)
  const person = await peopleNames(
    tx,
    transfers.map(({ createdBy }) => createdBy),
  )
  return transfers.map(({ fromId, toId, createdBy }) => ({
    fromId: warehouses.get(fromId) ?? '',
    toId: warehouses.get(toId) ?? '',
    createdBy: person(createdBy),
  }))
}
