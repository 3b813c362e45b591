import type { Fact } from '#kernel/events'

/** A customer, and with it whatever follows its owner, has gone to somebody else. */
export type CustomerReassigned = Fact<
  'parties.customer-reassigned',
  { customerId: string; fromId: string; toId: string }
>
