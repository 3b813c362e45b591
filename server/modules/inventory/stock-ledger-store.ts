import { type Sql, sql } from '#kernel/db'

/** The lines of the stock ledger that change what the stock is worth, for whoever makes something of them; those of purchase costs stand in `landedCosts`. */
export const stockLedger: Sql = sql`
  select m.id, m.kind, m.cost, i.category, i.tax_rate, m.source_document, m.source_id, m.source_number, m.effective_on, m.document_on, m.recorded_at, m.by
  from stock_move m join item i on i.id = m.item_id
  where m.kind not in ('transfer_out', 'transfer_in') and m.source_document <> 'landed_cost' and m.cost <> 0`

/** What purchase costs fell on, by category; on the day their ledger lines take effect, or, where all of the goods have left, on their own. */
export const landedCosts: Sql = sql`
  select c.id, c.number, i.category, sum(l.in_stock) as in_stock, sum(l.expensed) as expensed, c.created_by as by,
    coalesce((select min(m.effective_on) from stock_move m where m.source_id = c.id), c.posted_on) as effective_on,
    (select min(m.document_on) from stock_move m where m.source_id = c.id) as document_on,
    coalesce((select min(m.recorded_at) from stock_move m where m.source_id = c.id), c.created_at) as recorded_at,
    (select coalesce(jsonb_agg(m.id), '[]') from stock_move m where m.source_id = c.id) as move_ids
  from landed_cost c join landed_cost_line l on l.landed_cost_id = c.id join item i on i.id = l.item_id
  where c.state = 'posted' and l.amount <> 0
  group by c.id, i.category`
