import type { Tx } from '#kernel/db'
import type { PlatformName } from './contract.ts'

/** A person as a platform vouches for him. `stableId` stays when the app changes; `openId` is how our app addresses him. */
export type PlatformPerson = { platform: PlatformName; tenant: string; stableId: string; appId: string; openId: string }

/** Whom a platform's id stands for. */
export async function whoIs(
  tx: Tx,
  platform: PlatformName,
  appId: string,
  openId: string,
): Promise<string | undefined> {
  const identity = await tx.identity.findFirst({
    where: { platform, appId, openId, active: true },
    select: { personId: true },
  })
  return identity?.personId
}

/** Where a person can be reached: his identities, one for each platform and app. */
export const identitiesOf = (tx: Tx, personIds: readonly string[]) =>
  tx.identity.findMany({
    where: { personId: { in: [...personIds] }, active: true },
    orderBy: [{ platform: 'asc' }, { appId: 'asc' }],
  })

export async function personByStableId(
  tx: Tx,
  platform: PlatformName,
  tenant: string,
  stableId: string,
): Promise<string | undefined> {
  const identity = await tx.identity.findFirst({
    where: { platform, tenant, stableId, active: true },
    select: { personId: true },
  })
  return identity?.personId
}

export async function saveIdentity(tx: Tx, identity: PlatformPerson & { personId: string }): Promise<void> {
  const { platform, tenant, stableId, appId, openId, personId } = identity
  await tx.identity.upsert({
    where: { platform_tenant_stableId: { platform, tenant, stableId } },
    create: identity,
    update: { appId, openId, personId, active: true },
  })
}

/** Switches an identity off; answers whose it was. */
export async function dropIdentity(
  tx: Tx,
  platform: PlatformName,
  tenant: string,
  stableId: string,
): Promise<string | undefined> {
  const identity = await tx.identity.findUnique({ where: { platform_tenant_stableId: { platform, tenant, stableId } } })
  if (!identity?.active) return undefined
  await tx.identity.update({
    where: { platform_tenant_stableId: { platform, tenant, stableId } },
    data: { active: false },
  })
  return identity.personId
}
