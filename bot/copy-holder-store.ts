import type { Tx } from '#kernel/db'

/** What was sent to an identity is held by the person whom it stands for now. */
export async function giveCopies(
  tx: Tx,
  { platform, appId, openId, personId }: { platform: string; appId: string; openId: string; personId: string },
): Promise<void> {
  await tx.outboxMessage.updateMany({
    where: { platform, appId, openId, NOT: { personId } },
    data: { personId },
  })
}
