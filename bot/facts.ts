import type { PlatformName } from '#contract/modules/org'
import type { Fact } from '#kernel/events'

/** Something came in from a platform and was stored; it waits to be worked. */
export type Received = Fact<`bot.received-${PlatformName}`, { platform: string; appId: string; eventKey: string }>

/** Somebody has a word for whoever looks after a customer. */
export type OwnerReminded = Fact<
  'bot.owner-reminded',
  {
    reminderId: string
    customerId: string
    ownerId: string
    byId: string
    reason: 'ar' | 'delivery' | 'other'
    /** What he said. */
    text: string
  }
>
/** He has taken it back. */
export type ReminderTakenBack = Fact<'bot.reminder-taken-back', OwnerReminded['body']>
