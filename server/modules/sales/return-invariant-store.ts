import type { Tx } from '#kernel/db'
import { firstFound } from '#kernel/invariant'
import type { Disagreement } from './invariant-store.ts'

// Where a return does not agree with what had left, with the stock, or with what the customer is credited.

/** A delivered line of which more has come back than left, or something else than its returns say. */
export const returnedOffReturns = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select id, sum(quantity) as quantity, sum(gross) as gross, sum(net) as net, sum(cost) as cost, sum(net_cost) as net_cost
      from (
        select id, returned as quantity, returned_gross as gross, returned_net as net, returned_cost as cost,
          returned_net_cost as net_cost
        from delivery_line where returned <> 0 or returned_gross <> 0 or returned_net <> 0 or returned_cost <> 0 or returned_net_cost <> 0
        union all
        select l.delivery_line_id, -l.received, -l.gross, -l.net, -l.cost, -l.net_cost
        from sales_return r join sales_return_line l on l.return_id = r.id where r.state = 'received') side
      group by id having (sum(quantity), sum(gross), sum(net), sum(cost), sum(net_cost)) <> (0, 0, 0, 0, 0)
      union
      select id, returned, returned_gross, returned_net, returned_cost, returned_net_cost from delivery_line where returned > picked)
    select 'delivery' as document, d.id, d.number, format('%s %s %s', l.picked, l.returned, l.returned_gross) as left,
      format('%s %s', off.quantity, off.gross) as right
    from off join delivery_line l on l.id = off.id join delivery d on d.id = l.delivery_id
    order by d.number`

/** A return of which the stock ledger took in another quantity than it says, or at another cost; one that is reversed left nothing behind. */
export const returnOffStock = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select id, sum(noted) as noted, sum(there) as there, sum(cost) as cost, sum(worth) as worth
      from (
        select r.id, l.item_id, l.received as noted, l.cost, 0 as there, 0 as worth
        from sales_return r join sales_return_line l on l.return_id = r.id where r.state = 'received'
        union all
        select source_id, item_id, 0, 0, quantity, cost from stock_move where source_document = 'sales_return' and kind = 'return') side
      group by id, item_id having sum(noted) <> sum(there) or sum(cost) <> sum(worth))
    select 'sales_return' as document, r.id, r.number, format('%s at %s', off.noted, off.cost) as left,
      format('%s at %s', off.there, off.worth) as right
    from off join sales_return r using (id) order by r.number`

/** A return for which another amount was credited than its goods had been charged at, or none; a reversed one whose credit still stands. */
export const returnOffCredit = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select id, sum(comes_to) as comes_to, sum(credited) as credited
      from (
        select r.id, l.gross as comes_to, 0 as credited
        from sales_return r join sales_return_line l on l.return_id = r.id where r.state = 'received'
        union all
        select source_id, 0, -amount from receivable_entry where kind in ('return', 'return_reversal')) side
      group by id having sum(comes_to) <> sum(credited))
    select 'sales_return' as document, r.id, r.number, off.comes_to::text as left, off.credited::text as right
    from off join sales_return r using (id) order by r.number`
