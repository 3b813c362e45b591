import pg from 'pg'
import { type Loop, closedLoop } from './closed-loop.ts'
import type { OpenCompany } from './open-company.ts'
import type { OrderRows } from './order-rows.ts'
import { linesPerOrder, nextSale, type Sale } from './trade.ts'

/** The stock of an order: locked in one order, and taken only where there is enough of it. */
const takeStock = {
  name: 'take-stock',
  text: `
    with wanted as (select item_id, quantity from jsonb_to_recordset($1::jsonb) as line(item_id uuid, quantity numeric)),
    held as materialized (
      select item_id from stock_balance where warehouse_id = $2 and item_id in (select item_id from wanted)
      order by item_id for update)
    update stock_balance b set reserved = b.reserved + wanted.quantity from wanted join held using (item_id)
    where b.item_id = wanted.item_id and b.warehouse_id = $2 and b.on_hand - b.reserved >= wanted.quantity`,
}

/** Every row of an order, set by set, in one statement. */
const writeRows = {
  name: 'write-rows',
  text: `
    with exposure as (update customer_exposure set ordered = ordered + $3 where customer_id = $2),
    header as (insert into sales_order select * from jsonb_populate_recordset(null::sales_order, $1::jsonb -> 'sales_order')),
    lines as (insert into sales_order_line select * from jsonb_populate_recordset(null::sales_order_line, $1::jsonb -> 'sales_order_line')),
    notes as (insert into delivery select * from jsonb_populate_recordset(null::delivery, $1::jsonb -> 'delivery')),
    planned as (insert into delivery_line select * from jsonb_populate_recordset(null::delivery_line, $1::jsonb -> 'delivery_line')),
    holds as (insert into reservation select * from jsonb_populate_recordset(null::reservation, $1::jsonb -> 'reservation')),
    money as (insert into expected_receivable select * from jsonb_populate_recordset(null::expected_receivable, $1::jsonb -> 'expected_receivable')),
    story as (insert into audit_entry select * from jsonb_populate_recordset(null::audit_entry, $1::jsonb -> 'audit_entry')),
    facts as (insert into event select * from jsonb_populate_recordset(null::event, $1::jsonb -> 'event'))
    insert into done_call select * from jsonb_populate_recordset(null::done_call, $1::jsonb -> 'done_call')`,
}

export type OrderLimit = { run: (clients: number, ms: number) => Promise<Loop>; close: () => Promise<void> }

/** The same rows in the same tables by bare SQL: prepared, set-based, four round trips, a connection for each client. */
export async function orderLimit(
  { databaseUrl, trade }: OpenCompany,
  rows: OrderRows,
  clientsMax: number,
): Promise<OrderLimit> {
  const connections = Array.from({ length: clientsMax }, () => new pg.Client({ connectionString: databaseUrl }))
  await Promise.all(connections.map((connection) => connection.connect()))
  const submit = async (client: number): Promise<void> => {
    const connection = connections[client]!
    const sale = nextSale(trade, trade.sellers[client % trade.sellers.length]!)
    await connection.query('begin')
    const { rowCount } = await connection.query({
      ...takeStock,
      values: [JSON.stringify(wantedOf(sale)), trade.warehouseId],
    })
    if (rowCount !== linesPerOrder) throw new Error('There is not enough stock to measure with.')
    await connection.query({ ...writeRows, values: [rows(sale), sale.customerId, 1] })
    await connection.query('commit')
  }
  return {
    run: (clients, ms) => closedLoop(clients, ms, submit),
    close: async () => void (await Promise.all(connections.map((connection) => connection.end()))),
  }
}

const wantedOf = (sale: Sale) => sale.lines.map(({ goods, quantity }) => ({ item_id: goods.id, quantity }))
