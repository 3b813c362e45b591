import { Decimal, toMoney } from '#contract'
import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import type { OpenItem } from './allocation.model.ts'
import type { Source } from './ledger.model.ts'

export type NewReceivable = {
  id: string
  customerId: string
  source: Source
  order: { id: string; number: string } | null
  amount: Decimal
  postedOn: Day
  dueOn: Day
}

export async function insertReceivables(tx: Tx, receivables: readonly NewReceivable[]): Promise<void> {
  const rows = JSON.stringify(receivables.map((receivable) => ({ ...receivable, amount: toMoney(receivable.amount) })))
  await tx.$executeRaw`
    insert into receivable (id, customer_id, source_document, source_id, source_number, order_id, order_number,
      amount, posted_on, due_on)
    select id, "customerId", source ->> 'document', (source ->> 'id')::uuid, source ->> 'number',
      ("order" ->> 'id')::uuid, "order" ->> 'number', amount, "postedOn", "dueOn"
    from jsonb_to_recordset(${rows}::jsonb)
      as new(id uuid, "customerId" uuid, source jsonb, "order" jsonb, amount numeric, "postedOn" date, "dueOn" date)`
}

/** What is open of a customer, or of it only the receivables named. */
export async function openItems(tx: Tx, customerId: string, ids?: readonly string[]): Promise<OpenItem[]> {
  const named = ids ? sql`and id = any(${[...ids]}::uuid[])` : noSql
  const rows = await tx.$queryRaw<(Omit<OpenItem, 'open'> & { open: string })[]>`
    select id, source_number as number, due_on::text as "dueOn", (amount - settled)::text as open,
      greatest(posted_on, (
        select max(effective_on) from receivable_entry
        where receivable_id = receivable.id and kind = 'release'))::text as "openSince"
    from receivable where customer_id = ${customerId}::uuid and settled < amount ${named}`
  return rows.map((row) => ({ ...row, open: new Decimal(row.open) }))
}

/** What these customers owe, those who owe nothing left out, the most first. */
export const owedByCustomer = (
  tx: Tx,
  customerIds: readonly string[],
): Promise<{ customerId: string; amount: string }[]> =>
  tx.$queryRaw`
    select customer_id as "customerId", sum(amount - settled)::text as amount from receivable
    where customer_id = any(${[...customerIds]}::uuid[]) and settled < amount
    group by customer_id order by sum(amount - settled) desc, customer_id`

export type ReceivableRow = {
  id: string
  customerId: string
  sourceDocument: string
  sourceId: string
  sourceNumber: string
  orderId: string | null
  orderNumber: string | null
  amount: string
  settled: string
  open: string
  postedOn: Day
  dueOn: Day
}

const columns = sql`
  id, customer_id as "customerId", source_document as "sourceDocument", source_id as "sourceId",
  source_number as "sourceNumber", order_id as "orderId", order_number as "orderNumber", amount::text, settled::text,
  (amount - settled)::text as open, posted_on::text as "postedOn", due_on::text as "dueOn"`

export type ReceivableFilter = {
  /** Only of these customers; null: of all. */
  customers: readonly string[] | null
  orderId?: string
  openOnly: boolean
  dueFrom?: Day
  dueTo?: Day
}

/** Earliest due first; one row more than the limit, which tells whether there is a next page. */
export function listReceivables(
  tx: Tx,
  filter: ReceivableFilter,
  limit: number,
  after?: [day: Day, id: string],
): Promise<ReceivableRow[]> {
  return tx.$queryRaw<ReceivableRow[]>`
    select ${columns} from receivable where ${joinSql(conditions(filter, after), ' and ')}
    order by due_on, id limit ${limit + 1}`
}

function conditions(
  { customers, orderId, openOnly, dueFrom, dueTo }: ReceivableFilter,
  after?: [day: Day, id: string],
): Sql[] {
  const [day, id] = after ?? []
  return [
    customers ? sql`customer_id = any(${[...customers]}::uuid[])` : sql`true`,
    openOnly ? sql`settled < amount` : sql`true`,
    orderId ? sql`order_id = ${orderId}::uuid` : sql`true`,
    dueFrom ? sql`due_on >= ${dueFrom}::date` : sql`true`,
    dueTo ? sql`due_on <= ${dueTo}::date` : sql`true`,
    after ? sql`(due_on, id) > (${day}::date, ${id}::uuid)` : sql`true`,
  ]
}

export async function findReceivable(tx: Tx, id: string): Promise<ReceivableRow | undefined> {
  const [row] = await tx.$queryRaw<ReceivableRow[]>`select ${columns} from receivable where id = ${id}::uuid`
  return row
}

/** The day of its document, where its books were closed and so it was posted later. */
export async function documentDayOf(tx: Tx, { id, sourceId }: ReceivableRow): Promise<Day | null> {
  const [row] = await tx.$queryRaw<{ day: Day | null }[]>`
    select document_on::text as day from receivable_entry where receivable_id = ${id}::uuid and source_id = ${sourceId}::uuid limit 1`
  return row?.day ?? null
}

/** Everything that orders have come to owe, oldest first. */
export const receivablesOfOrders = (tx: Tx, orderIds: readonly string[]): Promise<ReceivableRow[]> =>
  tx.$queryRaw<ReceivableRow[]>`
    select ${columns} from receivable where order_id = any(${[...orderIds]}::uuid[]) order by due_on, id`

/** What comes due next, from a day on. */
export async function nextDue(tx: Tx, customerId: string, day: Day): Promise<{ on: Day; amount: string } | undefined> {
  const [row] = await tx.$queryRaw<{ on: Day; amount: string }[]>`
    select due_on::text as "on", sum(amount - settled)::text as amount
    from receivable where customer_id = ${customerId}::uuid and settled < amount and due_on >= ${day}::date
    group by due_on order by due_on limit 1`
  return row
}
