import { createHash, randomBytes } from 'node:crypto'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'

const lifeDays = 7

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Opens a session; the token is returned once and kept only by the browser. */
export async function insertSession(
  tx: Tx,
  session: { personId: string; platform: string; userAgent: string; at: Date },
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(session.at.getTime() + lifeDays * 86_400_000)
  await tx.session.create({
    data: {
      id: newId(),
      tokenHash: hashOfToken(token),
      personId: session.personId,
      platform: session.platform,
      userAgent: session.userAgent.slice(0, 300),
      createdAt: session.at,
      seenAt: session.at,
      expiresAt,
    },
  })
  return { token, expiresAt }
}

export const openSessions = (tx: Tx, personId: string, at: Date) =>
  tx.session.findMany({
    where: { personId, revokedAt: null, expiresAt: { gt: at } },
    orderBy: { createdAt: 'desc' },
    take: 50,
  })

export async function revokeSession(tx: Tx, personId: string, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.session.updateMany({ where: { id, personId, revokedAt: null }, data: { revokedAt: at } })
  return count === 1
}

export async function revokeAllSessions(tx: Tx, personId: string, at: Date): Promise<void> {
  await tx.session.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: at } })
}
