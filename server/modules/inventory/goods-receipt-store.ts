import { Decimal, type Entered, Refusal } from '#contract'
import { dateOf, type Day, dayOrNull } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { Prisma } from '#kernel/prisma/client'
import { goodsReceipt } from './contract.ts'
import { byIds, type DocumentFilter, inWarehouses, listed, newestFirst } from './document-list-store.ts'

export type ReceiptLine = {
  id: string
  itemId: string
  entered: Entered
  quantity: Decimal
  unitCost: Decimal
  lotCode: string | null
  expiresOn: Day | null
  serials: string[]
  custom: Record<string, never>
}
export type Receipt = {
  id: string
  number: string
  kind: string
  state: string
  supplierId: string | null
  warehouseId: string
  expectedOn: Day | null
  receivedOn: Day | null
  note: string
  custom: Record<string, never>
  version: number
  createdAt: Date
  createdBy: string
  lines: ReceiptLine[]
}
const inOrder = { orderBy: { position: 'asc' as const }, omit: { goodsReceiptId: true, position: true } as const }
type Header = Omit<Receipt, 'lines'>
type StoredWhole = Prisma.GoodsReceiptGetPayload<{ include: { lines: typeof inOrder } }>

export async function findReceipt(tx: Tx, id: string): Promise<Receipt> {
  const row = await tx.goodsReceipt.findUnique({ where: { id }, include: { lines: inOrder } })
  if (!row) throw new Refusal('not_found', { what: goodsReceipt.label })
  return whole(row)
}

/** Receipts with their lines, in the order of the ids. */
export async function findReceipts(tx: Tx, ids: readonly string[]): Promise<Receipt[]> {
  const rows = await tx.goodsReceipt.findMany({ where: { id: { in: [...ids] } }, include: { lines: inOrder } })
  return byIds(rows, ids).map(whole)
}

const whole = ({ lines, ...stored }: StoredWhole): Receipt => ({
  ...header(stored),
  lines: lines.map((line) => ({
    ...line,
    entered: line.entered as Entered, // parsed by the contract before it was stored
    quantity: new Decimal(String(line.quantity)),
    unitCost: new Decimal(String(line.unitCost)),
    expiresOn: dayOrNull(line.expiresOn),
    custom: line.custom as Record<string, never>, // a jsonb object
  })),
})

export async function listReceipts(
  tx: Tx,
  filter: DocumentFilter & { warehouses: readonly string[] | null; supplierId?: string },
  limit: number,
): Promise<Header[]> {
  const where = { ...listed(filter), ...inWarehouses(filter.warehouses), supplierId: filter.supplierId }
  const rows = await tx.goodsReceipt.findMany({ where, orderBy: newestFirst, take: limit + 1 })
  return rows.map(header)
}

/** Totals of receipts, by id. */
export async function receiptTotals(tx: Tx, ids: readonly string[]): Promise<Map<string, Decimal>> {
  const rows = await tx.$queryRaw<{ id: string; total: string }[]>`
    select goods_receipt_id as id, sum(round(quantity * unit_cost, 2))::text as total
    from goods_receipt_line where goods_receipt_id = any(${[...ids]}::uuid[]) group by 1`
  return new Map(rows.map(({ id, total }) => [id, new Decimal(total)]))
}

export async function insertReceipt(tx: Tx, { lines, ...receipt }: Receipt): Promise<void> {
  const { count } = await tx.goodsReceipt.createMany({ data: [columns(receipt)], skipDuplicates: true })
  if (count === 0) throw new Refusal('stale')
  await insertLines(tx, receipt.id, lines)
}

/** Saves a receipt that was read at its version, with its lines when they have changed. */
export async function saveReceipt(tx: Tx, before: Receipt, { lines, ...receipt }: Receipt): Promise<void> {
  const { id, version } = receipt
  const { count } = await tx.goodsReceipt.updateMany({
    where: { id, version },
    data: { ...columns(receipt), version: version + 1 },
  })
  if (count === 0) throw new ChangedMeanwhile()
  if (lines === before.lines) return
  await tx.goodsReceiptLine.deleteMany({ where: { goodsReceiptId: id } })
  await insertLines(tx, id, lines)
}

async function insertLines(tx: Tx, goodsReceiptId: string, lines: readonly ReceiptLine[]): Promise<void> {
  const data = lines.map((line, position) => ({
    ...line,
    goodsReceiptId,
    position,
    expiresOn: line.expiresOn && dateOf(line.expiresOn),
  }))
  const { count } = await tx.goodsReceiptLine.createMany({ data, skipDuplicates: true })
  if (count < lines.length)
    throw new Refusal('malformed', {}, [{ field: 'lines', message: '行编号重复 / a line id is taken' }])
}

type Stored = Omit<Header, 'expectedOn' | 'receivedOn' | 'custom'> & {
  expectedOn: Date | null
  receivedOn: Date | null
  custom: unknown
}

const header = (row: Stored): Header => ({
  ...row,
  expectedOn: dayOrNull(row.expectedOn),
  receivedOn: dayOrNull(row.receivedOn),
  custom: row.custom as Record<string, never>, // a jsonb object
})

const columns = (receipt: Header) => ({
  ...receipt,
  expectedOn: receipt.expectedOn && dateOf(receipt.expectedOn),
  receivedOn: receipt.receivedOn && dateOf(receipt.receivedOn),
})
