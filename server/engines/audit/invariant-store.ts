import type { Sql, Tx } from '#kernel/db'
import { type Broken, firstFound } from '#kernel/invariant'

/** A kind of document whose states the trail tells: `rows` selects `id`, `number` and `state` of each. */
export type Followed = { document: string; rows: Sql }

/**
 * A document whose trail of states does not lead to the one in which it stands. Each entry goes from one state to another; whatever their
 * order, a state that was left as often as it was entered is behind it, and only the present one has been entered once more. A document that was
 * imported has no beginning in its trail; what was done with it since must still lead to where it is.
 */
export const trailOffState = (tx: Tx, { document, rows }: Followed): Promise<Broken | null> =>
  firstFound<Broken>(tx)`
    with step as materialized (
      select document_id, change ->> 'before' as before, change ->> 'after' as after
      from (
        select document_id, jsonb_path_query_first(changes, '$[*] ? (@.field == "state")') as change
        from audit_entry where document = ${document}) entry
      where change is not null),
    stay as (
      select document_id, state, sum(way)::int as stays
      from (
        select document_id, after as state, 1 as way from step
        union all
        select document_id, before, -1 from step where before is not null) visit
      group by document_id, state),
    trail as (
      select document_id, min(state) filter (where stays > 0) as ends_in, sum(stays) as begun,
        coalesce(sum(stays) filter (where stays > 0), 0) as ends
      from stay group by document_id)
    select ${document} as document, d.id, coalesce(d.number, d.id::text) as number,
      format('%s ≠ %s', d.state, coalesce(t.ends_in, '—')) as detail
    from trail t join (${rows}) d on d.id = t.document_id
    where t.ends > 1 or t.begun > 1 or (t.ends_in is not null and t.ends_in <> d.state) or (t.begun = 1 and t.ends_in is null)
    order by number`
