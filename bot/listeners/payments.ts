import type { PaymentDue, PaymentOverdue } from '#facts/modules/finance'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { dayAt, daysBetween } from '#kernel/days'
import { type Listener, reaction } from '#kernel/events'
import { holdersOf, managerOf, namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { reminderCard } from '../cards/reminder-card.ts'
import { deliverCard } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader } from '../reader.ts'

type Reminder = PaymentDue['body']
type Moment = { eventId: string; at: Date }

/** Reminders of money: to the owner before it is due, to his manager and the director as it grows old. */
export const paymentListeners = (platforms: Platform[]): Listener[] => [
  reaction<PaymentDue>('bot.remind-due', 'finance.payment-due', (tx, caller, { body }, told) =>
    remind(tx, caller, platforms, body, told),
  ),
  reaction<PaymentOverdue>('bot.remind-overdue', 'finance.payment-overdue', (tx, caller, { body }, told) =>
    remind(tx, caller, platforms, body, told),
  ),
]

async function remind(
  tx: Tx,
  caller: Caller,
  platforms: Platform[],
  reminder: Reminder,
  { eventId, at }: Moment,
): Promise<void> {
  const customer = (await customersByIds(tx, [reminder.customerId])).get(reminder.customerId)
  const owner = (await namesOf(tx, [reminder.ownerId])).get(reminder.ownerId) ?? ''
  for (const personId of await audienceOf(tx, reminder)) {
    const told = await reader(tx, personId, caller.at)
    if (!told) continue
    const card = reminderCard(
      {
        customerId: reminder.customerId,
        customerName: customer?.shortName ?? '',
        ownerName: owner,
        amount: reminder.amount,
        oldestDueOn: reminder.oldestDueOn,
        count: reminder.receivableIds.length,
        days: daysBetween(reminder.oldestDueOn, dayAt(at)),
      },
      told.lang,
    )
    const copy = { subject: 'reminder', subjectId: reminder.customerId, personId, key: `${eventId}:${personId}` }
    await deliverCard(tx, caller, platforms, copy, card)
  }
}

async function audienceOf(tx: Tx, { audience, ownerId }: Reminder): Promise<string[]> {
  if (audience === 'owner') return [ownerId]
  if (audience === 'director') return holdersOf(tx, 'finance_director')
  const manager = await managerOf(tx, ownerId)
  return manager ? [manager] : []
}
