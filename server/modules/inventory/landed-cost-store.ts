import { Decimal, Refusal } from '#contract'
import { dateOf, type Day, dayOrNull } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import { landedCost } from './contract.ts'
import { type DocumentFilter, inWarehouses, listed, newestFirst } from './document-list-store.ts'
import { type Basis, basisOf, type LayerOf } from './landed-cost.model.ts'

export type LandedLine = {
  id: string
  goodsReceiptId: string
  itemId: string
  amount: Decimal
  inStock: Decimal
  expensed: Decimal
}
export type Landed = {
  id: string
  number: string
  state: string
  kind: string
  supplierId: string | null
  amount: Decimal
  basis: Basis
  postedOn: Day | null
  note: string
  custom: Record<string, never>
  version: number
  createdAt: Date
  createdBy: string
  receiptIds: string[]
  /** What fell on what; none before it was spread. */
  lines: LandedLine[]
}

const withParts = {
  receipts: { orderBy: { position: 'asc' as const }, select: { goodsReceiptId: true } },
  lines: { orderBy: { position: 'asc' as const }, omit: { landedCostId: true, position: true } as const },
}

export async function findLanded(tx: Tx, id: string): Promise<Landed> {
  const row = await tx.landedCost.findUnique({ where: { id }, include: withParts })
  if (!row) throw new Refusal('not_found', { what: landedCost.label })
  return landed(row)
}

export async function listLanded(
  tx: Tx,
  filter: DocumentFilter & { warehouses: readonly string[] | null },
  limit: number,
): Promise<Landed[]> {
  const ofMine = filter.warehouses && { receipts: { some: { goodsReceipt: inWarehouses(filter.warehouses) } } }
  const where = { ...listed(filter), ...ofMine }
  const rows = await tx.landedCost.findMany({ where, include: withParts, orderBy: newestFirst, take: limit + 1 })
  return rows.map(landed)
}

/** What was put upon the goods of a receipt, newest first. */
export const landedOf = async (tx: Tx, goodsReceiptId: string): Promise<Landed[]> => {
  const where = { receipts: { some: { goodsReceiptId } }, state: { not: 'cancelled' } }
  return (await tx.landedCost.findMany({ where, include: withParts, orderBy: newestFirst })).map(landed)
}

export async function insertLanded(tx: Tx, { receiptIds, lines: _none, ...header }: Landed): Promise<void> {
  const { count } = await tx.landedCost.createMany({ data: [columns(header)], skipDuplicates: true })
  if (count === 0) throw new Refusal('stale')
  await insertReceipts(tx, header.id, receiptIds)
}

/** Saves a cost that was read at its version, with what has changed of its parts. */
export async function saveLanded(tx: Tx, before: Landed, after: Landed): Promise<void> {
  const { receiptIds, lines, ...header } = after
  const { id, version } = header
  const { count } = await tx.landedCost.updateMany({
    where: { id, version },
    data: { ...columns(header), version: version + 1 },
  })
  if (count === 0) throw new ChangedMeanwhile()
  if (receiptIds !== before.receiptIds) {
    await tx.landedCostReceipt.deleteMany({ where: { landedCostId: id } })
    await insertReceipts(tx, id, receiptIds)
  }
  if (lines !== before.lines)
    await tx.landedCostLine.createMany({
      data: lines.map((line, position) => ({ ...line, landedCostId: id, position })),
    })
}

async function insertReceipts(tx: Tx, landedCostId: string, receiptIds: readonly string[]): Promise<void> {
  await tx.landedCostReceipt.createMany({
    data: receiptIds.map((goodsReceiptId, position) => ({ landedCostId, goodsReceiptId, position })),
  })
}

/** The layers that goods of these receipts opened, and those that a change of method opened, of these items; the oldest first. */
export async function layersOf(tx: Tx, itemIds: readonly string[], receiptIds: readonly string[]): Promise<LayerOf[]> {
  const rows = await tx.$queryRaw<(Omit<LayerOf, 'quantity'> & { quantity: string })[]>`
    select id, item_id as "itemId", nullif(source_id, item_id) as "goodsReceiptId", quantity::text from cost_layer l
    where item_id = any(${[...itemIds]}::uuid[]) and (source_id = any(${[...receiptIds]}::uuid[]) or source_id = item_id)
      and not exists (select from cost_layer opened where opened.item_id = l.item_id and opened.source_id = l.item_id and opened.id > l.id)
    order by (source_id = item_id and remaining > 0) desc, opened_on, id`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity) }))
}

type Stored = Omit<Landed, 'postedOn' | 'custom' | 'amount' | 'basis' | 'receiptIds' | 'lines'> & {
  postedOn: Date | null
  custom: unknown
  amount: unknown
  basis: string
  receipts: { goodsReceiptId: string }[]
  lines: { id: string; goodsReceiptId: string; itemId: string; amount: unknown; inStock: unknown; expensed: unknown }[]
}

const landed = ({ receipts, lines, ...row }: Stored): Landed => ({
  ...row,
  amount: new Decimal(String(row.amount)),
  basis: basisOf(row.basis),
  postedOn: dayOrNull(row.postedOn),
  custom: row.custom as Record<string, never>, // a jsonb object
  receiptIds: receipts.map(({ goodsReceiptId }) => goodsReceiptId),
  lines: lines.map((line) => ({
    ...line,
    amount: new Decimal(String(line.amount)),
    inStock: new Decimal(String(line.inStock)),
    expensed: new Decimal(String(line.expensed)),
  })),
})

const columns = (header: Omit<Landed, 'receiptIds' | 'lines'>) => ({
  ...header,
  postedOn: header.postedOn && dateOf(header.postedOn),
})
