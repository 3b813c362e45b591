import type { Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'

type Found = Promise<Broken | null>

/** An item that cannot be counted in its own base unit. */
export const itemWithoutBaseUnit = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'item' as document, i.id, i.code as number, i.base_unit as detail
    from item i left join item_unit u on u.item_id = i.id and u.unit = i.base_unit
    where u.item_id is null or u.numerator <> u.denominator
    order by i.code`

/** A price that is not the last one in its history. What never changed has no history. */
export const priceOffHistory = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with last as (
      select distinct on (item_id, price_list_id, min_quantity) item_id, price_list_id, min_quantity, price_after
      from price_change order by item_id, price_list_id, min_quantity, at desc, id desc)
    select 'item' as document, i.id, i.code as number,
      format('%s ≠ %s', coalesce(trim_scale(r.price)::text, case when l.price_list_id is null then trim_scale(i.list_price)::text end, '—'),
        coalesce(trim_scale(l.price_after)::text, '—')) as detail
    from last l join item i on i.id = l.item_id
    left join price_rule r on r.price_list_id = l.price_list_id and r.item_id = l.item_id and r.min_quantity = l.min_quantity
    where case when l.price_list_id is null then i.list_price else r.price end is distinct from l.price_after
    order by i.code`
