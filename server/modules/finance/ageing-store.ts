import { Decimal } from '#contract'
import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { type Aged, agedKeys } from './ageing.model.ts'

export type CustomerAged = Aged & { customerId: string; overdueDays: number; overdueCount: number }
type Row = Record<(typeof agedKeys)[number], string> & { customerId: string; overdueDays: number; overdueCount: number }

/**
 * What customers owe by age as things stand: from the open receivables, of which there are few.
 * `customers` null: everybody's.
 */
export async function openAged(tx: Tx, day: Day, customers: readonly string[] | null): Promise<CustomerAged[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with owed as (
      select customer_id, ${buckets(sql`amount - settled`, sql`due_on`, day)},
        max(${day}::date - due_on) as oldest, count(*) filter (where due_on < ${day}::date)::int as late
      from receivable where settled < amount ${among(customers)} group by customer_id),
    paid as (select customer_id, advance from customer_exposure where advance > 0 ${among(customers)})
    select customer_id as "customerId", coalesce("notDue", 0)::text as "notDue", coalesce("upTo30", 0)::text as "upTo30",
      coalesce("upTo60", 0)::text as "upTo60", coalesce("upTo90", 0)::text as "upTo90",
      coalesce("over90", 0)::text as "over90", coalesce(advance, 0)::text as advance,
      greatest(coalesce(oldest, 0), 0) as "overdueDays", coalesce(late, 0) as "overdueCount"
    from owed full join paid using (customer_id)`
  return rows.map(read)
}

/** The same as at the end of any day, from the ledger by the days on which its lines took effect. */
export async function ledgerAged(tx: Tx, day: Day, customers: readonly string[] | null): Promise<CustomerAged[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with line as (
      select entry.customer_id, receivable.id as receivable_id, receivable.due_on,
        sum(entry.amount) as amount
      from receivable_entry entry left join receivable on receivable.id = entry.receivable_id
      where entry.effective_on <= ${day}::date ${among(customers, sql`entry.customer_id`)}
      group by entry.customer_id, receivable.id)
    select customer_id as "customerId", ${buckets(sql`amount`, sql`due_on`, day)},
      (-coalesce(sum(amount) filter (where receivable_id is null), 0))::text as advance,
      greatest(coalesce(max(${day}::date - due_on) filter (where amount > 0), 0), 0) as "overdueDays",
      count(*) filter (where due_on < ${day}::date and amount > 0)::int as "overdueCount"
    from line group by customer_id having count(*) filter (where amount <> 0) > 0`
  return rows.map(read)
}

const ages: { key: string; from: number | null; to: number | null }[] = [
  { key: 'notDue', from: null, to: 0 },
  { key: 'upTo30', from: 1, to: 30 },
  { key: 'upTo60', from: 31, to: 60 },
  { key: 'upTo90', from: 61, to: 90 },
  { key: 'over90', from: 91, to: null },
]
