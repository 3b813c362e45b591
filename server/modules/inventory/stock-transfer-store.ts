import { Decimal, type Entered, Refusal } from '#contract'
import { dateOf, type Day, dayOrNull } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { Prisma } from '#kernel/prisma/client'
import { stockTransfer } from './contract.ts'
import { byIds, type DocumentFilter, listed, newestFirst } from './document-list-store.ts'

export type TransferLine = {
  id: string
  itemId: string
  entered: Entered
  quantity: Decimal
  lots: { lotId: string; quantity: Decimal }[]
  serialIds: string[]
  /** Value on the way, so that what arrives is worth what left. */
  cost: Decimal
  custom: Record<string, never>
}
export type Transfer = {
  id: string
  number: string
  state: string
  fromId: string
  toId: string
  sentOn: Day | null
  receivedOn: Day | null
  note: string
  custom: Record<string, never>
  version: number
  createdAt: Date
  createdBy: string
  lines: TransferLine[]
}
const inOrder = { orderBy: { position: 'asc' as const }, omit: { stockTransferId: true, position: true } as const }
type Header = Omit<Transfer, 'lines'>
type StoredWhole = Prisma.StockTransferGetPayload<{ include: { lines: typeof inOrder } }>

export async function findTransfer(tx: Tx, id: string): Promise<Transfer> {
  const row = await tx.stockTransfer.findUnique({ where: { id }, include: { lines: inOrder } })
  if (!row) throw new Refusal('not_found', { what: stockTransfer.label })
  return whole(row)
}

/** Transfers with their lines, in the order of the ids. */
export async function findTransfers(tx: Tx, ids: readonly string[]): Promise<Transfer[]> {
  const rows = await tx.stockTransfer.findMany({ where: { id: { in: [...ids] } }, include: { lines: inOrder } })
  return byIds(rows, ids).map(whole)
}

const whole = ({ lines, ...stored }: StoredWhole): Transfer => ({
  ...header(stored),
  lines: lines.map((line) => ({
    ...line,
    entered: line.entered as Entered, // parsed by the contract before it was stored
    quantity: new Decimal(String(line.quantity)),
    lots: (line.lots as { lotId: string; quantity: string }[]) // stored by insertLines below
      .map(({ lotId, quantity }) => ({ lotId, quantity: new Decimal(quantity) })),
    cost: new Decimal(String(line.cost)),
    custom: line.custom as Record<string, never>, // a jsonb object
  })),
})

/** Transfers from or to these warehouses, or all. */
export async function listTransfers(
  tx: Tx,
  filter: DocumentFilter & { warehouses: readonly string[] | null },
  limit: number,
): Promise<Header[]> {
  const here = filter.warehouses && { in: [...filter.warehouses] }
  const between = here ? [{ OR: [{ fromId: here }, { toId: here }] }] : []
  const rows = await tx.stockTransfer.findMany({
    where: { AND: [listed(filter), ...between] },
    orderBy: newestFirst,
    take: limit + 1,
  })
  return rows.map(header)
}

/** What transfers are worth, by id. */
export async function transferTotals(tx: Tx, ids: readonly string[]): Promise<Map<string, Decimal>> {
  const rows = await tx.$queryRaw<{ id: string; total: string }[]>`
    select stock_transfer_id as id, sum(cost)::text as total
    from stock_transfer_line where stock_transfer_id = any(${[...ids]}::uuid[]) group by 1`
  return new Map(rows.map(({ id, total }) => [id, new Decimal(total)]))
}

export async function insertTransfer(tx: Tx, { lines, ...transfer }: Transfer): Promise<void> {
  const { count } = await tx.stockTransfer.createMany({ data: [columns(transfer)], skipDuplicates: true })
  if (count === 0) throw new Refusal('stale')
  await insertLines(tx, transfer.id, lines)
}

/** Saves a transfer that was read at its version, with its lines when they have changed. */
export async function saveTransfer(tx: Tx, before: Transfer, { lines, ...transfer }: Transfer): Promise<void> {
  const { id, version } = transfer
  const { count } = await tx.stockTransfer.updateMany({
    where: { id, version },
    data: { ...columns(transfer), version: version + 1 },
  })
  if (count === 0) throw new ChangedMeanwhile()
  if (lines === before.lines) return
  await tx.stockTransferLine.deleteMany({ where: { stockTransferId: id } })
  await insertLines(tx, id, lines)
}

async function insertLines(tx: Tx, stockTransferId: string, lines: readonly TransferLine[]): Promise<void> {
  const data = lines.map((line, position) => ({
    ...line,
    lots: line.lots.map(({ lotId, quantity }) => ({ lotId, quantity: quantity.toString() })),
    stockTransferId,
    position,
  }))
  const { count } = await tx.stockTransferLine.createMany({ data, skipDuplicates: true })
  if (count < lines.length)
    throw new Refusal('malformed', {}, [{ field: 'lines', message: '行编号重复 / a line id is taken' }])
}

type Stored = Omit<Header, 'sentOn' | 'receivedOn' | 'custom'> & {
  sentOn: Date | null
  receivedOn: Date | null
  custom: unknown
}

const header = (row: Stored): Header => ({
  ...row,
  sentOn: dayOrNull(row.sentOn),
  receivedOn: dayOrNull(row.receivedOn),
  custom: row.custom as Record<string, never>, // a jsonb object
})

const columns = (transfer: Header) => ({
  ...transfer,
  sentOn: transfer.sentOn && dateOf(transfer.sentOn),
  receivedOn: transfer.receivedOn && dateOf(transfer.receivedOn),
})
