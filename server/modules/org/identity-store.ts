import { type Tx } from '#kernel/db'
import { type IdentityKey, type PlatformName, platforms } from './contract.ts'
import type { Marks } from './matching-store.ts'

/** A person as a platform vouches for him. `stableId` stays when the app changes; `openId` is how our app addresses him. */
export type PlatformPerson = { platform: PlatformName; tenant: string; stableId: string; appId: string; openId: string }
export type JoinedBy = 'mobile' | 'email' | 'employee_no' | 'alone' | 'hand'
export type StoredIdentity = Awaited<ReturnType<typeof identitiesOf>>[number]

/** Whom a platform's id stands for. */
export async function whoIs(
  tx: Tx,
  platform: PlatformName,
  appId: string,
  openId: string,
): Promise<string | undefined> {
  const [identity] = await tx.$queryRaw<{ personId: string }[]>`
    select person_id as "personId" from identity
    where platform = ${platform} and app_id = ${appId} and open_id = ${openId} and active limit 1`
  return identity?.personId
}

/** Where a person can be reached: his identities, one for each platform and app. */
export const identitiesOf = (tx: Tx, personIds: readonly string[]) =>
  tx.identity.findMany({
    where: { personId: { in: [...personIds] }, active: true },
    orderBy: [{ platform: 'asc' }, { appId: 'asc' }],
  })

/** How an app of a platform addresses a person. */
export type ChatAddress = Pick<StoredIdentity, 'personId' | 'platform' | 'appId' | 'openId'>

/** How people are addressed wherever they can be reached. */
export const addressesOf = (tx: Tx, personIds: readonly string[]): Promise<ChatAddress[]> =>
  tx.$queryRaw<ChatAddress[]>`
    select person_id as "personId", platform, app_id as "appId", open_id as "openId" from identity
    where person_id = any(${[...new Set(personIds)]}::uuid[]) and active order by platform, app_id`

/** All of somebody's identities, those that he has left too. */
export const everyIdentityOf = (tx: Tx, personIds: readonly string[]) =>
  tx.identity.findMany({
    where: { personId: { in: [...personIds] } },
    orderBy: [{ active: 'desc' }, { platform: 'asc' }, { tenant: 'asc' }, { stableId: 'asc' }],
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

const whereKey = ({ platform, tenant, stableId }: IdentityKey) => ({
  platform_tenant_stableId: { platform, tenant, stableId },
})

export const findIdentity = (tx: Tx, key: IdentityKey) => tx.identity.findUnique({ where: whereKey(key) })

/** A department is told apart by the platform that it came from. */
export const withDepartment = { department: { select: { externalId: true } } }

/** Everybody of some companies on a platform who was ever known there, with what is known of him. */
export const knownOn = (tx: Tx, platform: PlatformName, tenants: readonly string[]) =>
  tx.identity.findMany({
    where: { platform, tenant: { in: [...tenants] } },
    include: { person: { include: withDepartment } },
  })

/** The name of a platform as it was stored: only those that there are ever were. */
export const platformOf = (stored: string): PlatformName => platforms.find((one) => one === stored) ?? platforms[0]

export async function saveIdentity(
  tx: Tx,
  identity: PlatformPerson & Marks & { personId: string; name?: string; joinedBy?: JoinedBy },
): Promise<void> {
  const { platform, tenant, stableId, appId, openId, personId, name, mobile, email, employeeNo, joinedBy } = identity
  const told = { appId, openId, personId, name, mobile, email, employeeNo, joinedBy }
  await tx.identity.upsert({
    where: whereKey(identity),
    create: { platform, tenant, stableId, ...told },
    update: { ...told, active: true, leftAt: null },
  })
}

/** What was known under a former id goes on under this one, unless that is somebody already. Told twice, it changes nothing more. */
export async function renameIdentity(tx: Tx, key: IdentityKey, formerStableId: string): Promise<void> {
  if (await findIdentity(tx, key)) return
  const { platform, tenant, stableId } = key
  const former = { platform, tenant, stableId: formerStableId }
  await tx.identity.updateMany({ where: former, data: { stableId } })
  await tx.identityCheck.updateMany({ where: former, data: { stableId } })
}

/** Switches an identity off; answers whose it was. */
export async function dropIdentity(tx: Tx, key: IdentityKey, at: Date): Promise<string | undefined> {
  const { platform, tenant, stableId } = key
  const { count } = await tx.identity.updateMany({
    where: { platform, tenant, stableId, active: true },
    data: { active: false, leftAt: at },
  })
  if (count === 0) return undefined
  return (await findIdentity(tx, key))?.personId
}

/** Gives identities to another person; answers which went. */
export async function moveIdentities(
  tx: Tx,
  keys: readonly IdentityKey[],
  fromId: string,
  toId: string,
  joinedBy?: JoinedBy,
): Promise<IdentityKey[]> {
  const moved: IdentityKey[] = []
  for (const { platform, tenant, stableId } of keys) {
    const { count } = await tx.identity.updateMany({
      where: { platform, tenant, stableId, personId: fromId },
      data: { personId: toId, joinedBy },
    })
    if (count === 1) moved.push({ platform, tenant, stableId })
  }
  return moved
}

/** Those of one company on one platform who are there as far as we know. */
export const activeOn = (tx: Tx, platform: PlatformName, tenant: string) =>
  tx.identity.findMany({ where: { platform, tenant, active: true }, select: { stableId: true, personId: true } })
