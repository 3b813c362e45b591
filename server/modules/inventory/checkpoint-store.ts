import type { Day } from '#kernel/days'
import { type Sql, sql } from '#kernel/db'
import { type Checkpoints, dayOf, isLate } from '#server/modules/finance'

/** In a checkpoint, goods that are not kept by lot are of this one. */
export const noLot = '00000000-0000-0000-0000-000000000000'

/** The stock ledger, as it is summed up. */
export const stockCheckpoints: Checkpoints = {
  last: async (tx) => day(await tx.$queryRaw<Found[]>`select max(day)::text as day from stock_checkpoint`),
  first: async (tx) => day(await tx.$queryRaw<Found[]>`select min(effective_on)::text as day from stock_move`),
  full: async (tx, after, until, lines) =>
    day(
      await tx.$queryRaw<Found[]>`
        select min(day)::text as day from (
          select effective_on as day, sum(count(*)) over (order by effective_on) as lines from stock_move
          where effective_on > ${after ?? '-infinity'}::date and effective_on <= ${until}::date group by effective_on) since
        where lines >= ${lines}`,
    ),
  take: async (tx, day, after, at) => {
    await tx.$executeRaw`insert into stock_checkpoint (day, taken_at) values (${day}::date, ${at})`
    await tx.$executeRaw`
      insert into stock_checkpoint_line (day, item_id, warehouse_id, lot_id, quantity, value)
      select ${day}::date, item_id, warehouse_id, lot_id, sum(quantity), sum(value) from (
        select item_id, warehouse_id, lot_id, quantity, value from stock_checkpoint_line where day = ${after}::date
        union all
        select item_id, warehouse_id, coalesce(lot_id, ${noLot}::uuid), quantity, cost from stock_move
        where effective_on > ${after ?? '-infinity'}::date and effective_on <= ${day}::date) line
      group by item_id, warehouse_id, lot_id having sum(quantity) <> 0 or sum(value) <> 0`
  },
}

type Found = { day: Day | null }
const day = ([row]: Found[]): Day | null => row?.day ?? null

/**
 * `with` clauses that end in `line`: all that took effect until the end of a day, from the last checkpoint on. `is_known` says whether it was
 * recorded before a moment. What a checkpoint holds counts as known; lines of it that were not are taken off again.
 */
export const linesUntil = (until: Day, unknownFrom: Sql, chosen: Sql): Sql => sql`
  base as (
    select coalesce(max(day), '-infinity'::date) as day from stock_checkpoint
    where day <= ${until}::date and day < ${dayOf(unknownFrom)}),
  line as (
    select item_id, warehouse_id, nullif(lot_id, ${noLot}::uuid) as lot_id, quantity, value, true as is_known
    from stock_checkpoint_line where day = (select day from base) ${chosen}
    union all
    select item_id, warehouse_id, lot_id, quantity, cost, recorded_at < ${unknownFrom} from stock_move
    where effective_on > (select day from base) and effective_on <= ${until}::date ${chosen}
    union all
    select item_id, warehouse_id, lot_id, sign * quantity, sign * cost, sign < 0 from stock_move, (values (-1), (1)) as side(sign)
    where ${isLate} and recorded_at >= ${unknownFrom} and effective_on <= (select day from base) ${chosen})`
