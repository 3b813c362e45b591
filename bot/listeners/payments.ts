import type { PaymentDue, PaymentOverdue } from '#facts/modules/finance'
import { systemCaller } from '#kernel/caller'
import { dayAt, daysBetween } from '#kernel/days'
import { errand, type Listener } from '#kernel/events'
import { ask } from '#kernel/perform'
import { holdersOf, managerOf, namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { reminderCard } from '../cards/reminder-card.ts'
import { deliverCard, eachOf } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader } from '../reader.ts'

type Reminder = PaymentDue['body']

/** Reminders of money: to the owner before it is due, to his manager and the director as it grows old. */
export const paymentListeners = (platforms: Platform[]): Listener[] => [
  errand<PaymentDue>('bot.remind-due', 'finance.payment-due', (_, { body }, { eventId, at }) =>
    remind(platforms, body, eventId, at),
  ),
  errand<PaymentOverdue>('bot.remind-overdue', 'finance.payment-overdue', (_, { body }, { eventId, at }) =>
    remind(platforms, body, eventId, at),
  ),
]

async function remind(platforms: Platform[], reminder: Reminder, eventId: string, at: Date): Promise<void> {
  const { customer, owner, audience } = await ask(
    systemCaller(at),
    async (tx) => ({
      customer: (await customersByIds(tx, [reminder.customerId])).get(reminder.customerId),
      owner: (await namesOf(tx, [reminder.ownerId])).get(reminder.ownerId) ?? '',
      audience: await audienceOf(tx, reminder),
    }),
    undefined,
  )
  const about = { subject: 'reminder', subjectId: reminder.customerId }
  await eachOf(audience, async (personId) => {
    const caller = await reader(personId)
    if (!caller) return
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
      caller.lang,
    )
    await deliverCard(platforms, personId, about, `${eventId}:${personId}`, card)
  })
}

async function audienceOf(tx: Parameters<typeof managerOf>[0], { audience, ownerId }: Reminder): Promise<string[]> {
  if (audience === 'owner') return [ownerId]
  if (audience === 'director') return holdersOf(tx, 'finance_director')
  const manager = await managerOf(tx, ownerId)
  return manager ? [manager] : []
}
