import { config } from '#kernel/config'
import { joinSql, sql, type Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'

type Found = Promise<Broken | null>

/** A key under which a call was done whose answer nobody kept: asked again, it could not be given. The call that asks has yet to answer. */
export const callWithoutAnswer = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'done_call' as document, user_id as id, key as number, action as detail
    from done_call
    where output is null and xmin is distinct from pg_current_xact_id_if_assigned()::xid
    order by at`

/** A message that went out and could not be found again on its platform. */
export const sentWithoutHandle = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'outbox_message' as document, id, send_key as number, state as detail
    from outbox_message where state in ('sent', 'final') and handle is null order by id`

/** A card that shows something else than it should for good, and that nobody will redraw. */
export const cardThatLies = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'outbox_message' as document, id, title as number, format('%s: %s ≠ %s', platform, shown, wanted) as detail
    from outbox_message
    where kind = 'card' and state in ('sent', 'final') and is_final and wanted <> shown and due_at is null
    order by id`

/** A message that was to go as a line of a digest which is not there. */
export const mergedIntoNothing = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'outbox_message' as document, m.id, m.title as number, coalesce(m.merged_into::text, '—') as detail
    from outbox_message m left join outbox_message d on d.id = m.merged_into
    where m.state = 'merged' and d.id is null order by m.id`

/** A fact that nobody has heard an hour after later ones were: ids are made in the order of time. */
export const factLeftBehind = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with waiting as (select id, name, ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint as ms from event where relayed_at is null),
    heard as (select ('x' || left(replace(max(id::text), '-', ''), 12))::bit(48)::bigint as ms from event where relayed_at is not null)
    select 'event' as document, w.id, w.name as number, format('%s min', (h.ms - w.ms) / 60000) as detail
    from waiting w, heard h where h.ms - w.ms > 3600000 order by w.id`

/** A ledger line that took effect after it was written down: nothing is posted for a day to come. */
export const postedAhead = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with line as (
      select id, source_document, source_id, source_number, effective_on, recorded_at from stock_move
      union all
      select id, source_document, source_id, source_number, effective_on, recorded_at from receivable_entry)
    select source_document as document, source_id as id, source_number as number, format('%s > %s', effective_on, recorded_at) as detail
    from line where effective_on > (recorded_at at time zone ${config.TIME_ZONE})::date
    order by id`

/** What is appended must not be changed or emptied: the triggers that see to it, by table. */
const guards = [
  ['stock_move', 'stock_move_append_only'],
  ['stock_move', 'stock_move_no_truncate'],
  ['receivable_entry', 'receivable_entry_stays'],
  ['receivable_entry', 'receivable_entry_not_emptied'],
  ['audit_entry', 'audit_entry_stays'],
  ['audit_entry', 'audit_entry_not_emptied'],
  ['price_change', 'price_change_is_history'],
  ['definition', 'published_definition_stays'],
  ['approval', 'settled_approval_stays'],
  ['voucher', 'voucher_stays'],
  ['voucher', 'voucher_not_emptied'],
  ['voucher_line', 'voucher_line_stays'],
  ['voucher_line', 'voucher_line_not_emptied'],
  ['voucher_line', 'voucher_balances'],
  ['vouched_line', 'vouched_line_stays'],
  ['vouched_line', 'vouched_line_not_emptied'],
]

/** A table of history whose guard is gone or switched off. */
export const guardGone = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'table' as document, w.guarded::regclass::oid::text as id, w.guarded as number, w.guard as detail
    from (values ${joinSql(guards.map(([guarded, guard]) => sql`(${guarded}::text, ${guard}::text)`))}) w(guarded, guard)
    left join pg_trigger t on t.tgrelid = w.guarded::regclass and t.tgname = w.guard
    where coalesce(t.tgenabled, 'D') not in ('O', 'A')
    order by w.guarded, w.guard`

/** A check, a foreign key or a unique index that PostgreSQL does not enforce on every row. */
export const constraintOff = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    select 'table' as document, off.relation::oid::text as id, off.relation::regclass::text as number, off.name as detail
    from (
      select conrelid as relation, conname::text as name from pg_constraint
      where connamespace = 'public'::regnamespace and conrelid <> 0 and not convalidated
      union all
      select indrelid, indexrelid::regclass::text from pg_index
      where indisunique and not (indisvalid and indisready)
        and (select relnamespace from pg_class where oid = indrelid) = 'public'::regnamespace) off
    order by number, detail`

/** A number that is none of ours, or that its sequence has still to give: it would be given twice. Gaps are blocks that a process took and did not use up. */
export const numberNotGiven = (tx: Tx): Found =>
  firstFound<Broken>(tx)`
    with numbered as (
      select 'sales_order' as document, 'SO' as prefix, id, number from sales_order where number is not null
      union all select 'quotation', 'QT', id, number from quotation where number is not null
      union all select 'delivery', 'DN', id, number from delivery
      union all select 'sales_return', 'RT', id, number from sales_return
      union all select 'receipt', 'RC', id, number from receipt where method <> 'return'
      union all select 'voucher', '记-', id, number from voucher),
    read as (
      select *, number ~ ('^' || prefix || '[0-9]{6}-[0-9]{5,9}$') as is_ours, substr(number, 3, 6) as month
      from numbered)
    select r.document, r.id, r.number, format('%s ≤ %s', r.number, coalesce(s.last::text, '—')) as detail
    from read r left join number_sequence s on s.prefix = r.prefix and s.month = r.month
    where case when r.is_ours and s.last is not null then substr(r.number, 10)::int > s.last else true end
    order by r.number`
