import { Decimal, type Entered, Refusal } from '#contract'
import { dateOf, type Day, dayOrNull } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { Prisma } from '#kernel/prisma/client'
import { stockAdjustment } from './contract.ts'
import { byIds, type DocumentFilter, inWarehouses, listed, newestFirst } from './document-list-store.ts'

export type AdjustmentLine = {
  id: string
  itemId: string
  entered: Entered
  /** Signed. */
  quantity: Decimal
  lotId: string | null
  serialIds: string[]
  unitCost: Decimal | null
  /** Change of value, fixed when it is posted. */
  cost: Decimal
  custom: Record<string, never>
}
export type Adjustment = {
  id: string
  number: string
  state: string
  warehouseId: string
  reason: string
  postedOn: Day | null
  custom: Record<string, never>
  version: number
  createdAt: Date
  createdBy: string
  lines: AdjustmentLine[]
}
const inOrder = { orderBy: { position: 'asc' as const }, omit: { stockAdjustmentId: true, position: true } as const }
type Header = Omit<Adjustment, 'lines'>
type StoredWhole = Prisma.StockAdjustmentGetPayload<{ include: { lines: typeof inOrder } }>

export async function findAdjustment(tx: Tx, id: string): Promise<Adjustment> {
  const row = await tx.stockAdjustment.findUnique({ where: { id }, include: { lines: inOrder } })
  if (!row) throw new Refusal('not_found', { what: stockAdjustment.label })
  return whole(row)
}

/** Adjustments with their lines, in the order of the ids. */
export async function findAdjustments(tx: Tx, ids: readonly string[]): Promise<Adjustment[]> {
  const rows = await tx.stockAdjustment.findMany({ where: { id: { in: [...ids] } }, include: { lines: inOrder } })
  return byIds(rows, ids).map(whole)
}

const whole = ({ lines, ...stored }: StoredWhole): Adjustment => ({
  ...header(stored),
  lines: lines.map((line) => ({
    ...line,
    entered: line.entered as Entered, // parsed by the contract before it was stored
    quantity: new Decimal(String(line.quantity)),
    unitCost: line.unitCost && new Decimal(String(line.unitCost)),
    cost: new Decimal(String(line.cost)),
    custom: line.custom as Record<string, never>, // a jsonb object
  })),
})

export async function listAdjustments(
  tx: Tx,
  filter: DocumentFilter & { warehouses: readonly string[] | null },
  limit: number,
): Promise<Header[]> {
  const where = { ...listed(filter), ...inWarehouses(filter.warehouses) }
  const rows = await tx.stockAdjustment.findMany({ where, orderBy: newestFirst, take: limit + 1 })
  return rows.map(header)
}

/** How adjustments changed the value of the stock, by id. */
export async function adjustmentTotals(tx: Tx, ids: readonly string[]): Promise<Map<string, Decimal>> {
  const rows = await tx.$queryRaw<{ id: string; total: string }[]>`
    select stock_adjustment_id as id, sum(cost)::text as total
    from stock_adjustment_line where stock_adjustment_id = any(${[...ids]}::uuid[]) group by 1`
  return new Map(rows.map(({ id, total }) => [id, new Decimal(total)]))
}

export async function insertAdjustment(tx: Tx, { lines, ...adjustment }: Adjustment): Promise<void> {
  const { count } = await tx.stockAdjustment.createMany({ data: [columns(adjustment)], skipDuplicates: true })
  if (count === 0) throw new Refusal('stale')
  await insertLines(tx, adjustment.id, lines)
}

/** Saves an adjustment that was read at its version, with its lines when they have changed. */
export async function saveAdjustment(tx: Tx, before: Adjustment, { lines, ...adjustment }: Adjustment): Promise<void> {
  const { id, version } = adjustment
  const { count } = await tx.stockAdjustment.updateMany({
    where: { id, version },
    data: { ...columns(adjustment), version: version + 1 },
  })
  if (count === 0) throw new ChangedMeanwhile()
  if (lines === before.lines) return
  await tx.stockAdjustmentLine.deleteMany({ where: { stockAdjustmentId: id } })
  await insertLines(tx, id, lines)
}

async function insertLines(tx: Tx, stockAdjustmentId: string, lines: readonly AdjustmentLine[]): Promise<void> {
  const data = lines.map((line, position) => ({ ...line, stockAdjustmentId, position }))
  const { count } = await tx.stockAdjustmentLine.createMany({ data, skipDuplicates: true })
  if (count < lines.length)
    throw new Refusal('malformed', {}, [{ field: 'lines', message: '行编号重复 / a line id is taken' }])
}

type Stored = Omit<Header, 'postedOn' | 'custom'> & { postedOn: Date | null; custom: unknown }

const header = (row: Stored): Header => ({
  ...row,
  postedOn: dayOrNull(row.postedOn),
  custom: row.custom as Record<string, never>, // a jsonb object
})

const columns = (adjustment: Header) => ({
  ...adjustment,
  postedOn: adjustment.postedOn && dateOf(adjustment.postedOn),
})
