import type { Day } from '#kernel/days'
import { type Sql, sql } from '#kernel/db'
import type { Checkpoints } from './checkpoints.ts'
import { dayOf, isLate } from './known-store.ts'

/** In a checkpoint, money that was paid in advance belongs to no receivable. */
export const noReceivable = '00000000-0000-0000-0000-000000000000'

/** The receivables ledger, as it is summed up. */
export const receivableCheckpoints: Checkpoints = {
  last: async (tx) => day(await tx.$queryRaw<Found[]>`select max(day)::text as day from receivable_checkpoint`),
  first: async (tx) => day(await tx.$queryRaw<Found[]>`select min(effective_on)::text as day from receivable_entry`),
  full: async (tx, after, until, lines) =>
    day(
      await tx.$queryRaw<Found[]>`
        select min(day)::text as day from (
          select effective_on as day, sum(count(*)) over (order by effective_on) as lines from receivable_entry
          where effective_on > ${after ?? '-infinity'}::date and effective_on <= ${until}::date group by effective_on) since
        where lines >= ${lines}`,
    ),
  take: async (tx, day, after, at) => {
    await tx.$executeRaw`insert into receivable_checkpoint (day, taken_at) values (${day}::date, ${at})`
    await tx.$executeRaw`
      insert into receivable_checkpoint_line (day, customer_id, receivable_id, due_on, amount)
      select ${day}::date, part.customer_id, receivable_id, receivable.due_on, part.amount
      from (
        select customer_id, receivable_id, sum(amount) as amount from (
          select customer_id, receivable_id, amount from receivable_checkpoint_line where day = ${after}::date
          union all
          select customer_id, coalesce(receivable_id, ${noReceivable}::uuid), amount from receivable_entry
          where effective_on > ${after ?? '-infinity'}::date and effective_on <= ${day}::date) line
        group by customer_id, receivable_id having sum(amount) <> 0) part
      left join receivable on receivable.id = receivable_id`
  },
}

type Found = { day: Day | null }
const day = ([row]: Found[]): Day | null => row?.day ?? null

/**
 * `with` clauses that end in `line`: all that took effect until the end of a day, from the last checkpoint on. `is_known` says whether it was
 * recorded before a moment. What a checkpoint holds counts as known; lines of it that were not are taken off again. Only what it holds brings
 * its due day along.
 */
export const linesUntil = (until: Day, unknownFrom: Sql, chosen: Sql): Sql => sql`
  base as (
    select coalesce(max(day), '-infinity'::date) as day from receivable_checkpoint
    where day <= ${until}::date and day < ${dayOf(unknownFrom)}),
  line as (
    select customer_id, nullif(receivable_id, ${noReceivable}::uuid) as receivable_id, due_on, amount, true as is_known
    from receivable_checkpoint_line where day = (select day from base) ${chosen}
    union all
    select customer_id, receivable_id, null, amount, recorded_at < ${unknownFrom} from receivable_entry
    where effective_on > (select day from base) and effective_on <= ${until}::date ${chosen}
    union all
    select customer_id, receivable_id, null, sign * amount, sign < 0 from receivable_entry, (values (-1), (1)) as side(sign)
    where ${isLate} and recorded_at >= ${unknownFrom} and effective_on <= (select day from base) ${chosen})`
