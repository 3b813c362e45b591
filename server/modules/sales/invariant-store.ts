import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'

/** A document of this module where something does not add up. */
export type Disagreement = { document: string; id: string; number: string | null; left: string; right: string }

/** A document whose lines do not add up to its totals. */
export const totalOffLines = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'sales_order' as document, o.id, o.number, o.gross_total::text as left, sum(l.gross)::text as right
    from sales_order o join sales_order_line l on l.order_id = o.id group by o.id
    having o.gross_total <> sum(l.gross) or o.net_total <> sum(l.net) or o.tax_total <> sum(l.tax) or o.cost_total <> sum(l.cost)
      or o.delivered_gross <> sum(l.delivered_gross)
    union all
    select 'quotation', q.id, q.number, q.gross_total::text, sum(l.gross)::text
    from quotation q join quotation_line l on l.quotation_id = q.id group by q.id
    having q.gross_total <> sum(l.gross) or q.net_total <> sum(l.net) or q.tax_total <> sum(l.tax) or q.cost_total <> sum(l.cost)
    union all
    select 'delivery', d.id, d.number, d.gross_total::text, sum(l.gross)::text
    from delivery d join delivery_line l on l.delivery_id = d.id group by d.id
    having d.gross_total <> sum(l.gross) or d.cost_total <> sum(l.cost)
    union all
    select 'sales_return', r.id, r.number, r.gross_total::text, sum(l.gross)::text
    from sales_return r join sales_return_line l on l.return_id = r.id group by r.id
    having r.gross_total <> sum(l.gross) or r.net_total <> sum(l.net) or r.cost_total <> sum(l.cost)
    order by 3`

/** An order of which more has left than was ordered, or another amount than its delivery notes say. */
export const deliveredOffNotes = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'sales_order' as document, o.id, o.number, l.delivered::text as left, coalesce(sum(n.picked), 0)::text as right
    from sales_order o join sales_order_line l on l.order_id = o.id
    left join (delivery_line n join delivery d on d.id = n.delivery_id and d.state = 'shipped') on n.order_line_id = l.id
    group by o.id, l.id
    having l.delivered > l.quantity or l.delivered <> coalesce(sum(n.picked), 0) or l.delivered_gross <> coalesce(sum(n.gross), 0)
    order by o.number`

/** A state that does not tell how much has left. */
export const stateOffDelivered = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'sales_order' as document, o.id, o.number, o.state as left, sum(l.delivered)::text as right
    from sales_order o join sales_order_line l on l.order_id = o.id group by o.id
    having case o.state
      when 'partly_delivered' then sum(l.delivered) = 0 or bool_and(l.delivered = l.quantity)
      when 'delivered' then not bool_and(l.delivered = l.quantity)
      when 'closed' then sum(l.delivered) = 0
      else sum(l.delivered) > 0 end
    order by o.number`

/** An order line that believes to hold something else than the stock holds for it; only orders under way hold anything. */
export const heldOffStock = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'sales_order' as document, o.id, o.number, l.reserved::text as left, coalesce(sum(r.quantity), 0)::text as right
    from sales_order o join sales_order_line l on l.order_id = o.id
    left join reservation r on r.source_line_id = l.id and r.warehouse_id = l.warehouse_id
    group by o.id, l.id
    having l.reserved <> coalesce(sum(r.quantity), 0)
      or (l.reserved > 0 and o.state not in ('submitted', 'confirmed', 'partly_delivered'))
    order by o.number`

/** More planned on open delivery notes than is held for the line. */
export const plannedBeyondHeld = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'sales_order' as document, o.id, o.number, sum(n.planned)::text as left, l.reserved::text as right
    from sales_order o join sales_order_line l on l.order_id = o.id
    join delivery_line n on n.order_line_id = l.id join delivery d on d.id = n.delivery_id and d.state in ('planned', 'picking')
    group by o.id, l.id having sum(n.planned) > l.reserved
    order by o.number`

/** A customer whose orders count otherwise than his exposure says. */
export async function orderedOffExposure(
  tx: Tx,
): Promise<{ customerId: string; left: Decimal; right: Decimal } | null> {
  const row = await firstFound<{ customerId: string; left: string; right: string }>(tx)`
    select customer_id as "customerId", coalesce(o.exposed, 0)::text as left, coalesce(e.ordered, 0)::text as right
    from (select customer_id, sum(exposed) as exposed from sales_order group by 1) o
    full join (select customer_id, ordered from customer_exposure) e using (customer_id)
    where coalesce(o.exposed, 0) <> coalesce(e.ordered, 0) order by customer_id`
  return row && { customerId: row.customerId, left: new Decimal(row.left), right: new Decimal(row.right) }
}

/** An order under way of which another amount counts than what has not left; where the company posts at confirmation, none does. */
export const exposedOffRest = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'sales_order' as document, id, number, exposed::text as left, (gross_total - delivered_gross)::text as right
    from sales_order
    where state in ('submitted', 'confirmed', 'partly_delivered') and exposed not in (gross_total - delivered_gross, 0)
    order by number`

/** A delivery note whose cost is not what the stock ledger says. */
export const costOffLedger = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'delivery' as document, d.id, d.number, d.cost_total::text as left, (-coalesce(sum(m.cost), 0))::text as right
    from delivery d left join stock_move m on m.source_id = d.id and m.source_document = 'delivery'
    where d.state = 'shipped' group by d.id having d.cost_total <> -coalesce(sum(m.cost), 0)
    order by d.number`

/** What left of an order line, and what it cost, without tax: other figures than follow from the line and the ledger. */
export const marginOffFigures = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select l.order_id, sum(n.net) as net, sum(n.net_cost) as cost, round(l.net * l.delivered / l.quantity, 2) as due_net,
        sum(round(n.cost * 100 / (100 + l.tax_rate), 2)) as due_cost
      from delivery d join delivery_line n on n.delivery_id = d.id join sales_order_line l on l.id = n.order_line_id
      where d.state = 'shipped'
      group by l.id
      having sum(n.net) <> round(l.net * l.delivered / l.quantity, 2)
        or sum(n.net_cost) <> sum(round(n.cost * 100 / (100 + l.tax_rate), 2)))
    select 'sales_order' as document, o.id, o.number, format('%s / %s', off.net, off.cost) as left,
      format('%s / %s', due_net, due_cost) as right
    from off join sales_order o on o.id = off.order_id
    order by o.number`

/** An order whose kept cost is not its quantities at the unit costs that were kept with them. */
export const costOffUnits = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'sales_order' as document, o.id, o.number, l.cost::text as left,
      round(l.unit_cost * l.quantity * 100 / (100 + l.tax_rate), 2)::text as right
    from sales_order_line l join sales_order o on o.id = l.order_id
    where l.cost <> round(l.unit_cost * l.quantity * 100 / (100 + l.tax_rate), 2)
    order by o.number`

export const brokenAt = (found: Disagreement | null): Broken | null =>
  found
    ? {
        document: found.document,
        id: found.id,
        number: found.number ?? found.id,
        detail: `${found.left} ≠ ${found.right}`,
      }
    : null
