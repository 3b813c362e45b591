import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Listener, reaction } from '#kernel/events'
import { financeActions } from '#server/modules/finance'
import { namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { money } from '../answers/card-pieces.ts'
import type { Card } from '../card.ts'
import { nudgeCard } from '../cards/nudge-card.ts'
import { aboutNudge } from '../deeds/nudge-store.ts'
import { deliverCard, refreshCopies } from '../deliver.ts'
import type { OwnerReminded, ReminderTakenBack } from '../facts.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader, unlessRefused } from '../reader.ts'

/** A colleague's word reaches whoever looks after the customer, with the figures that he may see; taken back, its copies say so. */
export const nudgeListeners = (platforms: readonly Platform[]): Listener[] => [
  reaction<OwnerReminded>('bot.remind-owner', 'bot.owner-reminded', async (tx, caller, { body }) => {
    const owner = await reader(tx, body.ownerId, caller.at)
    if (!owner) return
    const { customerId, reminderId, ownerId: personId } = body
    const copy = { ...aboutNudge(customerId, reminderId), personId, key: `nudge:${reminderId}` }
    await deliverCard(tx, caller, platforms, copy, await cardFor(tx, owner, body, owner.lang))
  }),
  reaction<ReminderTakenBack>('bot.take-back-reminder', 'bot.reminder-taken-back', (tx, caller, { body }) =>
    refreshCopies(tx, caller, platforms, aboutNudge(body.customerId, body.reminderId), async (holder) => ({
      card: await cardFor(tx, holder, body, holder.lang, true),
      isFinal: true,
    })),
  ),
]

async function cardFor(
  tx: Tx,
  owner: Caller,
  { customerId, byId, reason, text }: OwnerReminded['body'],
  lang: Lang,
  isTakenBack?: boolean,
): Promise<Card> {
  const customer = (await customersByIds(tx, [customerId])).get(customerId)
  const by = (await namesOf(tx, [byId])).get(byId) ?? ''
  const account =
    reason === 'ar' ? await unlessRefused(financeActions.account(tx, owner, { id: customerId })) : undefined
  const amounts = account?.amounts
  const owed = amounts ? { total: money(amounts.owed, lang), overdue: money(amounts.overdue.amount, lang) } : undefined
  return nudgeCard({ customerId, customerName: customer?.shortName ?? '', by, text, owed, isTakenBack }, lang)
}
