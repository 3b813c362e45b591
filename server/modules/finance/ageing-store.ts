import { Decimal } from '#contract'
import { noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import type { Aged } from './ageing.model.ts'
import { linesUntil } from './checkpoint-store.ts'
import type { AsKnownAt } from './contract.ts'
import { unknownFrom } from './known-store.ts'

export type CustomerAged = Aged & { customerId: string; overdueDays: number; overdueCount: number }
type Row = { [K in keyof Aged]: string } & { customerId: string; overdueDays: number; overdueCount: number }

/**
 * What customers owe by age as things stand: from the open receivables, of which there are few.
 * `customers` null: everybody's.
 */
export async function openAged(tx: Tx, day: Day, customers: readonly string[] | null): Promise<CustomerAged[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with owed as (
      select customer_id, ${buckets(sql`amount - settled`, day)},
        greatest(max(${day}::date - due_on), 0) as oldest, count(*) filter (where due_on < ${day}::date)::int as late
      from receivable where settled < amount ${among(customers)} group by customer_id),
    paid as (select customer_id, advance from customer_exposure where advance > 0 ${among(customers)})
    select customer_id as "customerId", coalesce("notDue", '0') as "notDue", coalesce("upTo30", '0') as "upTo30",
      coalesce("upTo60", '0') as "upTo60", coalesce("upTo90", '0') as "upTo90", coalesce("over90", '0') as "over90",
      coalesce(advance, 0)::text as advance, coalesce(oldest, 0) as "overdueDays", coalesce(late, 0) as "overdueCount"
    from owed full join paid using (customer_id)`
  return rows.map(read)
}

/**
 * The same as at the end of any day, from the ledger by the days on which its lines took effect, and as it was known then. The due days of
 * what was open at the last checkpoint are kept there; only of what has come since are they looked up.
 */
export async function ledgerAged(
  tx: Tx,
  day: Day,
  customers: readonly string[] | null,
  asKnownAt?: AsKnownAt,
): Promise<CustomerAged[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with ${linesUntil(day, unknownFrom(asKnownAt), among(customers))},
    part as (
      select customer_id, receivable_id, max(due_on) as due_on, sum(amount) as amount from line where is_known
      group by customer_id, receivable_id having sum(amount) <> 0),
    open as (
      select part.customer_id, receivable_id, part.amount, coalesce(part.due_on, receivable.due_on) as due_on
      from part left join receivable on receivable.id = case when part.due_on is null then receivable_id end)
    select customer_id as "customerId", ${buckets(sql`amount`, day)},
      coalesce(-sum(amount) filter (where receivable_id is null), 0)::text as advance,
      greatest(coalesce(max(${day}::date - due_on), 0), 0) as "overdueDays",
      count(*) filter (where due_on < ${day}::date)::int as "overdueCount"
    from open group by customer_id`
  return rows.map(read)
}

/** The five ages of an amount, by its due day. Money without a due day falls into none. */
const buckets = (amount: Sql, day: Day): Sql => sql`
  coalesce(sum(${amount}) filter (where due_on >= ${day}::date), 0)::text as "notDue",
  coalesce(sum(${amount}) filter (where ${day}::date - due_on between 1 and 30), 0)::text as "upTo30",
  coalesce(sum(${amount}) filter (where ${day}::date - due_on between 31 and 60), 0)::text as "upTo60",
  coalesce(sum(${amount}) filter (where ${day}::date - due_on between 61 and 90), 0)::text as "upTo90",
  coalesce(sum(${amount}) filter (where ${day}::date - due_on > 90), 0)::text as "over90"`

/** How many they are is hidden from the planner by a `select`: it would plan each question anew, which takes longer than to answer it. */
const among = (customers: readonly string[] | null): Sql =>
  customers ? sql`and customer_id = any((select ${[...customers]}::uuid[])::uuid[])` : noSql

const read = ({ customerId, overdueDays, overdueCount, ...amounts }: Row): CustomerAged => ({
  customerId,
  overdueDays,
  overdueCount,
  notDue: new Decimal(amounts.notDue),
  upTo30: new Decimal(amounts.upTo30),
  upTo60: new Decimal(amounts.upTo60),
  upTo90: new Decimal(amounts.upTo90),
  over90: new Decimal(amounts.over90),
  advance: new Decimal(amounts.advance),
})
