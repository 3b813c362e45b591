import { Decimal } from '#contract'
import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import { type Day, dateOf } from '#kernel/days'
import { ChangedMeanwhile } from '#kernel/perform'
import type { OpenReceipt } from './allocation.model.ts'
import { creditMethod, type ReceiptState } from './contract.ts'

export type ReceiptRow = {
  id: string
  number: string
  customerId: string
  amount: string
  unallocated: string
  method: string
  /** The order whose goods came back, where it is the credit of a return. */
  returnOfId: string | null
  receivedOn: Day
  reference: string
  note: string
  state: ReceiptState
  custom: Record<string, unknown>
  version: number
  createdAt: Date
  createdBy: string
}

const columns = sql`
  id, number, customer_id as "customerId", amount::text, unallocated::text, method,
  return_of_id as "returnOfId", received_on::text as "receivedOn",
  reference, note, state, custom, version, created_at as "createdAt", created_by as "createdBy"`

/** Whether it was new: the same id twice is one receipt. */
export async function insertReceipt(tx: Tx, receipt: ReceiptRow): Promise<boolean> {
  const { count } = await tx.receipt.createMany({
    // Prisma takes the company's own values as JSON; they came out of JSON.
    data: [{ ...receipt, receivedOn: dateOf(receipt.receivedOn), custom: receipt.custom as Record<string, never> }],
    skipDuplicates: true,
  })
  return count === 1
}

export async function findReceipt(tx: Tx, id: string): Promise<ReceiptRow | undefined> {
  const [row] = await tx.$queryRaw<ReceiptRow[]>`select ${columns} from receipt where id = ${id}::uuid`
  return row
}

/** The day on which a receipt took effect. */
export async function effectiveDayOf(tx: Tx, id: string): Promise<Day> {
  const [row] = await tx.$queryRaw<{ day: Day }[]>`
    select effective_on::text as day from receivable_entry where receipt_id = ${id}::uuid and kind in ('receipt', 'return')`
  if (!row) throw new Error(`Receipt ${id} has no line in the ledger`)
  return row.day
}

/** Takes a receipt out of use, if nobody has touched it since that version. */
export async function saveReversed(tx: Tx, id: string, version: number): Promise<void> {
  const saved = await tx.$executeRaw`
    update receipt set state = 'reversed', unallocated = 0, version = version + 1
    where id = ${id}::uuid and version = ${version} and state = 'posted'`
  if (saved !== 1) throw new ChangedMeanwhile()
}

/** What a customer has paid and not yet had set against anything, oldest first; or of it only one receipt. */
export async function openReceipts(tx: Tx, customerId: string, id?: string): Promise<OpenReceipt[]> {
  const one = id ? sql`and id = ${id}::uuid` : noSql
  const rows = await tx.$queryRaw<{ id: string; number: string; hereSince: Day; left: string }[]>`
    select id, number, unallocated::text as "left", (
      select min(effective_on)::text from receivable_entry where receipt_id = receipt.id and kind in ('receipt', 'return')) as "hereSince"
    from receipt where customer_id = ${customerId}::uuid and unallocated > 0 ${one}
    order by received_on, id`
  return rows.map((row) => ({ ...row, left: new Decimal(row.left) }))
}

export type ReceiptFilter = {
  customers: readonly string[] | null
  unallocated: boolean
  /** Money alone, without what is credited for returns. */
  paid?: boolean
  from?: Day
  to?: Day
}

/** Latest first; one row more than the limit. */
export function listReceipts(
  tx: Tx,
  filter: ReceiptFilter,
  limit: number,
  after?: [day: Day, id: string],
): Promise<ReceiptRow[]> {
  return tx.$queryRaw<ReceiptRow[]>`
    select ${columns} from receipt where ${joinSql(conditions(filter, after), ' and ')}
    order by received_on desc, id desc limit ${limit + 1}`
}

function conditions({ customers, unallocated, paid, from, to }: ReceiptFilter, after?: [day: Day, id: string]): Sql[] {
  const [day, id] = after ?? []
  return [
    customers ? sql`customer_id = any(${[...customers]}::uuid[])` : sql`true`,
    unallocated ? sql`unallocated > 0` : sql`true`,
    paid ? sql`method <> ${creditMethod}` : sql`true`,
    from ? sql`received_on >= ${from}::date` : sql`true`,
    to ? sql`received_on <= ${to}::date` : sql`true`,
    after ? sql`(received_on, id) < (${day}::date, ${id}::uuid)` : sql`true`,
  ]
}
