import type { Tx } from '#kernel/db'
import type { Inbound } from './platforms/platform.ts'

type Key = { platform: string; appId: string; eventKey: string }

/** Stores what came in under its dedupe key; false when it had been stored before. A press is dealt with where it is received. */
export async function insertInbound(tx: Tx, key: Key, inbound: Inbound, at: Date, handledAt?: Date): Promise<boolean> {
  const { platform, appId, eventKey } = key
  const inserted = await tx.$executeRaw`
    insert into inbox_message (platform, app_id, event_key, kind, body, received_at, handled_at)
    values (${platform}, ${appId}, ${eventKey}, ${inbound.kind}, ${JSON.stringify(inbound)}::jsonb, ${at}, ${handledAt ?? null})
    on conflict do nothing`
  return inserted === 1
}

/** What waits under a key; undefined when it has been dealt with. */
export async function waitingInbound(tx: Tx, key: Key): Promise<Inbound | undefined> {
  const row = await tx.inboxMessage.findUnique({ where: { platform_appId_eventKey: key } })
  if (!row || row.handledAt) return undefined
  const inbound = row.body as unknown as Inbound // stored by insertInbound
  return inbound.kind === 'message' ? { ...inbound, at: new Date(inbound.at) } : inbound
}

export async function markHandled(tx: Tx, key: Key, at: Date): Promise<void> {
  await tx.inboxMessage.update({ where: { platform_appId_eventKey: key }, data: { handledAt: at } })
}
