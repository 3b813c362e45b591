import type pg from 'pg'
import { newId } from '#kernel/ids'
import type { Sale } from './trade.ts'

/** What one order writes: by table, the rows as the house wrote them, in which everything that differs from order to order can be filled in. */
export type OrderRows = (sale: Sale) => string

type Written = { rows: string; made: string[]; numbers: string[]; key: string }

/** Finds what the house wrote for this order in the transaction that submitted it. */
export async function rowsOfOrder(database: pg.Client, sale: Sale): Promise<OrderRows> {
  const { rows } = await database.query<Written>(
    `with documents as (select $1::uuid as id union all select id from delivery where order_id = $1),
     written as (
       select 'sales_order' as name, to_jsonb(t) as row from sales_order t where id = $1 union all
       select 'sales_order_line', to_jsonb(t) from sales_order_line t where order_id = $1 union all
       select 'delivery', to_jsonb(t) from delivery t where order_id = $1 union all
       select 'delivery_line', to_jsonb(t) from delivery_line t where delivery_id in (select id from documents) union all
       select 'reservation', to_jsonb(t) from reservation t where source_id = $1 union all
       select 'expected_receivable', to_jsonb(t) from expected_receivable t where order_id = $1 union all
       select 'audit_entry', to_jsonb(t) from audit_entry t where document_id in (select id from documents) union all
       select 'event', to_jsonb(t) from event t where body ->> 'orderId' = $1::text union all
       select 'done_call', to_jsonb(t) from done_call t where output -> 'order' ->> 'id' = $1::text)
     select (select jsonb_object_agg(name, rows) from (select name, jsonb_agg(row) as rows from written group by name) as tables)::text as rows,
       (select array_agg(row ->> 'id') from written where row ? 'id') as made,
       (select array_agg(row ->> 'number') from written where name in ('sales_order', 'delivery')) as numbers,
       (select row ->> 'key' from written where name = 'done_call') as key`,
    [sale.id],
  )
  const written = rows[0]
  if (!written) throw new Error(`The order ${sale.id} is not there.`)
  return template(written, sale)
}

/** Cut once at every place that is filled in: to make the rows of an order is then a join of strings. */
function template({ rows, made, numbers, key }: Written, sale: Sale): OrderRows {
  const items = sale.lines.map(({ goods }) => goods.id)
  const places = [...made, ...numbers, ...items, sale.customerId, key]
  const parts = rows.split(new RegExp(`(${places.join('|')})`))
  let count = 0
  return (sale) => {
    count++
    const filled = new Map([
      ...made.map((id): [string, string] => [id, newId()]),
      ...numbers.map((number): [string, string] => [number, `${number}-${count}`]),
      ...items.map((id, i): [string, string] => [id, sale.lines[i]!.goods.id]), // every sale has as many lines
      [places.at(-2)!, sale.customerId],
      [key, `${key}-${count}`],
    ])
    return parts.map((part, i) => (i % 2 === 0 ? part : filled.get(part))).join('')
  }
}
