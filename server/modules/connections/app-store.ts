import type { Tx } from '#kernel/db'
import { type PlatformName, platforms } from '#contract/modules/org'
import type { Prisma } from '#kernel/prisma/client'

export type StoredApp = {
  id: string
  platform: PlatformName
  name: string
  isOn: boolean
  tenant: string
  appId: string
  settings: Record<string, string>
  /** Sealed. */
  secrets: Record<string, string>
  version: number
  createdAt: Date
  changedAt: Date
  changedBy: string
}

type Row = Prisma.PlatformAppGetPayload<object>
const order = [{ platform: 'asc' as const }, { createdAt: 'asc' as const }]

const appOf = (row: Row): StoredApp => ({
  ...row,
  platform: platforms.find((one) => one === row.platform) ?? platforms[0], // a CHECK of the table holds it to these
  settings: row.settings as Record<string, string>, // written by saveApp: texts
  secrets: row.secrets as Record<string, string>, // as above
})

export const listApps = async (tx: Tx): Promise<StoredApp[]> =>
  (await tx.platformApp.findMany({ orderBy: order })).map(appOf)

export async function findApp(tx: Tx, id: string): Promise<StoredApp | undefined> {
  const row = await tx.platformApp.findUnique({ where: { id } })
  return row ? appOf(row) : undefined
}

/** Whether the same app of the same company stands in another row. */
export const isTaken = async (tx: Tx, { id, platform, tenant, appId }: StoredApp): Promise<boolean> =>
  (await tx.platformApp.count({ where: { platform, tenant, appId, NOT: { id } } })) > 0

/** False when the id is taken. */
export async function insertApp(tx: Tx, app: StoredApp): Promise<boolean> {
  const { count } = await tx.platformApp.createMany({ data: [app], skipDuplicates: true })
  return count === 1
}

/** Saves an app that was read at `version`; false when it has changed since. */
export async function saveApp(tx: Tx, { id, version, ...app }: StoredApp): Promise<boolean> {
  const { count } = await tx.platformApp.updateMany({
    where: { id, version },
    data: { ...app, version: { increment: 1 } },
  })
  return count === 1
}

/** The same secrets under another key: nothing that anybody would notice. */
export async function saveSealed(tx: Tx, { id, version }: StoredApp, secrets: Record<string, string>): Promise<void> {
  await tx.platformApp.updateMany({ where: { id, version }, data: { secrets } })
}

export async function deleteApp(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.platformApp.deleteMany({ where: { id } })
  return count === 1
}
