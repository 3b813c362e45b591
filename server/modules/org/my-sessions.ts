import { type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { org } from './contract.ts'
import { insertSession, openSessions, revokeSession } from './session-store.ts'

/** Opens a session for somebody whom a platform has just vouched for. */
export async function openSession(
  tx: Tx,
  caller: Caller,
  { platform, userAgent }: { platform: string; userAgent: string },
): Promise<{ token: string; expiresAt: Date }> {
  return insertSession(tx, { personId: caller.personId, platform, userAgent, at: caller.at })
}

export async function mySessions(
  tx: Tx,
  caller: Caller & { sessionId?: string },
): Promise<Output<(typeof org)['endpoints']['mySessions']>> {
  const sessions = await openSessions(tx, caller.personId, caller.at)
  return {
    sessions: sessions.map(({ id, platform, userAgent, createdAt, seenAt }) => ({
      id,
      platform,
      userAgent,
      createdAt: createdAt.toISOString(),
      seenAt: seenAt.toISOString(),
      current: id === caller.sessionId,
    })),
  }
}

export async function endSession(tx: Tx, caller: Caller, { id }: { id: string }): Promise<{ done: boolean }> {
  if (!(await revokeSession(tx, caller.personId, id, caller.at)))
    throw new Refusal('not_found', { what: { zh: '登录', en: 'session' } })
  return { done: true }
}

export async function signOut(tx: Tx, caller: Caller & { sessionId?: string }): Promise<{ done: boolean }> {
  if (caller.sessionId) await revokeSession(tx, caller.personId, caller.sessionId, caller.at)
  return { done: true }
}
