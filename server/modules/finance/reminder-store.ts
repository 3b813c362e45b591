import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import type { StageSpan } from './reminder.model.ts'

export type Reminded = { receivableId: string; customerId: string; stage: string; open: Decimal; dueOn: Day }

/**
 * Marks what is open by the stage it is in, each receivable and stage once, and answers what was not marked before.
 * A stage that nobody was reminded at in time is passed over once the next has begun.
 */
export async function markReminded(tx: Tx, at: Date, today: Day, spans: readonly StageSpan[]): Promise<Reminded[]> {
  const rows = await tx.$queryRaw<(Omit<Reminded, 'open'> & { open: string })[]>`
    with due as (
      select receivable.id, customer_id, span.stage, amount - settled as open, due_on
      from receivable
      join jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as span(stage text, days int, until int)
        on ${today}::date - due_on >= span.days and (span.until is null or ${today}::date - due_on < span.until)
      where settled < amount),
    marked as (
      insert into reminder_sent (receivable_id, stage, at) select id, stage, ${at} from due order by id, stage
      on conflict do nothing returning receivable_id, stage)
    select due.id as "receivableId", customer_id as "customerId", due.stage, open::text, due_on::text as "dueOn"
    from due join marked on marked.receivable_id = due.id and marked.stage = due.stage
    order by customer_id, due_on, due.id`
  return rows.map((row) => ({ ...row, open: new Decimal(row.open) }))
}
