import { sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { firstFound } from '#kernel/invariant'
import type { Followed } from '#server/engines/audit'
import { noReceivable } from './checkpoint-store.ts'

/** A document where the books do not agree: what stands there, and what the ledger says. */
export type Disagreement = { document: string; id: string; number: string; stands: string; ledger: string }

/** A customer whose balance row is not the sum of his ledger lines. */
export const customerOffLedger = (tx: Tx): Promise<Omit<Disagreement, 'document' | 'number'> | null> =>
  firstFound<Omit<Disagreement, 'document' | 'number'>>(tx)`
    with ledger as (
      select customer_id, coalesce(sum(amount) filter (where receivable_id is not null), 0) as owed,
        coalesce(-sum(amount) filter (where receivable_id is null), 0) as advance
      from receivable_entry group by customer_id)
    select customer_id as id,
      format('%s - %s', coalesce(exposure.owed, 0), coalesce(exposure.advance, 0)) as stands,
      format('%s - %s', coalesce(ledger.owed, 0), coalesce(ledger.advance, 0)) as ledger
    from customer_exposure exposure full join ledger using (customer_id)
    where (coalesce(exposure.owed, 0), coalesce(exposure.advance, 0))
      is distinct from (coalesce(ledger.owed, 0), coalesce(ledger.advance, 0))
    order by customer_id`

// Both sides are put under one another and added up: one pass, whatever the planner believes of how many rows there are.

/** A receivable of which something else is open than its ledger lines say. */
export const receivableOffLedger = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select id, sum(stands) as stands, sum(ledger) as ledger
      from (
        select id, amount - settled as stands, 0 as ledger from receivable
        union all
        select receivable_id, 0, amount from receivable_entry where receivable_id is not null) side
      group by id having sum(stands) <> sum(ledger))
    select 'receivable' as document, id, source_number as number, stands::text, ledger::text
    from off join receivable using (id) order by source_number, id`

/** A receipt of which something else is left than its ledger lines say. */
export const receiptOffLedger = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with off as (
      select id, sum(stands) as stands, sum(ledger) as ledger
      from (
        select id, unallocated as stands, 0 as ledger from receipt
        union all
        select receipt_id, 0, -amount from receivable_entry where receivable_id is null and receipt_id is not null) side
      group by id having sum(stands) <> sum(ledger))
    select 'receipt' as document, id, number, stands::text, ledger::text
    from off join receipt using (id) order by number`

/** A receipt or a receivable that at the end of some day was used for less than nothing or more than all of it. */
export const usedBeyondAmount = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with daily as (
      select receivable_id, receipt_id, effective_on, sum(amount) as amount
      from (
        select receivable_id, null::uuid as receipt_id, effective_on, amount from receivable_entry
        where receivable_id is not null
        union all
        select null, receipt_id, effective_on, -amount from receivable_entry where receivable_id is null) side
      group by receivable_id, receipt_id, effective_on),
    history as (
      select receivable_id, receipt_id, effective_on,
        sum(amount) over (partition by receivable_id, receipt_id order by effective_on) as rest
      from daily)
    select case when receivable.id is null then 'receipt' else 'receivable' end as document,
      coalesce(receivable.id, receipt.id) as id, coalesce(receivable.source_number, receipt.number) as number,
      coalesce(receivable.amount, receipt.amount)::text as stands,
      format('%s on %s', rest, effective_on) as ledger
    from history
    left join receivable on receivable.id = history.receivable_id
    left join receipt on receipt.id = history.receipt_id
    where rest not between 0 and coalesce(receivable.amount, receipt.amount)
    order by number, effective_on`

/** A ledger line whose document is missing. */
export const entryWithoutSource = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select source_document as document, source_id as id, source_number as number, 'nothing' as stands,
      format('%s of %s', kind, amount) as ledger
    from receivable_entry entry
    where case when kind in ('opening', 'delivery', 'order')
      then not exists (select 1 from receivable where id = entry.receivable_id
        and source_id = entry.source_id and customer_id = entry.customer_id)
      else not exists (select 1 from receipt where id = entry.receipt_id
        and id = entry.source_id and customer_id = entry.customer_id) end
    order by source_number`

