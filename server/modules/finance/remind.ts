import { toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { dayAt } from '#kernel/days'
import { publish } from '#kernel/events'
import { readSetting } from '#kernel/settings'
import { customersByIds } from '#server/modules/parties'
import { total } from './allocation.model.ts'
import type { PaymentDue, PaymentOverdue } from './facts.ts'
import { type StageSpan, stageSpans } from './reminder.model.ts'
import { markReminded, type Reminded } from './reminder-store.ts'
import { reminders } from './settings.ts'

/** Announces what is due soon or overdue: once for each receivable and stage, all of a customer's together. */
export async function remind(tx: Tx, caller: Caller): Promise<void> {
  const spans = stageSpans(await readSetting(tx, reminders))
  const marked = await markReminded(tx, caller.at, dayAt(caller.at), spans)
  const customers = await customersByIds(
    tx,
    marked.map((one) => one.customerId),
  )
  const facts = spans.flatMap((span) =>
    byCustomer(marked.filter((one) => one.stage === span.stage)).map(([customerId, receivables]) =>
      reminder(span, customerId, customers.get(customerId)?.ownerId ?? caller.personId, receivables),
    ),
  )
  await publish(tx, caller, facts)
}

function byCustomer(marked: readonly Reminded[]): [customerId: string, receivables: Reminded[]][] {
  const groups = new Map<string, Reminded[]>()
  for (const one of marked) groups.set(one.customerId, [...(groups.get(one.customerId) ?? []), one])
  return [...groups]
}

/** The store answers each customer's receivables oldest first. */
function reminder(
  { stage, days, audience }: StageSpan,
  customerId: string,
  ownerId: string,
  receivables: readonly Reminded[],
): PaymentDue | PaymentOverdue {
  const body = {
    customerId,
    ownerId,
    stage,
    audience,
    receivableIds: receivables.map((one) => one.receivableId),
    amount: toMoney(total(receivables.map((one) => one.open))),
    oldestDueOn: receivables[0]!.dueOn,
  }
  return days > 0 ? { name: 'finance.payment-overdue', body } : { name: 'finance.payment-due', body }
}
