import { Decimal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import type { Effective } from '#server/modules/finance'
import { noLot } from './checkpoint-store.ts'
import type { MovedLater } from './contract.ts'
import type { CostedMove, MoveKind } from './posting.model.ts'

export type Source = { document: string; id: string; number: string }

/** Appends lines to the ledger. What takes effect before a checkpoint is added to it: whoever posts holds the period, so none is taken meanwhile. */
export async function insertMoves(
  tx: Tx,
  caller: Caller,
  source: Source,
  { on, documentOn }: Effective,
  moves: readonly CostedMove[],
): Promise<void> {
  const rows = JSON.stringify(moves)
  await tx.$executeRaw`
    with line as (
      insert into stock_move (id, item_id, warehouse_id, lot_id, serial_id, quantity, cost, kind,
        source_document, source_id, source_number, effective_on, document_on, recorded_at, by)
      select id, "itemId", "warehouseId", "lotId", "serialId", quantity, cost, kind, ${source.document}, ${source.id}::uuid,
        ${source.number}, ${on}::date, ${documentOn}::date, ${caller.at}, ${caller.personId}::uuid
      from jsonb_to_recordset(${rows}::jsonb) as m(id uuid, "itemId" uuid, "warehouseId" uuid, "lotId" uuid,
        "serialId" uuid, quantity numeric, cost numeric, kind text)
      returning item_id, warehouse_id, lot_id, quantity, cost)
    insert into stock_checkpoint_line as kept (day, item_id, warehouse_id, lot_id, quantity, value)
    select c.day, item_id, warehouse_id, coalesce(lot_id, ${noLot}::uuid), sum(quantity), sum(cost)
    from line join stock_checkpoint c on c.day >= ${on}::date group by 1, 2, 3, 4
    on conflict (day, item_id, warehouse_id, lot_id) do update
      set quantity = kept.quantity + excluded.quantity, value = kept.value + excluded.value`
}

/** When a document's goods moved, as far as that was later than its own day. */
export const movedLater = (tx: Tx, sourceId: string): Promise<MovedLater[]> =>
  tx.$queryRaw<MovedLater[]>`
    select distinct kind, effective_on::text as "on", document_on::text as "documentOn" from stock_move
    where source_id = ${sourceId}::uuid and document_on is not null order by 2`

type Standing = {
  id: string
  itemId: string
  warehouseId: string
  lotId: string | null
  serialId: string | null
  quantity: Decimal
  cost: Decimal
}

/** What a document brought in by moves of one kind. */
export async function standingMoves(tx: Tx, sourceId: string, kind: MoveKind): Promise<Standing[]> {
  const rows = await tx.$queryRaw<(Omit<Standing, 'quantity' | 'cost'> & { quantity: string; cost: string })[]>`
    select id, item_id as "itemId", warehouse_id as "warehouseId", lot_id as "lotId", serial_id as "serialId",
      quantity::text, cost::text
    from stock_move where source_id = ${sourceId}::uuid and kind = ${kind} and quantity > 0 order by id`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity), cost: new Decimal(row.cost) }))
}

export type ShortDay = {
  itemId: string
  warehouseId: string
  lotCode: string | null
  serialCode: string | null
  day: Day
  quantity: string
}
type Touched = {
  itemId: string
  warehouseId: string
  lotId: string | null
  serialId: string | null
  isChecked: boolean
}

/**
 * The first day from `on` up to now at whose end a touched item, lot or serial number would not have been there.
 * Reckons back from what is there now, so it reads only the moves that take effect later than `on`.
 */
export async function firstShortDay(tx: Tx, on: Day, touched: readonly Touched[]): Promise<ShortDay | null> {
  const rows = await tx.$queryRaw<ShortDay[]>`
    with touched as (
      select distinct "itemId" as item_id, "warehouseId" as warehouse_id, "lotId" as lot_id, "serialId" as serial_id, "isChecked" as is_checked
      from jsonb_to_recordset(${JSON.stringify(touched)}::jsonb)
        as t("itemId" uuid, "warehouseId" uuid, "lotId" uuid, "serialId" uuid, "isChecked" boolean)),
    later as (
      select m.item_id, m.warehouse_id, m.lot_id, m.serial_id, m.effective_on, m.quantity from stock_move m
      where (m.item_id, m.warehouse_id) in (select item_id, warehouse_id from touched) and m.effective_on > ${on}::date),
    now as (
      select t.item_id, t.warehouse_id, null::uuid as lot_id, null::uuid as serial_id, b.on_hand
        from (select distinct item_id, warehouse_id from touched where is_checked) t join stock_balance b using (item_id, warehouse_id)
      union all
      select t.item_id, t.warehouse_id, t.lot_id, null, b.on_hand
        from (select distinct item_id, warehouse_id, lot_id from touched where lot_id is not null) t join lot_balance b using (lot_id, warehouse_id)
      union all
      select t.item_id, t.warehouse_id, null, t.serial_id, (s.warehouse_id is not distinct from t.warehouse_id)::int
        from touched t join serial s on s.id = t.serial_id),
    stood as (
      select n.item_id, n.warehouse_id, n.lot_id, n.serial_id, n.on_hand - sum(sum(l.quantity)) over (thing order by l.effective_on desc) as on_hand,
        coalesce(lag(l.effective_on) over (thing order by l.effective_on), ${on}::date) as from_day
      from now n join later l on l.item_id = n.item_id and l.warehouse_id = n.warehouse_id
        and (n.lot_id is null or l.lot_id = n.lot_id) and (n.serial_id is null or l.serial_id = n.serial_id)
      group by n.item_id, n.warehouse_id, n.lot_id, n.serial_id, n.on_hand, l.effective_on
      window thing as (partition by n.item_id, n.warehouse_id, n.lot_id, n.serial_id))
    select s.item_id as "itemId", s.warehouse_id as "warehouseId", lot.code as "lotCode", serial.code as "serialCode",
      s.from_day::text as day, s.on_hand::text as quantity
    from stood s left join lot on lot.id = s.lot_id left join serial on serial.id = s.serial_id
    where s.on_hand < 0
    order by s.from_day, s.item_id, s.lot_id nulls first limit 1`
  return rows[0] ?? null
}
