import type { Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'

type Found = Promise<Broken | null>

/** An item whose open layers do not make up its worth, or that has some though its cost is the average. */
export const layersOffWorth = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with layer as (
      select item_id, sum(remaining) as quantity, sum(remaining_value) as value from cost_layer where remaining > 0 group by 1),
    due as (
      select item_id, case method when 'fifo' then greatest(quantity, 0) else 0 end as quantity,
        case when method = 'fifo' and quantity > 0 then value else 0 end as value
      from item_cost)
    select 'item' as document, i.id, i.code as number,
      format('%s / ¥%s ≠ Σ %s / ¥%s', trim_scale(coalesce(d.quantity, 0)), coalesce(d.value, 0),
        trim_scale(coalesce(l.quantity, 0)), coalesce(l.value, 0)) as detail
    from due d full join layer l using (item_id) join item i on i.id = item_id
    where (coalesce(d.quantity, 0), coalesce(d.value, 0)) is distinct from (coalesce(l.quantity, 0), coalesce(l.value, 0))
    order by i.code`

/** A layer of which more or less was taken than is missing from it. */
export const layerOffUses = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with taken as (
      select layer_id, sum(quantity) as quantity, sum(value) as value from cost_layer_use where layer_id is not null group by 1)
    select l.source_document as document, l.source_id as id, coalesce(nullif(l.source_number, ''), i.code) as number,
      format('%s: %s / ¥%s ≠ Σ %s / ¥%s', i.code, trim_scale(l.quantity - l.remaining), l.value - l.remaining_value,
        trim_scale(coalesce(t.quantity, 0)), coalesce(t.value, 0)) as detail
    from cost_layer l left join taken t on t.layer_id = l.id join item i on i.id = l.item_id
    where (l.quantity - l.remaining, l.value - l.remaining_value) is distinct from (coalesce(t.quantity, 0), coalesce(t.value, 0))
    order by l.id`

/** A move that cost something else than was taken from layers for it. */
export const moveOffUses = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with taken as (
      select move_id, sum(quantity) as quantity, sum(value) as value from cost_layer_use where move_id is not null group by 1)
    select m.source_document as document, m.source_id as id, m.source_number as number,
      format('%s: %s / ¥%s ≠ Σ %s / ¥%s', i.code, trim_scale(-m.quantity), -m.cost, trim_scale(t.quantity), t.value) as detail
    from taken t join stock_move m on m.id = t.move_id join item i on i.id = m.item_id
    where m.quantity < 0 and (-m.quantity, -m.cost) is distinct from (t.quantity, t.value)
    order by m.id`

/** A cost whose shares do not add up to it, or that put something else upon the stock than they say. */
export const landedOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with share as (
      select landed_cost_id as id, sum(amount) as amount, sum(in_stock) as in_stock from landed_cost_line group by 1),
    moved as (
      select source_id as id, sum(cost) as cost from stock_move where source_document = 'landed_cost' group by 1)
    select 'landed_cost' as document, c.id, c.number,
      format('¥%s / ¥%s ≠ Σ ¥%s / ¥%s', case c.state when 'posted' then c.amount else 0 end, coalesce(s.in_stock, 0),
        coalesce(s.amount, 0), coalesce(m.cost, 0)) as detail
    from landed_cost c left join share s using (id) left join moved m using (id)
    where (case c.state when 'posted' then c.amount else 0 end, coalesce(s.in_stock, 0))
      is distinct from (coalesce(s.amount, 0), coalesce(m.cost, 0))
    order by c.number`
