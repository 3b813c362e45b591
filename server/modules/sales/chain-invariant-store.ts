import { sql, type Tx } from '#kernel/db'
import { firstFound } from '#kernel/invariant'
import type { Followed } from '#server/engines/audit'
import type { Disagreement } from './invariant-store.ts'

// Where a document of this module does not agree with what follows from it, or with what it follows from.

/** A line whose amounts do not follow from its price, quantity and tax rate. */
export const lineOffPrice = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with line as (
      select 'sales_order' as document, order_id as id, gross, net, tax_rate, round(price * quantity, 2) as right from sales_order_line
      union all
      select 'quotation', quotation_id, gross, net, tax_rate, round(price * quantity, 2) from quotation_line)
    select l.document, l.id, coalesce(o.number, q.number) as number, l.gross::text as left, l.right::text
    from line l
    left join sales_order o on o.id = l.id and l.document = 'sales_order'
    left join quotation q on q.id = l.id and l.document = 'quotation'
    where l.gross <> l.right or l.net <> round(l.gross * 100 / (100 + l.tax_rate), 2)
    order by number`

/** A delivery note that says another quantity has left than the stock ledger does. */
export const shippedOffStock = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select id, sum(noted) as noted, sum(gone) as gone
      from (
        select d.id, l.item_id, l.picked as noted, 0 as gone from delivery d join delivery_line l on l.delivery_id = d.id where d.state = 'shipped'
        union all
        select source_id, item_id, 0, -quantity from stock_move where source_document = 'delivery') side
      group by id, item_id having sum(noted) <> sum(gone))
    select 'delivery' as document, d.id, d.number, off.noted::text as left, off.gone::text as right
    from off join delivery d using (id) order by d.number`

/** A delivery note whose goods nobody came to owe, or not for what they cost; unless its order was owed as a whole when it was confirmed. */
export const shippedNotOwed = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select id, sum(shipped) as shipped, sum(owed) as owed
      from (
        select id, gross_total as shipped, 0 as owed from delivery where state = 'shipped'
        union all
        select source_id, 0, amount from receivable where source_document = 'delivery') side
      group by id having sum(shipped) <> sum(owed))
    select 'delivery' as document, d.id, d.number, off.shipped::text as left, off.owed::text as right
    from off join delivery d using (id)
    where not exists (select from receivable whole where whole.source_document = 'sales_order' and whole.source_id = d.order_id)
    order by d.number`

/** An order under way of which something else is expected than counts as ordered, or a settled one of which anything is. */
export const expectedOffExposed = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select id, sum(counts) as counts, sum(expected) as expected
      from (
        select id, exposed as counts, 0 as expected from sales_order where state in ('confirmed', 'partly_delivered')
        union all
        select order_id, 0, remaining from expected_receivable) side
      group by id having sum(counts) <> sum(expected))
    select 'sales_order' as document, o.id, o.number, off.counts::text as left, off.expected::text as right
    from off join sales_order o using (id) order by o.number`

/** A document that waits without an approval of its own, or went on against the one it had. */
export const stateOffApproval = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with asked as (
      select 'sales_order' as document, id, number, state, approval_id, state = 'submitted' as waits,
        state in ('confirmed', 'partly_delivered', 'delivered', 'closed') as went_on
      from sales_order
      union all
      select 'quotation', id, number, state, approval_id, state = 'submitted', state in ('approved', 'ordered') from quotation
      union all
      select 'sales_return', id, number, state, approval_id, state = 'submitted', state in ('approved', 'received', 'reversed')
      from sales_return)
    select d.document, d.id, d.number, d.state as left, coalesce(a.state, 'no approval') as right
    from asked d left join approval a on a.id = d.approval_id and a.document = d.document and a.document_id = d.id
    where (d.waits and a.id is null) or (d.went_on and d.approval_id is not null and a.state is distinct from 'approved')
    order by d.number`

/** A quotation and an order of which only one knows the other. */
export const quotationOffOrder = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'quotation' as document, q.id, q.number, coalesce(q.order_id::text, '—') as left, coalesce(o.number, o.id::text, '—') as right
    from quotation q left join sales_order o on o.id = q.order_id
    where q.order_id is not null and o.quotation_id is distinct from q.id
    union all
    select 'sales_order', o.id, o.number, o.quotation_id::text, coalesce(q.number, '—')
    from sales_order o left join quotation q on q.id = o.quotation_id
    where o.quotation_id is not null and q.order_id is distinct from o.id`

/** A quotation for which stock is held though it holds none, or is over. */
export const quotationHeldBeyond = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'quotation' as document, q.id, q.number, q.state as left, sum(r.quantity)::text as right
    from quotation q join reservation r on r.source_id = q.id and r.source_document = 'quotation'
    where q.held_until is null or q.state in ('rejected', 'lost', 'expired')
    group by q.id order by q.number`

/** A deed that nobody is written down for: an order that was submitted, goods that have left. */
export const deedNotWritten = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with done as (
      select 'sales_order' as document, id, number, 'submit' as action from sales_order where submitted_at is not null
      union all
      select 'delivery', id, number, 'ship' from delivery where state = 'shipped'
      union all
      select 'sales_return', id, number, 'receive' from sales_return where received_on is not null)
    select d.document, d.id, d.number, d.action as left, 'no audit entry' as right
    from done d left join audit_entry a on a.document = d.document and a.document_id = d.id and a.action = d.action
    where a.id is null
    order by d.number`

/** The documents of this module whose states the audit trail tells. */
export const followedSales: Followed[] = [
  { document: 'sales_order', rows: sql`select id, number, state from sales_order` },
  { document: 'quotation', rows: sql`select id, number, state from quotation` },
  { document: 'delivery', rows: sql`select id, number, state from delivery` },
  { document: 'sales_return', rows: sql`select id, number, state from sales_return` },
]
