import type { Tx } from '#kernel/db'
import type { Subject } from '../outbox-store.ts'

/** The keys that a proposal is decided under, and undone under: the first decision holds. */
export const decisionKey = (id: string): string => `deed:${id}`
export const undoKey = (id: string): string => `undo:${id}`

/** What a decision is written down as. */
export const decisions = { done: 'deeds.carryOut', amended: 'deeds.amend', dropped: 'deeds.drop' } as const
export type Decision = { how: keyof typeof decisions; at: Date; undoneAt: Date | undefined }

/** What somebody has decided on a proposal; nothing while it is open. */
export async function decisionOn(tx: Tx, personId: string, id: string): Promise<Decision | undefined> {
  const calls = await tx.doneCall.findMany({
    where: { userId: personId, key: { in: [decisionKey(id), undoKey(id)] } },
  })
  const decided = calls.find(({ key }) => key === decisionKey(id))
  const how = (Object.keys(decisions) as Decision['how'][]).find((one) => decisions[one] === decided?.action) // its own keys
  if (!decided || !how) return undefined
  return { how, at: decided.at, undoneAt: calls.find(({ key }) => key === undoKey(id))?.at }
}

/** What somebody was last asked to confirm on a platform: its proposal as a button carries it, and what its card is about. */
export async function lastProposal(
  tx: Tx,
  personId: string,
  platform: string,
): Promise<{ args: unknown; about: Subject } | undefined> {
  const button = await tx.cardButton.findFirst({
    where: { act: 'deeds.drop', message: { personId, platform } },
    orderBy: { message: { writtenAt: 'desc' } },
    include: { message: { select: { subject: true, subjectId: true } } },
  })
  return button ? { args: button.args, about: button.message } : undefined
}
