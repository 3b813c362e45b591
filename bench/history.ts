import type pg from 'pg'

/** So many moves of goods, and so many lines in the ledger of receivables. */
const lines = 1_000_000
const days = 730
const items = 5000
const customers = 2000
const paidWithin = 60

/**
 * Fills both ledgers up to a million lines, over two years: what there is of goods and customers is multiplied first. Three lines in a hundred
 * are written down late, by up to forty days. The balances beside the ledgers are left as they are: only the past is asked for.
 */
export async function writeHistory(database: pg.Client): Promise<void> {
  await database.query('select setseed(0.42)')
  await database.query(moreItems, [items])
  await database.query(theirUnits)
  await database.query(moreCustomers, [customers])
  await database.query(moves, [lines, days, await count(database, 'item'), await count(database, 'warehouse')])
  await database.query(debts, [lines / 4, days, await count(database, 'customer'), paidWithin])
  await database.query(entries)
  await database.query('drop table debt')
  await database.query('analyze')
}

async function count(database: pg.Client, table: 'item' | 'warehouse' | 'customer'): Promise<number> {
  const { rows } = await database.query<{ count: number }>(`select count(*)::int as count from ${table}`)
  return rows[0]!.count
}

const moreItems = `
  insert into item select made.* from (select row_number() over (order by code) - 1 as i, item from item) model
    cross join lateral generate_series(1, $1 / (select count(*) from item)::int) as copy
    cross join lateral jsonb_populate_record(model.item, jsonb_build_object('id', gen_random_uuid(), 'code', 'H' || copy || '-' || i, 'family_id', null)) as made`
const theirUnits = `
  insert into item_unit (item_id, unit, numerator, denominator)
  select id, base_unit, 1, 1 from item where not exists (select from item_unit where item_id = item.id)`
const moreCustomers = `
  insert into customer select made.* from (select row_number() over (order by number) - 1 as i, customer from customer) model
    cross join lateral generate_series(1, $1 / (select count(*) from customer)::int) as copy
    cross join lateral jsonb_populate_record(model.customer, jsonb_build_object('id', gen_random_uuid(),
      'number', 'H' || copy || '-' || i, 'name', '历史客户' || copy || '-' || i)) as made`

/** When something took effect and when it was written down: in the order of the ledger, three in a hundred late. What is chosen is chosen by luck. */
const dated = `
  select n, effective_on, (effective_on + case when luck < 0.03 then 1 + (luck * 1000000)::int % 40 else 0 end + time '10:00') at time zone 'UTC' as recorded_at,
    floor(first * $3)::int as first, floor(second * $4)::int as second
  from (
    select n, current_date - 2 - $2::int + (n::bigint * $2 / $1)::int as effective_on, random() as luck, random() as first, random() as second
    from generate_series(1, $1::int) as n) line`
const numbered = (table: string): string => `(select id, row_number() over (order by id) - 1 as i from ${table})`

const moves = `
  insert into stock_move (id, item_id, warehouse_id, quantity, cost, kind, source_document, source_id, source_number, effective_on, recorded_at, by)
  select lpad(to_hex(n), 32, '0')::uuid, thing.id, place.id, quantity, quantity * 2.5, case when quantity > 0 then 'receipt' else 'delivery' end,
    'history', thing.id, 'H' || n, effective_on, recorded_at, thing.id
  from (${dated}) line join ${numbered('item')} thing on thing.i = line.first join ${numbered('warehouse')} place on place.i = line.second
    cross join lateral (select case when n % 2 = 0 then 20 else -19 end::numeric as quantity) part
  order by recorded_at, n`

/** Debts of thirty days, of which nineteen in twenty are paid within two months. */
const debts = `
  create temporary table debt as
  select line.*, gen_random_uuid() as receivable_id, gen_random_uuid() as receipt_id, party.id as customer_id,
    (1 + floor(random() * 1000000)) / 100 as amount, effective_on + second as paid_on, random() < 0.95 as is_paid
  from (${dated}) line join ${numbered('customer')} party on party.i = line.first`
const entries = `
  with owed as (
    insert into receivable (id, customer_id, source_document, source_id, source_number, amount, settled, posted_on, due_on)
    select receivable_id, customer_id, 'delivery', receivable_id, 'H' || n, amount, case when is_paid then amount else 0 end, effective_on, effective_on + 30
    from debt),
  line as (
    select customer_id, receivable_id, null::uuid as receipt_id, 'delivery' as kind, amount, receivable_id as source_id, effective_on, recorded_at from debt
    union all
    select customer_id, part.receivable_id, receipt_id, part.kind, part.amount, receipt_id, paid_on, recorded_at + (paid_on - effective_on) * interval '1 day'
    from debt cross join lateral (values (null::uuid, 'receipt', -amount), (receivable_id, 'allocation', -amount), (null, 'allocation', amount))
      as part(receivable_id, kind, amount)
    where is_paid and paid_on < current_date)
  insert into receivable_entry (id, customer_id, receivable_id, receipt_id, kind, amount, source_document, source_id, source_number, effective_on, recorded_at, by)
  select gen_random_uuid(), customer_id, receivable_id, receipt_id, kind, amount, case kind when 'delivery' then 'delivery' else 'receipt' end, source_id, 'H',
    effective_on, recorded_at, source_id
  from line order by recorded_at`
