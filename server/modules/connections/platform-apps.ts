import { Refusal } from '#contract'
import type { PlatformName } from '#contract/modules/org'
import type { Tx } from '#kernel/db'
import { listApps, saveSealed, type StoredApp } from './app-store.ts'
import { isSealedBy, keys, type Keys, seal, unseal } from './seal.ts'

/** An app with its secrets opened: what a platform's adapter is made from. `settings` has the keys of `platformSetups`. */
export type PlatformApp = {
  id: string
  platform: PlatformName
  name: string
  isOn: boolean
  tenant: string
  appId: string
  version: number
  /** Settings and secrets together; what is optional and not set is absent. */
  values: Readonly<Record<string, string>>
}

/**
 * The apps that are switched on, for the composition. Throws when a secret cannot be opened: a house that quietly went without one
 * of its platforms would lose what people say there.
 */
export async function platformApps(tx: Tx): Promise<PlatformApp[]> {
  return (await listApps(tx)).filter(({ isOn }) => isOn).map((app) => opened(app, keys))
}

/** Which apps are switched on, in which version: what whoever runs them looks at again and again. */
export async function platformAppVersions(tx: Tx): Promise<string> {
  return (await listApps(tx)).flatMap(({ id, isOn, version }) => (isOn ? `${id} ${version}` : [])).join()
}

/** Where a secret belongs: sealed text is of no use anywhere else. */
export const placeOfSecret = (appId: string, name: string): string => `platform_app:${appId}:${name}`

export function opened({ settings, secrets, ...app }: StoredApp, by: Keys): PlatformApp {
  const open = Object.entries(secrets).map(([name, sealed]) => {
    const plain = unseal(by, sealed, placeOfSecret(app.id, name))
    if (plain === undefined) throw new Refusal('secret_unreadable', { app: app.name, name })
    return [name, plain] as const
  })
  const { id, platform, name, isOn, tenant, appId, version } = app
  return { id, platform, name, isOn, tenant, appId, version, values: { ...settings, ...Object.fromEntries(open) } }
}

/** Seals by the key of now what the one before it sealed; answers how many apps were. */
export async function resealApps(tx: Tx, by: Keys = keys): Promise<number> {
  const { now } = by
  if (!now) return 0
  const old = (await listApps(tx)).filter(({ secrets }) => Object.values(secrets).some((one) => !isSealedBy(now, one)))
  for (const app of old) {
    const { values } = opened(app, by)
    const sealed = Object.keys(app.secrets).map((name) => [
      name,
      seal(now, values[name] ?? '', placeOfSecret(app.id, name)),
    ])
    await saveSealed(tx, app, Object.fromEntries(sealed) as Record<string, string>) // pairs of texts
  }
  return old.length
}