/** A receivable or a receipt whose own amount the ledger does not have; a reversed receipt that it still has. */
export const documentWithoutEntry = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select document, id, number, amount::text as stands, coalesce(ledger, 0)::text as ledger
    from (
      select 'receivable' as document, id, source_number as number, amount, (
        select sum(entry.amount) from receivable_entry entry
        where entry.receivable_id = receivable.id and kind in ('opening', 'delivery', 'order')) as ledger
      from receivable
      union all
      select 'receipt', id, number, case state when 'posted' then amount else 0 end, (
        select -sum(entry.amount) from receivable_entry entry
        where entry.receipt_id = receipt.id and kind in ('receipt', 'reversal', 'return', 'return_reversal'))
      from receipt) of_document
    where amount <> coalesce(ledger, 0)
    order by number`

/** A receipt that settles otherwise than it is used: what the debts lost by it is not what the money lost. */
export const allocationOffBalance = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    select 'receipt' as document, receipt.id, receipt.number, of_debts::text as stands, of_money::text as ledger
    from (
      select receipt_id, -coalesce(sum(amount) filter (where receivable_id is not null), 0) as of_debts,
        coalesce(sum(amount) filter (where receivable_id is null), 0) as of_money
      from receivable_entry where kind in ('allocation', 'release') group by receipt_id) allocated
    join receipt on receipt.id = receipt_id
    where of_debts <> of_money
    order by receipt.number`

/** A customer of whose orders more is expected than counts as ordered, or an instalment beyond its amount. */
export const expectedBeyondOrdered = (tx: Tx): Promise<Disagreement | null> =>
  firstFound<Disagreement>(tx)`
    with expected as (
      select customer_id, sum(remaining) as remaining, min(order_number) as number,
        min(order_id::text)::uuid as order_id, bool_and(remaining between 0 and amount) as is_legal
      from expected_receivable group by customer_id)
    select 'sales_order' as document, order_id as id, number, coalesce(ordered, 0)::text as stands, remaining::text as ledger
    from expected left join customer_exposure using (customer_id)
    where remaining > coalesce(ordered, 0) or not is_legal
    order by number`

/**
 * A customer for whom a checkpoint is not the sum of what took effect until its day: each checkpoint must be the one before it and the lines
 * between them.
 */
export const checkpointOffLedger = (tx: Tx): Promise<{ id: string; day: Day; stands: string; ledger: string } | null> =>
  firstFound<{ id: string; day: Day; stands: string; ledger: string }>(tx)`
    with checkpoint as (select day, lag(day) over (order by day) as before from receivable_checkpoint),
    until as (
      select effective_on, (select min(day) from receivable_checkpoint where day >= effective_on) as day
      from (select distinct effective_on from receivable_entry) busy),
    step as (
      select day, customer_id, receivable_id, amount as stands, 0 as ledger from receivable_checkpoint_line
      union all
      select checkpoint.day, customer_id, receivable_id, 0, amount
      from checkpoint join receivable_checkpoint_line line on line.day = checkpoint.before
      union all
      select until.day, customer_id, coalesce(receivable_id, ${noReceivable}::uuid), 0, amount
      from receivable_entry join until using (effective_on) where until.day is not null)
    select customer_id as id, day::text, sum(stands)::text as stands, sum(ledger)::text as ledger
    from step group by day, customer_id, receivable_id having sum(stands) <> sum(ledger) order by day, customer_id`

/** The last day on which anything took effect. */
export async function lastDay(tx: Tx): Promise<Day | null> {
  const [row] = await tx.$queryRaw<{ day: Day | null }[]>`select max(effective_on)::text as day from receivable_entry`
  return row?.day ?? null
}

/** The documents of this module whose states the audit trail tells. */
export const followedMoney: Followed[] = [{ document: 'receipt', rows: sql`select id, number, state from receipt` }]
