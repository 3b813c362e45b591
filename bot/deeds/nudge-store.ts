import type { Tx } from '#kernel/db'
import type { Subject } from '../outbox-store.ts'

/** A word to the owner of a customer: its copies, and those of the customer's other ones. */
export const aboutNudge = (customerId: string, reminderId: string): Subject => ({
  subject: `nudge:${customerId}`,
  subjectId: reminderId,
})

/** How many words the owner of a customer was sent since a moment. */
export async function nudgesSince(tx: Tx, customerId: string, since: Date): Promise<number> {
  const { subject } = aboutNudge(customerId, '')
  const sent = await tx.outboxMessage.groupBy({ by: ['subjectId'], where: { subject, writtenAt: { gte: since } } })
  return sent.length
}
