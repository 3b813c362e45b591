import type { Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'
import { noLot } from './checkpoint-store.ts'

// Each answers the first place where it fails; `detail` reads «what stands there ≠ what the ledger says».
type Found = Promise<Broken | null>

/** A warehouse whose balance of an item is not the sum of its moves. */
export const balanceOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with ledger as (select item_id, warehouse_id, sum(quantity) as quantity from stock_move group by 1, 2)
    select 'item' as document, i.id, i.code as number,
      format('%s: %s ≠ Σ %s', w.name, trim_scale(coalesce(b.on_hand, 0)), trim_scale(coalesce(l.quantity, 0))) as detail
    from stock_balance b full join ledger l using (item_id, warehouse_id)
    join item i on i.id = item_id join warehouse w on w.id = warehouse_id
    where coalesce(b.on_hand, 0) <> coalesce(l.quantity, 0)
    order by i.code, w.code`

/** A lot whose balance in a warehouse is not the sum of its moves. */
export const lotOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with ledger as (
      select lot_id, warehouse_id, sum(quantity) as quantity from stock_move where lot_id is not null group by 1, 2)
    select 'item' as document, i.id, i.code as number,
      format('%s %s: %s ≠ Σ %s', lot.code, w.name, trim_scale(coalesce(b.on_hand, 0)), trim_scale(coalesce(l.quantity, 0))) as detail
    from lot_balance b full join ledger l using (lot_id, warehouse_id)
    join lot on lot.id = lot_id join item i on i.id = lot.item_id join warehouse w on w.id = warehouse_id
    where coalesce(b.on_hand, 0) <> coalesce(l.quantity, 0)
    order by i.code, lot.code`

/** A serial number that is not where its moves have brought it. */
export const serialOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with ledger as (
      select serial_id, warehouse_id, sum(quantity) as quantity from stock_move where serial_id is not null group by 1, 2 having sum(quantity) <> 0),
    -- By itself: a planner who hopes for the first row soon would go through all moves for each serial.
    astray as materialized (
      select s.item_id, s.code, s.state, s.warehouse_id as is_in, l.warehouse_id as was_moved_to
      from serial s full join ledger l on l.serial_id = s.id
      where s.warehouse_id is distinct from l.warehouse_id or l.quantity <> 1)
    select 'item' as document, i.id, i.code as number,
      format('%s: %s ≠ %s', a.code, coalesce(here.name, a.state), coalesce(w.name, '—')) as detail
    from astray a join item i on i.id = a.item_id
    left join warehouse here on here.id = a.is_in left join warehouse w on w.id = a.was_moved_to
    order by i.code, a.code`

/**
 * An item for which a checkpoint is not the sum of what took effect until its day: each checkpoint must be the one before it and the moves between
 * them.
 */
export const checkpointOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with checkpoint as (select day, lag(day) over (order by day) as before from stock_checkpoint),
    until as (
      select effective_on, (select min(day) from stock_checkpoint where day >= effective_on) as day
      from (select distinct effective_on from stock_move) busy),
    step as (
      select day, item_id, warehouse_id, lot_id, quantity as stands, value as worth, 0 as quantity, 0 as value from stock_checkpoint_line
      union all
      select c.day, item_id, warehouse_id, lot_id, 0, 0, quantity, value from checkpoint c join stock_checkpoint_line l on l.day = c.before
      union all
      select until.day, item_id, warehouse_id, coalesce(lot_id, ${noLot}::uuid), 0, 0, quantity, cost
      from stock_move join until using (effective_on) where until.day is not null),
    off as (
      select day, item_id, warehouse_id, lot_id, sum(stands) as stands, sum(worth) as worth, sum(quantity) as quantity, sum(value) as value
      from step group by 1, 2, 3, 4 having sum(stands) <> sum(quantity) or sum(worth) <> sum(value))
    select 'item' as document, i.id, i.code as number,
      format('%s %s: %s / ¥%s ≠ Σ %s / ¥%s', off.day, w.name, trim_scale(stands), worth, trim_scale(quantity), value) as detail
    from off join item i on i.id = item_id join warehouse w on w.id = warehouse_id
    order by off.day, i.id`

/** A warehouse where something else is reserved of an item than is held for documents. */
export const reservedOffHolds = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with held as (
      select item_id, warehouse_id, sum(quantity) as quantity, min(source_id::text)::uuid as source_id from reservation group by 1, 2)
    select coalesce(r.source_document, 'item') as document, coalesce(r.source_id, i.id) as id,
      coalesce(nullif(r.source_number, ''), i.code) as number,
      format('%s %s: %s ≠ Σ %s', i.code, w.name, trim_scale(coalesce(b.reserved, 0)), trim_scale(coalesce(h.quantity, 0))) as detail
    from stock_balance b full join held h using (item_id, warehouse_id)
    join item i on i.id = item_id join warehouse w on w.id = warehouse_id
    left join lateral (
      select source_document, source_id, source_number from reservation
      where reservation.item_id = i.id and reservation.warehouse_id = w.id order by created_at, id limit 1) r on true
    where coalesce(b.reserved, 0) <> coalesce(h.quantity, 0)
    order by i.code, w.code`

/** A warehouse where more is held of an item than is there, or less than nothing. */
export const reservedBeyondStock = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'item' as document, i.id, i.code as number,
      format('%s: 0 ≤ %s ≤ %s', w.name, trim_scale(b.reserved), trim_scale(b.on_hand)) as detail
    from stock_balance b join item i on i.id = b.item_id join warehouse w on w.id = b.warehouse_id
    where b.reserved < 0 or (b.reserved > b.on_hand and not b.allow_negative)
    order by i.code, w.code`

/** The document after which, at the end of its day, an item, a lot or a serial number would have been there less than not at all. */
export const historyBelowZero = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with side as (
      select m.item_id, m.warehouse_id, null::uuid as thing_id, m.effective_on, m.quantity
      from stock_move m join stock_balance b using (item_id, warehouse_id) where not b.allow_negative
      union all
      select item_id, warehouse_id, coalesce(lot_id, serial_id), effective_on, quantity
      from stock_move where coalesce(lot_id, serial_id) is not null),
    stood as (
      select item_id, warehouse_id, thing_id, effective_on,
        sum(sum(quantity)) over (partition by item_id, warehouse_id, thing_id order by effective_on) as on_hand
      from side group by 1, 2, 3, 4),
    below as (select * from stood where on_hand < 0 order by effective_on, item_id limit 1)
    select m.source_document as document, m.source_id as id, m.source_number as number,
      format('%s %s %s: %s', i.code, w.name, d.effective_on, trim_scale(d.on_hand)) as detail
    from below d join item i on i.id = d.item_id join warehouse w on w.id = d.warehouse_id
    join stock_move m on m.item_id = d.item_id and m.warehouse_id = d.warehouse_id and m.effective_on = d.effective_on and m.quantity < 0
      and (d.thing_id is null or d.thing_id in (m.lot_id, m.serial_id))
    order by m.id desc`

/** A warehouse where the lots, or the serial numbers, of an item do not make up what is there of it. */
export const partsOffBalance = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with part as (
      select item_id, warehouse_id, sum(on_hand) as quantity from lot_balance group by 1, 2
      union all
      select item_id, warehouse_id, count(*) from serial where state = 'in_stock' group by 1, 2)
    select 'item' as document, i.id, i.code as number,
      format('%s: %s ≠ Σ %s', w.name, trim_scale(coalesce(b.on_hand, 0)), trim_scale(coalesce(p.quantity, 0))) as detail
    from stock_balance b full join part p using (item_id, warehouse_id)
    join item i on i.id = item_id join warehouse w on w.id = warehouse_id
    where i.tracking <> 'none' and coalesce(b.on_hand, 0) <> coalesce(p.quantity, 0)
    order by i.code, w.code`

/** An item whose worth is not what its moves, and what is on the way between warehouses, add up to. */
export const worthOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with ledger as (
      select item_id, sum(quantity) as quantity, sum(value) as value from (
        select item_id, quantity, cost as value from stock_move
        union all
        select l.item_id, l.quantity, l.cost from stock_transfer_line l join stock_transfer t on t.id = l.stock_transfer_id
        where t.state = 'sent') part
      group by item_id)
    select 'item' as document, i.id, i.code as number,
      format('%s / ¥%s ≠ Σ %s / ¥%s', trim_scale(coalesce(c.quantity, 0)), coalesce(c.value, 0),
        trim_scale(coalesce(l.quantity, 0)), coalesce(l.value, 0)) as detail
    from item_cost c full join ledger l using (item_id) join item i on i.id = item_id
    where (coalesce(c.quantity, 0), coalesce(c.value, 0)) is distinct from (coalesce(l.quantity, 0), coalesce(l.value, 0))
    order by i.code`

/** A document of ours that moved something else than its lines say, or moves of one that moved nothing. */
export const documentOffLedger = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with due as (
      select 'goods_receipt' as document, r.id, r.number, l.item_id, l.quantity
      from goods_receipt r join goods_receipt_line l on l.goods_receipt_id = r.id where r.state = 'received'
      union all
      select 'stock_transfer', t.id, t.number, l.item_id, l.quantity * way.sign
      from stock_transfer t join stock_transfer_line l on l.stock_transfer_id = t.id
      join (values ('sent', -1), ('received', -1), ('received', 1)) as way(state, sign) on way.state = t.state
      union all
      select 'stock_adjustment', a.id, a.number, l.item_id, l.quantity
      from stock_adjustment a join stock_adjustment_line l on l.stock_adjustment_id = a.id where a.state = 'posted'),
    wanted as (
      select document, id, min(number) as number, item_id, sum(greatest(quantity, 0)) as came, sum(least(quantity, 0)) as went
      from due group by document, id, item_id),
    moved as (
      select source_document as document, source_id as id, min(source_number) as number, item_id,
        sum(greatest(quantity, 0)) as came, sum(least(quantity, 0)) as went
      from stock_move where source_document in ('goods_receipt', 'stock_transfer', 'stock_adjustment')
      group by source_document, source_id, item_id),
    off as (
      select document, id, item_id, coalesce(d.number, m.number) as number,
        coalesce(d.came, 0) as due_in, coalesce(d.went, 0) as due_out, coalesce(m.came, 0) as moved_in, coalesce(m.went, 0) as moved_out
      from wanted d full join moved m using (document, id, item_id)
      where (coalesce(d.came, 0), coalesce(d.went, 0)) is distinct from (coalesce(m.came, 0), coalesce(m.went, 0)))
    select off.document, off.id, off.number,
      format('%s: +%s %s ≠ Σ +%s %s', i.code, trim_scale(due_in), trim_scale(due_out), trim_scale(moved_in), trim_scale(moved_out)) as detail
    from off join item i on i.id = off.item_id order by off.number, i.code`

/** A document whose number is none of ours, or one that the sequence has still to give. */
export const numberOutOfSequence = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with numbered as (
      select 'goods_receipt' as document, 'GR' as prefix, id, number from goods_receipt
      union all select 'stock_transfer', 'TR', id, number from stock_transfer
      union all select 'landed_cost', 'LC', id, number from landed_cost
      union all select 'stock_adjustment', 'SA', id, number from stock_adjustment),
    read as (select *, regexp_match(number, format('^%s([0-9]{6})-([0-9]{5,9})$', prefix)) as parts from numbered)
    select r.document, r.id, r.number, format('%s ≤ %s', r.number, coalesce(s.last::text, '—')) as detail
    from read r left join number_sequence s on s.prefix = r.prefix and s.month = r.parts[1]
    where r.parts is null or s.last is null or r.parts[2]::int > s.last
    order by r.number`
