import type { Tx } from '#kernel/db'
import type { IdentityKey } from './contract.ts'

export type Check = { personId: string; reason: 'ambiguous' | 'unmatched'; candidates: string[]; foundAt: Date }

const keyOf = ({ platform, tenant, stableId }: IdentityKey) => ({
  platform_tenant_stableId: { platform, tenant, stableId },
})

export async function insertCheck(tx: Tx, { platform, tenant, stableId }: IdentityKey, check: Check): Promise<void> {
  const open = { ...check, settledAt: null, settledBy: null }
  await tx.identityCheck.upsert({
    where: keyOf({ platform, tenant, stableId }),
    create: { platform, tenant, stableId, ...check },
    update: open,
  })
}

/** Those that nobody has looked at yet, the oldest first. */
export const openChecks = (tx: Tx) =>
  tx.identityCheck.findMany({
    where: { settledAt: null },
    orderBy: [{ foundAt: 'asc' }, { stableId: 'asc' }],
    take: 200,
  })

export async function settleCheckRow(tx: Tx, key: IdentityKey, by: string, at: Date): Promise<boolean> {
  const { count } = await tx.identityCheck.updateMany({
    where: { platform: key.platform, tenant: key.tenant, stableId: key.stableId, settledAt: null },
    data: { settledAt: at, settledBy: by },
  })
  return count === 1
}

/** He was alone on one platform until another knew him too. */
export async function settleUnmatched(tx: Tx, personId: string, by: string, at: Date): Promise<void> {
  await tx.identityCheck.updateMany({
    where: { personId, reason: 'unmatched', settledAt: null },
    data: { settledAt: at, settledBy: by },
  })
}

/** Whatever was to be checked about these people has been answered. */
export async function settleChecksOf(tx: Tx, personIds: readonly string[], by: string, at: Date): Promise<void> {
  await tx.identityCheck.updateMany({
    where: { personId: { in: [...personIds] }, settledAt: null },
    data: { settledAt: at, settledBy: by },
  })
}
