import { sql, type Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'
import type { Followed } from '#server/engines/audit'

type Found = Promise<Broken | null>

/** A move of a tracked item that does not name its lot or serial number, or names one of another item. */
export const moveUntracked = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select m.source_document as document, m.source_id as id, m.source_number as number,
      format('%s (%s): %s', i.code, i.tracking, coalesce(lot.code, serial.code, '—')) as detail
    from stock_move m join item i on i.id = m.item_id
    left join lot on lot.id = m.lot_id left join serial on serial.id = m.serial_id
    where m.kind <> 'revaluation' and (
      (i.tracking = 'lot' and m.lot_id is null) or (i.tracking = 'serial' and m.serial_id is null)
      or lot.item_id <> m.item_id or serial.item_id <> m.item_id)
    order by m.id`

/** A serial number that is on the way without a transfer, or is listed on one and is not on the way. */
export const serialOffTransfer = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with way as (
      select t.id, t.number, unnest(l.serial_ids) as serial_id
      from stock_transfer t join stock_transfer_line l on l.stock_transfer_id = t.id where t.state = 'sent')
    select case when w.id is null then 'item' else 'stock_transfer' end as document, coalesce(w.id, s.item_id) as id,
      coalesce(w.number, i.code) as number, format('%s: %s', s.code, s.state) as detail
    from (select * from serial where state = 'in_transit' or id in (select serial_id from way)) s
    join item i on i.id = s.item_id left join way w on w.serial_id = s.id
    where s.state <> 'in_transit' or w.id is null
    order by number`

/** Stock that is still held long after its time: a day before the last thing that happened here. */
export const heldTooLong = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select r.source_document as document, r.source_id as id, coalesce(nullif(r.source_number, ''), r.source_id::text) as number,
      format('%s: %s', i.code, r.expires_at) as detail
    from reservation r join item i on i.id = r.item_id
    where r.expires_at < (select max(at) from event) - interval '1 day'
    order by r.expires_at, r.id`

/** The documents of this module whose states the audit trail tells. */
export const followedStock: Followed[] = [
  { document: 'goods_receipt', rows: sql`select id, number, state from goods_receipt` },
  { document: 'stock_transfer', rows: sql`select id, number, state from stock_transfer` },
  { document: 'stock_adjustment', rows: sql`select id, number, state from stock_adjustment` },
]
